use std::{cell::OnceCell, ops::Deref};

use filing_model::{Item, Section, Side};

use crate::{
    Evidence,
    check::other,
    readings::{Readings, Wording},
};

/// The evidence, and what several checks work out from it, which is worked out once.
///
/// All fields of [`Evidence`] can be read from it.
#[derive(Debug)]
pub struct Dossier<'a> {
    evidence: Evidence<'a>,
    readings: OnceCell<Readings>,
}

impl<'a> Deref for Dossier<'a> {
    type Target = Evidence<'a>;

    fn deref(&self) -> &Evidence<'a> {
        &self.evidence
    }
}

impl<'a> Dossier<'a> {
    /// Nothing is worked out before a check asks for it.
    pub fn new(evidence: Evidence<'a>) -> Self {
        Self { evidence, readings: OnceCell::new() }
    }

    /// The wording of a filing's Items.
    pub(crate) fn wording(&self, side: Side) -> &Wording {
        self.readings().side(side)
    }

    /// What an Item of a filing and one of the other have in common, as a share of the one that adds less.
    pub(crate) fn kept(&self, side: Side, item: Item, other_item: Item) -> f64 {
        match side {
            Side::Newer => self.readings().kept(item, other_item),
            Side::Older => self.readings().kept(other_item, item),
        }
    }

    fn readings(&self) -> &Readings {
        self.readings.get_or_init(|| Readings::of(&self.evidence))
    }

    /// An Item's section in a filing and in the other one, where both have a text of their own.
    pub(crate) fn both(&self, side: Side, item: Item) -> Option<(&'a Section, &'a Section)> {
        Some((self.extraction(side).found(item)?, self.extraction(other(side)).found(item)?))
    }

    /// From the end of one period to that of the other, in days; two years picked by hand may be far apart.
    pub(crate) fn days_apart(&self) -> Option<i32> {
        Some((self.period_end(Side::Newer)? - self.period_end(Side::Older)?).get_days().abs())
    }

    /// Whether the periods are a year apart, or may be.
    pub(crate) fn are_neighbours(&self) -> bool {
        self.days_apart().is_none_or(|days| days <= NEIGHBOUR_DAYS)
    }
}

/// Two years, of which one is lost more often than not: a year that was not filed, or not fetched.
const NEIGHBOUR_DAYS: i32 = 800;
