//! What the Items of two filings have in common, by runs of words.

mod paragraphs;
mod wording;
mod years;

use filing_model::Side;

use crate::Evidence;

pub(crate) use self::{
    paragraphs::{repeated_words, short_lines},
    wording::Wording,
    years::Years,
};

/// The wording of both filings.
#[derive(Debug)]
pub(crate) struct Readings {
    older: Wording,
    newer: Wording,
}

impl Readings {
    pub(crate) fn of(evidence: &Evidence<'_>) -> Self {
        Self { older: Wording::of(evidence.older), newer: Wording::of(evidence.newer) }
    }

    pub(crate) fn side(&self, side: Side) -> &Wording {
        match side {
            Side::Older => &self.older,
            Side::Newer => &self.newer,
        }
    }
}
