//! Compares the Items of two 10-Ks: what changed, what moved, what only rolled forward.
//!
//! Pure: no I/O, no async, the same answer every time.
//!
//! ```
//! use filing_model::{ChangeKind, Document, Item};
//! use section_diff::{Aligned, SectionDiffer};
//! # fn extraction(text: &str) -> filing_model::Extraction {
//! #     let mut extraction = filing_model::Extraction::empty();
//! #     let section = extraction.items.get_mut(&Item::I1).expect("every Item has an entry");
//! #     (section.status, section.text) = (filing_model::Status::Found, text.to_owned());
//! #     extraction
//! # }
//! let older = extraction("We make gauges.\n\nWe have 10 plants.");
//! let newer = extraction("We make gauges.\n\nWe have 12 plants.\n\nWe lease an office.");
//! let business = &Aligned.compare(&older, &newer).sections[0];
//! assert_eq!(business.changes[0].figures, [["10".to_owned(), "12".to_owned()]]);
//! assert_eq!(business.changes[1].kind, ChangeKind::Added);
//! ```
//!
//! How it goes: paragraphs are prepared (`passage`, `features`, `vocabulary`, `words`), aligned (`align`: exact, edited, retitled, split or moved),
//! and each pair gets its word edits (`edits`), figures (`figures`) and weight (`rank`); text that only changed its Item
//! is told (`elsewhere`), sub-headings are matched (`headings`), similarity is measured (`similarity`), and rules look for signals (`signals`).

mod differ;

mod align;
mod caption;
mod comparable;
mod compare;
mod features;
mod passage;
mod vocabulary;
mod words;

mod edits;
mod elsewhere;
mod figures;
mod headings;
mod rank;
mod similarity;

mod signals;

pub use crate::differ::{Aligned, Differences, SectionDiffer};
