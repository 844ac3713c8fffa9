use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Item, Side};

/// What an analyzer says of the changes; every statement has quotations that were found word for word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Analysis {
    /// `claude` or `extractive`.
    pub analyzer: String,
    /// The model that wrote it; `null` when none did.
    pub model: Option<String>,
    /// The version of prompts or rules; another one may say other things of the same filings.
    pub prompt_version: String,
    /// The report in a few sentences, Markdown.
    pub executive_summary: String,
    /// One summary per Item, Markdown, by `Item 1A` and the like.
    pub summaries: BTreeMap<String, String>,
    /// Statements, the most material first.
    pub findings: Vec<Finding>,
    /// Statements that failed the check and were left out.
    pub dropped: Vec<Dropped>,
    /// Why this is less than it could be.
    pub degraded: Option<String>,
    /// Changed words that no analyzer read.
    pub not_sent_words: NotSentWords,
    /// Tokens in and out, cache reads and writes included.
    pub total_tokens: u64,
    /// What the model cost in US dollars; `null` when its price is not known.
    pub total_cost_usd: Option<f64>,
    /// What it was thought to cost in US dollars before the first call; absent when nothing was estimated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimated_cost_usd: Option<f64>,
}

/// One statement about a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The Item it is about.
    pub item: Item,
    /// What it concerns.
    pub category: Category,
    /// How much it matters.
    pub materiality: Materiality,
    /// One sentence.
    pub statement: String,
    /// What it rests on; never empty.
    pub quotes: Vec<Quote>,
}

/// What a statement concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Risk factors.
    Risk,
    /// What the company does and with whom.
    Business,
    /// Results and key figures.
    Financial,
    /// Board, auditor, ownership.
    Governance,
    /// Proceedings, laws, regulators.
    Legal,
    /// Accounting policies and internal control.
    Accounting,
    /// Cybersecurity.
    Cyber,
}

/// How much a statement matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Materiality {
    /// Worth a line.
    Low,
    /// Worth reading.
    Medium,
    /// Read this first.
    High,
}

/// Words of a filing that a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quote {
    /// The filing it stands in.
    pub side: Side,
    /// The words.
    pub text: String,
    /// The change that shows it.
    pub change_id: Option<String>,
    /// Whether it was found word for word on that side.
    pub verified: bool,
}

/// A statement that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dropped {
    /// What it would have said.
    pub statement: String,
    /// Why it was left out.
    pub reason: String,
}

/// Changed words that no analyzer read, counted so that nothing is cut in silence.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NotSentWords {
    /// All Items together.
    pub total: usize,
    /// By `Item 1A` and the like.
    pub by_item: BTreeMap<String, usize>,
}
