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

    /// Reads a comparison. No material change at all is a valid result.
    async fn analyze(&self, comparison: &Comparison) -> Result<Analysis, AnalyzeError>;
}
