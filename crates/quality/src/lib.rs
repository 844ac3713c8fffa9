//! Judges whether a 10-K change report can be trusted, and whether its token is owed back.
//!
//! A [`Profile`] is a list of [`Check`]s. `evidence`, the default, asks for a refund only where the evidence says that
//! the fault is ours; `seed` has the fixed thresholds of the first version, to the letter.
//!
//! ```
//! use filing_model::{Company, Extraction, FilingRef};
//! use quality::{Evidence, Profile};
//! # let analysis = serde_json::from_str(r#"{"analyzer": "extractive", "model": null, "prompt_version": "1",
//! #     "executive_summary": "", "summaries": {}, "findings": [], "dropped": [], "degraded": null,
//! #     "not_sent_words": {"total": 0, "by_item": {}}, "total_tokens": 0, "total_cost_usd": 0.0}"#)?;
//!
//! let nothing = Extraction::empty();
//! let report = Profile::evidence().judge(&Evidence {
//!     older: &nothing,
//!     newer: &nothing,
//!     company: &Company { name: "Acme Corp.".into(), cik: None, ticker: None },
//!     newer_filing: &FilingRef::default(),
//!     older_filing: &FilingRef::default(),
//!     sections: &[],
//!     analysis: &analysis,
//! });
//! assert!(!report.is_valid);
//! assert!(report.issues.contains(&"None of the Items could be compared.".to_owned()));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Where to look next: [`Evidence`] is what a check may look at. A check of your own is an implementation of [`Check`]
//! in a [`Profile::new`]; ours stand in `checks/`, one per file.

mod check;
mod dossier;
mod profile;

mod form;
mod readings;

mod checks;

#[cfg(test)]
mod invented;

pub use crate::{
    check::{Check, Evidence},
    dossier::Dossier,
    profile::Profile,
};
