use serde::{Deserialize, Serialize};

use crate::{Item, Side};

/// Whether a report can be trusted, and why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QualityReport {
    /// False exactly when the token is owed back.
    pub is_valid: bool,
    /// The set of checks that judged: `evidence` or `seed`.
    pub profile: String,
    /// What is wrong, a text each.
    pub issues: Vec<String>,
    /// What the checks found, faults of ours and remarks alike.
    pub findings: Vec<QualityFinding>,
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QualityFinding {
    /// The check's name, such as `section_cut`.
    pub check: String,
    /// The Item it is about.
    pub item: Option<Item>,
    /// The filing it is about.
    pub side: Option<Side>,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence that a reader understands.
    pub statement: String,
    /// Whether it is our fault and the token is owed back.
    pub refund: bool,
    /// What was measured, and what is usual; absent when the statement says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Read with care.
    Warning,
    /// Not to be relied on.
    Error,
}
