use anyhow::Context as _;
use filing_model::Item;
use serde::Deserialize;

/// A label that is not to be trusted, and why.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Disputed {
    /// The filing, such as `AAPL_FY2024`.
    pub name: String,
    /// The Item.
    pub item: Item,
    /// What is wrong with the label.
    pub reason: String,
    /// Whether somebody read it in the filing; otherwise no text at all can meet the label.
    #[serde(default)]
    pub read: bool,
}

/// All disputed labels.
///
/// # Errors
/// When the list is damaged.
pub fn disputed_labels() -> anyhow::Result<Vec<Disputed>> {
    serde_json::from_str(include_str!("../../data/disputed-labels.json"))
        .context("the list of disputed labels is damaged")
}
