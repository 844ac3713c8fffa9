//! The nouns of a 10-K change report.
//!
//! Every stage of the chain takes some of these and returns others:
//! `Ticker -> Company -> Filing x2 -> Document -> Extraction -> SectionDiff -> Analysis -> QualityReport -> Report`.
//! There is no I/O here, no configuration and no trait: only what two or more crates must agree on.
//!
//! ```
//! use filing_model::{AccessionNumber, Cik, Item, Ticker};
//!
//! let ticker: Ticker = "brk.b".parse()?;
//! assert_eq!(ticker.as_str(), "BRK-B");
//! let cik: Cik = "320193".parse()?;
//! assert_eq!(cik.padded(), "0000320193");
//! let accession: AccessionNumber = "0000320193-25-000079".parse()?;
//! assert_eq!(accession.undashed(), "000032019325000079");
//! assert_eq!(Item::I1A.title(), "Risk Factors");
//! # Ok::<(), filing_model::ParseError>(())
//! ```
//!
//! Where to look next: [`Extraction`] is what a document holds, [`SectionDiff`] what changed in one Item,
//! [`Report`] what a reader gets. With the feature `schema`, [`schema`] has the JSON Schemas of both.

mod accession;
mod cik;
mod error;
mod form;
mod item;
mod ticker;

mod filing;
mod section;
mod words;

mod analysis;
mod diff;
mod quality;
mod report;

#[cfg(feature = "schema")]
pub mod schema;

pub use crate::{
    accession::AccessionNumber,
    analysis::{Analysis, Category, Dropped, Finding, Materiality, NotSentWords, Quote},
    cik::Cik,
    diff::{
        Change, ChangeCounts, ChangeKind, Comparison, EditOp, HeadingDiff, HeadingState, Passage,
        SectionDiff, Signal, SignalKind, Similarity, UnchangedRun, WordCounts,
    },
    error::ParseError,
    filing::{Company, Document, Exhibit, Filing},
    form::Form,
    item::{Item, Part},
    quality::{QualityFinding, QualityReport, Severity},
    report::{DISCLAIMER, FilingRef, Report},
    section::{Confidence, Cover, Extraction, Heading, Section, Span, Status, paragraphs},
    ticker::Ticker,
    words::word_count,
};

/// The version of the JSON shapes of [`Extraction`] and [`Report`]; removing or changing a field raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// Which of the two filings something stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The earlier year.
    Older,
    /// The later year.
    Newer,
}
