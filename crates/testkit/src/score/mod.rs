//! Judges an extraction against labels.
//!
//! An Item is right when its status agrees with the label and, where there is text, its first and last words agree and its
//! length is close. It is *silently wrong* when it is not right and was given as found without a word of doubt.
//!
//! Reading order: `judge` is the rule, `words` what it takes for the same word, `captions` a leniency towards labels
//! that begin inside a wrapped heading; `tally` counts, `disputed` knows the labels that cannot be met.

mod captions;
mod disputed;
mod judge;
mod tally;
mod words;

pub use self::{
    disputed::{Disputed, disputed_labels},
    judge::{Verdict, judge},
    tally::{Outcome, Scored, Tally, score},
};
