//! What the Items of two filings have in common, by runs of words.

mod paragraphs;
mod wording;
mod years;

use std::cell::OnceCell;

use filing_model::{Item, Side};

use crate::Evidence;

pub(crate) use self::{
    paragraphs::{repeated_words, short_lines},
    wording::{Shares, Wording},
    years::Years,
};

/// The wording of both filings.
#[derive(Debug)]
pub(crate) struct Readings {
    older: Wording,
    newer: Wording,
    /// Of the newer filing in the older one, and the other way round.
    shares: OnceCell<(Shares, Shares)>,
}

impl Readings {
    pub(crate) fn of(evidence: &Evidence<'_>) -> Self {
        Self {
            older: Wording::of(evidence.older),
            newer: Wording::of(evidence.newer),
            shares: OnceCell::new(),
        }
    }

    pub(crate) fn side(&self, side: Side) -> &Wording {
        match side {
            Side::Older => &self.older,
            Side::Newer => &self.newer,
        }
    }

    /// What an Item of the newer filing and one of the older have in common, as a share of the one that adds less.
    pub(crate) fn kept(&self, newer: Item, older: Item) -> f64 {
        let (forth, back) = self
            .shares
            .get_or_init(|| (self.newer.shares_in(&self.older), self.older.shares_in(&self.newer)));
        forth.of(newer, older).max(back.of(older, newer))
    }
}
