//! Texts with known edits: an Item of a report as the older text, and a newer text made from it by a seeded generator that
//! keeps account of what became of every paragraph.
//!
//! ```
//! use testkit::edits::{Donors, EditKind, Source, known_edits};
//!
//! let sources = Source::of_demo().expect("the demo recording");
//! let donors = Donors::new(&sources);
//! let known = known_edits(&sources[0], &donors, 1);
//! assert!(known.passages.iter().any(|passage| passage.kind == EditKind::Unchanged));
//! assert_eq!(known.older.text, sources[0].section.text);
//! ```
//!
//! Reading order: `truth` has the nouns and what is due for each kind of edit; `generate` walks through the older text
//! (whole `passages`, their `joints`, their `wording`), with one file per family of edits (`reword`, `figures`, `tables`,
//! `cosmetic`, `moves`), into a `draft`; `donors` lends foreign words;
//! `ambiguous` finds what no reader could decide, which is not scored; `words`, `common` and `random` are tools.

mod ambiguous;
mod common;
mod cosmetic;
mod donors;
mod draft;
mod figures;
mod generate;
mod moves;
mod pieces;
mod random;
mod reword;
mod tables;
mod truth;
mod words;

pub use self::{
    common::longest_common,
    donors::{Donors, Source},
    generate::known_edits,
    random::Random,
    truth::{Class, EditKind, Extent, KnownEdits, KnownPassage, Unscored},
};
