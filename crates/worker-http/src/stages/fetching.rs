use std::time::Instant;

use filing_model::{Company, Document, Filing, FilingRef, Side, Ticker};
use sec_fetch::{FetchError, FilingSource, Years, annual_pair};

use crate::progress::{Fact, Progress, Stage};

/// Two annual reports of one company, fetched.
pub(crate) struct FetchedPair {
    pub company: Company,
    pub newer: Filing,
    pub newer_document: Document,
    pub older: Filing,
    pub older_document: Document,
    pub notes: Vec<String>,
}

/// Chooses the two filings and fetches them.
pub(crate) async fn fetch(
    source: &dyn FilingSource,
    ticker: &Ticker,
    years: &Years,
    progress: &dyn Progress,
) -> Result<FetchedPair, FetchError> {
    let began = Instant::now();
    progress.working(Stage::Fetching, 0.0, &format!("the list of filings of {ticker}"));
    let pair = annual_pair(source, ticker, years).await?;
    progress.company(&pair.company);
    let newer_document = document(source, &pair.newer, Side::Newer, progress).await?;
    let older_document = document(source, &pair.older, Side::Older, progress).await?;
    progress.done(Stage::Fetching, None, began.elapsed());
    Ok(FetchedPair {
        company: pair.company,
        newer: pair.newer,
        newer_document,
        older: pair.older,
        older_document,
        notes: pair.notes,
    })
}

async fn document(
    source: &dyn FilingSource,
    filing: &Filing,
    side: Side,
    progress: &dyn Progress,
) -> Result<Document, FetchError> {
    let began = Instant::now();
    let (share, side) = match side {
        Side::Newer => (0.2, "newer"),
        Side::Older => (0.6, "older"),
    };
    progress.working(Stage::Fetching, share, &format!("the {side} filing"));
    let document = source.document(filing).await?;
    progress.fact(&Fact {
        stage: Stage::Fetching,
        text: format!("{side} {}", named(filing)),
        bytes: Some(document.bytes.len()),
        took: began.elapsed(),
    });
    Ok(document)
}

/// `10-K, fiscal 2025, filed 2026-02-26`
fn named(filing: &Filing) -> String {
    let year = FilingRef::from(filing).fiscal_year().map(|year| format!(", fiscal {year}"));
    format!("{}{}, filed {}", filing.form, year.unwrap_or_default(), filing.filing_date)
}
