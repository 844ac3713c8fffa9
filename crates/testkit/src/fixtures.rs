use std::path::{Path, PathBuf};

use anyhow::Context as _;
use filing_model::{ChangeKind, Document, Item};
use serde::Deserialize;

/// The folder of fixtures at the root of the workspace.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// The two annual reports of the invented company of the demo recording, the older first.
///
/// # Errors
/// When the fixtures are damaged.
pub fn demo_documents() -> anyhow::Result<[Document; 2]> {
    let archive = fixtures().join("recordings/demo/Archives/edgar/data/9904117");
    Ok([
        crate::document(&archive.join("000990411725000008/nwnd-20241228.htm"))?,
        crate::document(&archive.join("000990411726000011/nwnd-20251227.htm"))?,
    ])
}

/// Every difference between the two reports, written down by those who wrote them.
#[derive(Debug, Deserialize)]
pub struct ExpectedChanges {
    /// One entry for each paragraph or table that differs.
    pub changes: Vec<ExpectedChange>,
    /// Paragraphs that differ in punctuation alone.
    pub cosmetic: Vec<CosmeticChange>,
    /// Items in which nothing differs.
    pub unchanged_items: Vec<Item>,
}

/// One difference.
#[derive(Debug, Deserialize)]
pub struct ExpectedChange {
    /// Its Item.
    pub item: Item,
    /// What was done.
    pub kind: ChangeKind,
    /// Whether only figures were.
    #[serde(default)]
    pub figures_only: bool,
    /// The sub-heading it stands under.
    pub heading: Option<String>,
    /// The whole paragraph in the older report.
    pub older: Option<String>,
    /// The whole paragraph in the newer report.
    pub newer: Option<String>,
    /// Whether it is a table.
    #[serde(default)]
    pub table: bool,
}

/// A paragraph that reads the same.
#[derive(Debug, Deserialize)]
pub struct CosmeticChange {
    /// Its Item.
    pub item: Item,
}

/// Reads the list of the demo recording.
///
/// # Errors
/// When the list is damaged.
pub fn expected_changes() -> anyhow::Result<ExpectedChanges> {
    let path = fixtures().join("recordings/demo/expected-changes.json");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()))
}
