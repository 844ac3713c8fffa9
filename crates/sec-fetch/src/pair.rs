use filing_model::{AccessionNumber, Company, Filing, Ticker};

use crate::{
    Depth, FetchError, FilingList, FilingSource,
    choose::{Amendments, choose_with},
    complete::look_into,
};

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

impl Years {
    fn are_chosen(&self) -> bool {
        self.newer.is_some() || self.older.is_some()
    }
}

/// Finds the company, lists its filings and chooses two by the rules of [`choose`](crate::choose).
///
/// An amendment whose original is not listed is looked into, and stands in for it when it holds the whole report.
pub async fn annual_pair(
    source: &dyn FilingSource,
    ticker: &Ticker,
    years: &Years,
) -> Result<Pair, FetchError> {
    let company = source.resolve(ticker).await?;
    let unknown =
        || FetchError::UnknownTicker { ticker: ticker.clone(), nearest: Vec::new(), list_read_at: None };
    let cik = company.cik.ok_or_else(unknown)?;
    let list = source.filing_list(cik, Depth::TwoAnnualReports).await?;
    match pair(source, &company, &list, years).await {
        // What was chosen by hand may be older than what is listed without need.
        Err(FetchError::NoSuchFiling { .. } | FetchError::NothingToCompareWith { .. }) => {
            let list = source.filing_list(cik, Depth::Everything).await?;
            pair(source, &company, &list, years).await
        }
        chosen => chosen,
    }
}

async fn pair(
    source: &dyn FilingSource,
    company: &Company,
    list: &FilingList,
    years: &Years,
) -> Result<Pair, FetchError> {
    // Years chosen by hand are taken as they are.
    let amendments =
        if years.are_chosen() { Amendments::new() } else { look_into(source, &list.filings).await? };
    choose_with(company, list, years, &amendments)
}
