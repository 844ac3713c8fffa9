//! Judges a comparison: against edits that are known, against the texts themselves, against the least of edits.
//!
//! A passage is right when the comparison puts the same paragraphs together and classes them as is due. Reading order: `told`
//! is what a comparison says of each paragraph, `judge` the rule, `tally` counts; `whole` proves that no word is lost;
//! `least` holds the words shown as changed against the fewest that could be.

mod judge;
mod least;
mod tally;
mod told;
mod whole;

pub use self::{
    judge::{Came, Miss, Verdict, judge},
    least::{ShownWords, shown_words},
    tally::EditTally,
    whole::lost_words,
};
