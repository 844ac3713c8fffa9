use std::time::Instant;

use filing_model::{Document, Filing, FilingRef, Side, Ticker};
use sec_fetch::{FetchError, FilingSource, Pair, Years, annual_pair};

use crate::progress::{Fact, Progress, Stage};

/// The documents of two filings.
pub(crate) struct Documents {
    pub newer: Document,
    pub older: Document,
}

/// Chooses the two filings.
#[tracing::instrument(name = "choosing", skip_all)]
pub(crate) async fn choose(
    source: &dyn FilingSource,
    ticker: &Ticker,
    years: &Years,
    progress: &dyn Progress,
) -> Result<Pair, FetchError> {
    progress.working(Stage::Fetching, 0.0, &format!("the list of filings of {ticker}"));
    let pair = annual_pair(source, ticker, years).await?;
    progress.company(&pair.company);
    Ok(pair)
}

/// Fetches both.
#[tracing::instrument(name = "fetching", skip_all)]
pub(crate) async fn fetch(
    source: &dyn FilingSource,
    pair: &Pair,
    progress: &dyn Progress,
) -> Result<Documents, FetchError> {
    let began = Instant::now();
    let newer = document(source, &pair.newer, Side::Newer, progress).await?;
    let older = document(source, &pair.older, Side::Older, progress).await?;
    progress.done(Stage::Fetching, None, began.elapsed());
    Ok(Documents { newer, older })
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
