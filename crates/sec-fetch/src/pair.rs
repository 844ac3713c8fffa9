use filing_model::{AccessionNumber, Company, Filing, Ticker};

use crate::{FetchError, FilingSource, choose};

/// The two filings that a report compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The filer.
    pub company: Company,
    /// The later annual report.
    pub newer: Filing,
    /// The earlier annual report.
    pub older: Filing,
    /// What a reader should know of the choice, a sentence each, such as a period shorter than a year.
    pub notes: Vec<String>,
}

/// Years chosen by hand. A side that is not chosen is the latest report, or the one before the chosen newer one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Years {
    /// The later annual report.
    pub newer: Option<AccessionNumber>,
    /// The earlier annual report.
    pub older: Option<AccessionNumber>,
}

/// Finds the company, lists its filings and chooses two by the rules of [`choose`].
pub async fn annual_pair(
    source: &dyn FilingSource,
    ticker: &Ticker,
    years: &Years,
) -> Result<Pair, FetchError> {
    let company = source.resolve(ticker).await?;
    let unknown = || FetchError::UnknownTicker { ticker: ticker.clone(), nearest: Vec::new() };
    let cik = company.cik.ok_or_else(unknown)?;
    match choose(&company, &source.filings(cik).await?, years) {
        // What was chosen by hand may be older than what is listed without need.
        Err(FetchError::NoSuchFiling { .. } | FetchError::NothingToCompareWith { .. }) => {
            choose(&company, &source.all_filings(cik).await?, years)
        }
        chosen => chosen,
    }
}
