//! Cuts a 10-K document into its Items.
//!
//! Pure: no I/O, no async. Odd input is never an error: the answer says what was found and what was missed.
//!
//! ```
//! use filing_model::{Document, Item, Status};
//!
//! let html = "<p><b>Item 1. Business</b></p><p>We make gauges.</p>\
//!             <p><b>Item 1B. Unresolved Staff Comments</b></p><p>None.</p>";
//! let extraction = section_extract::sections(&Document::new("a.htm", html));
//! assert_eq!(extraction.items[&Item::I1].text, "We make gauges.");
//! assert_eq!(extraction.items[&Item::I1B].status, Status::Omitted);
//! assert_eq!(extraction.items[&Item::I7].status, Status::Missing);
//! ```
//!
//! How it goes: the bytes become text (`decode`), the text becomes blocks with their style (`blocks`), blocks that belong
//! to the page are set aside (`furniture`), headings are collected and weighed (`candidate`, with `label` and `titles`),
//! the best sequence of them is chosen (`sequence`), and what lies between is cut out (`cut`), judged (`status`) and
//! given its sub-headings (`outline`). Pointers are followed where their target lies in the document (`pointers`).

mod assemble;
mod submission;

mod blocks;
mod decode;

mod candidate;
mod captions;
mod contents;
mod furniture;
mod heading;
mod label;
mod numbering;
mod sequence;
mod titles;

mod cover;
mod cut;
mod doubt;
mod ends;
mod exhibits;
mod index;
mod outline;
mod pages;
mod pointers;
mod spans;
mod statements;
mod status;

pub use crate::assemble::sections;
