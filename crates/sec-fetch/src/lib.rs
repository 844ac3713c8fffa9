//! Fetches company filings from SEC EDGAR within its fair-access rules.
//!
//! A ticker becomes a company, a company its list of filings, the list the two annual reports that a change
//! report compares, and a filing its document. Where the answers come from is a [`FilingSource`]: [`Edgar`] asks
//! sec.gov (paced, cached, stopped for ten minutes when EDGAR refuses), [`Recording`] reads a folder or a bundle
//! that has EDGAR's own layout and touches no network.
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! use sec_fetch::{FilingSource, Recording, Years, annual_pair};
//!
//! let tickers = r#"{"0": {"cik_str": 9000001, "ticker": "NWND", "title": "Northwind Tools Inc."}}"#;
//! let filings = r#"{"name": "Northwind Tools Inc.", "filings": {"recent": {
//!     "accessionNumber": ["0009000001-26-000007", "0009000001-25-000004"],
//!     "filingDate": ["2026-02-20", "2025-02-21"],
//!     "reportDate": ["2025-12-31", "2024-12-31"],
//!     "form": ["10-K", "10-K"],
//!     "primaryDocument": ["nwnd-20251231.htm", "nwnd-20241231.htm"]}, "files": []}}"#;
//! let recording = Recording::in_memory([
//!     ("files/company_tickers.json".to_owned(), tickers.into()),
//!     ("submissions/CIK0009000001.json".to_owned(), filings.into()),
//!     ("Archives/edgar/data/9000001/000900000126000007/nwnd-20251231.htm".to_owned(), b"<p>Item 1.</p>".to_vec()),
//! ]);
//!
//! let pair = annual_pair(&recording, &"nwnd".parse()?, &Years::default()).await?;
//! assert_eq!(pair.company.name, "Northwind Tools Inc.");
//! assert_eq!(pair.newer.accession.as_str(), "0009000001-26-000007");
//! assert_eq!(pair.older.period_end.map(|end| end.to_string()), Some("2024-12-31".to_owned()));
//!
//! let document = recording.document(&pair.newer).await?;
//! assert_eq!(document.bytes, b"<p>Item 1.</p>");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! The live source takes the place of the recording (feature `edgar`):
//!
//! ```no_run
//! # #[cfg(feature = "edgar")]
//! # async fn run(ticker: filing_model::Ticker) -> Result<(), sec_fetch::FetchError> {
//! use sec_fetch::{Edgar, FetchConfig, Years, annual_pair};
//!
//! let edgar = Edgar::new(FetchConfig::new("Acme Research ops@acme.example"))?;
//! let pair = annual_pair(&edgar, &ticker, &Years::default()).await?;
//! # Ok(()) }
//! ```
//!
//! Where to look next: [`choose`] has the rules by which the two filings are chosen, [`FetchError`] what can go
//! wrong, whose fault it is and what to tell whoever asked, [`record`] saves a company's answers as a recording. For
//! other origins, implement [`FilingSource`].

mod filing_list;
mod source;

mod choose;
mod complete;
mod notes;
mod pair;

mod answers;
mod exhibit_index;
mod layout;
mod names;
mod nearest;
mod renamed;
mod submissions;
mod tickers;

mod files;
mod recording;

#[cfg(feature = "edgar")]
mod cache;
#[cfg(feature = "edgar")]
mod config;
#[cfg(feature = "edgar")]
mod edgar;
#[cfg(feature = "edgar")]
mod record;

mod error;
mod sentence;

#[cfg(feature = "edgar")]
pub use crate::{
    cache::{Amount, Cache, CacheStats, DEFAULT_CACHE_LIMIT_BYTES},
    config::{
        DEFAULT_BLOCK_PAUSE, DEFAULT_CONNECT_TIMEOUT, DEFAULT_DATA_URL, DEFAULT_LARGEST_DOCUMENT_BYTES,
        DEFAULT_PATIENCE, DEFAULT_REQUEST_TIMEOUT, DEFAULT_REQUESTS_PER_SECOND, DEFAULT_RETRIES,
        DEFAULT_RETRY_DELAY, DEFAULT_SILENCE_TIMEOUT, DEFAULT_SUBMISSIONS_FRESH, DEFAULT_TICKERS_FRESH,
        DEFAULT_WWW_URL, FetchConfig,
    },
    edgar::{Edgar, FetchWatcher, Repetition, Slot, Slots, SlotsError},
    record::record,
};
pub use crate::{
    choose::choose,
    error::FetchError,
    filing_list::{Depth, FilingList, FormerName},
    pair::{Pair, Years, annual_pair},
    recording::Recording,
    source::FilingSource,
};
