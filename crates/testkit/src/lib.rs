//! What tests and evaluation programs share; nothing here is part of the product.
//!
//! ```
//! let demo = testkit::fixtures().join("recordings/demo");
//! assert!(demo.join("files/company_tickers.json").is_file());
//! ```
//!
//! [`fixtures`] are ours and always there; [`RealFilings`] lie outside of the repository and may be absent.
//! [`mod@score`] judges an extraction against their labels; [`edits`] makes newer texts with known edits, and [`diff_score`]
//! judges a comparison against them. The programs `eval`, `eval-diff` and `bench` print what comes of it.

mod consistent;
pub mod diff_score;
mod document;
pub mod edits;
mod filings;
mod fixtures;
mod outline;
pub mod score;
#[cfg(feature = "postgres")]
pub mod stack;

pub use crate::{
    consistent::assert_consistent,
    document::document,
    filings::{FilerKind, Label, RealFilings, Row},
    fixtures::{ExpectedChange, ExpectedChanges, demo_documents, expected_changes, fixtures},
    outline::outline,
};
