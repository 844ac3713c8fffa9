//! What the model answers in the first step and when it is asked once more.

use filing_model::{Category, Finding, Item, Materiality, Quote, Side};
use schemars::JsonSchema;
use serde::Deserialize;

/// The answer to a pack of changes.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Findings {
    findings: Vec<Stated>,
}

impl Findings {
    /// What the model states; none of it is verified yet.
    pub(super) fn unverified(self) -> Vec<Finding> {
        self.findings.into_iter().map(Finding::from).collect()
    }
}

/// The answer to statements that failed the check.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Corrections {
    corrections: Vec<Correction>,
}

#[derive(Deserialize, JsonSchema)]
struct Correction {
    number: usize,
    finding: Stated,
}

impl Corrections {
    /// New statements by the number of the one that failed.
    pub(super) fn unverified(self) -> Vec<(usize, Finding)> {
        self.corrections.into_iter().map(|each| (each.number, each.finding.into())).collect()
    }
}

#[derive(Deserialize, JsonSchema)]
struct Stated {
    item: Item,
    category: Category,
    materiality: Materiality,
    statement: String,
    quotes: Vec<Quoted>,
}

#[derive(Deserialize, JsonSchema)]
struct Quoted {
    side: Side,
    text: String,
    change_id: String,
}

impl From<Stated> for Finding {
    fn from(stated: Stated) -> Self {
        let quote = |Quoted { side, text, change_id }| Quote {
            side,
            text,
            change_id: Some(change_id).filter(|id| !id.is_empty()),
            verified: false,
        };
        Self {
            item: stated.item,
            category: stated.category,
            materiality: stated.materiality,
            statement: stated.statement,
            quotes: stated.quotes.into_iter().map(quote).collect(),
        }
    }
}
