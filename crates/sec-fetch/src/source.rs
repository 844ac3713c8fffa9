use async_trait::async_trait;
use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};

use crate::{Depth, FetchError, FilingList};

/// Where filings come from: EDGAR in production, a recording in tests and demonstrations.
#[async_trait]
pub trait FilingSource: Send + Sync {
    /// The company behind a ticker, or behind a CIK typed instead of one.
    async fn resolve(&self, ticker: &Ticker) -> Result<Company, FetchError>;

    /// Filings of any form, newest first: lists of older filings are read until two annual reports are found.
    async fn filings(&self, cik: Cik) -> Result<Vec<Filing>, FetchError>;

    /// The filings, on wish every one there is, and what else their list tells of the company; by default no more
    /// than [`filings`](Self::filings) gives.
    async fn filing_list(&self, cik: Cik, depth: Depth) -> Result<FilingList, FetchError> {
        let _ = depth;
        Ok(self.filings(cik).await?.into())
    }

    /// The main document, without exhibits.
    async fn document(&self, filing: &Filing) -> Result<Document, FetchError>;

    /// Exhibits of a kind in the order of the filing's index page; `EX-13` also gives `EX-13.1`.
    async fn exhibits(&self, filing: &Filing, kind: &str) -> Result<Vec<Exhibit>, FetchError>;
}
