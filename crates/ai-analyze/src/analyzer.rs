use async_trait::async_trait;
use filing_model::{Analysis, Comparison};

use crate::AnalyzeError;

/// Says what the changes between two filings mean.
///
/// Whatever it states goes through [`verify()`](crate::verify()); a statement that fails is counted, never shown.
#[async_trait]
pub trait Analyzer: Send + Sync {
    /// A short name: `claude`, `extractive`.
    fn name(&self) -> &'static str;

    /// How it reads: two analyses of the same filings by the same method say the same, or could have.
    fn method(&self) -> Method;

    /// What reading a comparison is likely to cost; `None` when no model is asked.
    fn estimate(&self, _comparison: &Comparison) -> Option<Estimate> {
        None
    }

    /// Reads a comparison. No material change at all is a valid result.
    async fn analyze(&self, comparison: &Comparison) -> Result<Analysis, AnalyzeError>;
}

/// How an analysis is made. Its fields are those of the [`Analysis`] that it makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// See [`Analysis::analyzer`].
    pub analyzer: &'static str,
    /// The model that is asked unless a limit on the cost leads to a cheaper one; `None` when none is.
    pub model: Option<String>,
    /// See [`Analysis::prompt_version`].
    pub prompt_version: &'static str,
}

/// What an analysis is likely to take, said before the first call.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The model that will be asked.
    pub model: String,
    /// Calls in which it reads the changes; one or two more follow.
    pub calls: usize,
    /// US dollars if no answer was kept; `None` when the model’s price is not known.
    pub cost_usd: Option<f64>,
}
