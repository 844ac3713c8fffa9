//! The questions of a [`FilingSource`](crate::FilingSource), answered from files in EDGAR's layout.

use std::collections::HashSet;

use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};
use serde::de::DeserializeOwned;

use crate::{
    FetchError, choose, exhibit_index,
    files::Files,
    layout::EdgarPath,
    submissions::{Columns, Submissions},
    tickers::TickerList,
};

/// How many lists of older filings to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Until it is clear which two filings a report compares, or that there are none.
    TwoAnnualReports,
    /// All of them.
    Everything,
}

pub(crate) async fn resolve(files: &dyn Files, ticker: &Ticker) -> Result<Company, FetchError> {
    if let Ok(cik) = ticker.as_str().parse() {
        return company_by_number(files, ticker, cik).await;
    }
    let path = EdgarPath::tickers();
    let list = TickerList::parse(&files.read(&path).await?)
        .map_err(|source| FetchError::Unreadable { url: files.name_of(&path), source })?;
    list.company(ticker)
        .ok_or_else(|| FetchError::UnknownTicker { ticker: ticker.clone(), nearest: list.nearest(ticker) })
}

async fn company_by_number(files: &dyn Files, typed: &Ticker, cik: Cik) -> Result<Company, FetchError> {
    match json::<Submissions>(files, &EdgarPath::submissions(cik)).await {
        Ok(submissions) => {
            let ticker = submissions.tickers.iter().find_map(|ticker| ticker.parse().ok());
            let ticker = Some(ticker.unwrap_or_else(|| typed.clone()));
            Ok(Company { name: submissions.name, cik: Some(cik), ticker })
        }
        Err(absent) if absent.is_absence() => {
            Err(FetchError::UnknownTicker { ticker: typed.clone(), nearest: Vec::new() })
        }
        Err(error) => Err(error),
    }
}

pub(crate) async fn filings(files: &dyn Files, cik: Cik, depth: Depth) -> Result<Vec<Filing>, FetchError> {
    let submissions: Submissions = json(files, &EdgarPath::submissions(cik)).await?;
    let mut filings: Vec<Filing> = submissions.filings.recent.filings(cik).collect();
    for page in &submissions.filings.files {
        if depth == Depth::TwoAnnualReports && choose::is_decided(&filings) {
            break;
        }
        match json::<Columns>(files, &EdgarPath::submissions_page(&page.name)?).await {
            Ok(columns) => filings.extend(columns.filings(cik)),
            // A recording holds the lists that were needed; what else there was is then all there is.
            Err(absent) if depth == Depth::Everything && absent.is_absence() => break,
            Err(error) => return Err(error),
        }
    }
    let mut seen = HashSet::new();
    filings.retain(|filing| seen.insert(filing.accession.clone()));
    filings.sort_by_key(|filing| std::cmp::Reverse(filing.filing_date));
    Ok(filings)
}

pub(crate) async fn document(files: &dyn Files, filing: &Filing) -> Result<Document, FetchError> {
    let bytes = files.read(&EdgarPath::main_document(filing)?).await?;
    Ok(Document::new(&filing.primary_document, bytes))
}

pub(crate) async fn exhibits(
    files: &dyn Files,
    filing: &Filing,
    kind: &str,
) -> Result<Vec<Exhibit>, FetchError> {
    let page = files.read(&EdgarPath::index_page(filing)?).await?;
    let mut exhibits = Vec::new();
    for listed in exhibit_index::of_kind(&String::from_utf8_lossy(&page), kind) {
        let bytes = files.read(&EdgarPath::document(filing, &listed.name)?).await?;
        exhibits.push(Exhibit { kind: listed.kind, name: listed.name, bytes });
    }
    Ok(exhibits)
}

async fn json<T: DeserializeOwned>(files: &dyn Files, path: &EdgarPath) -> Result<T, FetchError> {
    serde_json::from_slice(&files.read(path).await?)
        .map_err(|source| FetchError::Unreadable { url: files.name_of(path), source })
}
