//! Real filings, extracted, and the pairs of years that they make.

use std::collections::BTreeMap;

use anyhow::Result;
use filing_model::{Extraction, FilingRef, Item};
use testkit::{
    Label, RealFilings, Row,
    score::{Disputed, disputed_labels, judge},
};

use crate::in_parallel;

/// The Items that a reader looks for.
pub(crate) const MAIN_ITEMS: [Item; 4] = [Item::I1, Item::I1A, Item::I7, Item::I8];

/// Years between two filings that may still be compared for want of the one between them.
const FARTHEST: i32 = 2;

/// A filing and its Items.
pub(crate) struct Filing {
    pub(crate) row: Row,
    pub(crate) extraction: Extraction,
    /// Main Items whose text is not what the label says.
    pub(crate) wrong: Vec<Item>,
}

/// All of them.
pub(crate) struct Filings {
    pub(crate) all: Vec<Filing>,
}

/// Two years of a company.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'a> {
    pub(crate) older: &'a Filing,
    pub(crate) newer: &'a Filing,
    /// Whether nothing was tuned on this company.
    pub(crate) held_out: bool,
}

impl Filing {
    /// The part of the name that is the company.
    pub(crate) fn company(&self) -> &str {
        self.row.name.split("_FY").next().unwrap_or(&self.row.name)
    }

    /// What EDGAR's list of filings says of it.
    pub(crate) fn listed(&self) -> FilingRef {
        FilingRef {
            accession: self.row.accession.as_deref().and_then(|number| number.parse().ok()),
            form: self.row.form.as_deref().map(Into::into),
            period_end: self.row.period.as_deref().and_then(|date| date.parse().ok()),
            ..FilingRef::default()
        }
    }
}

impl Filings {
    pub(crate) fn load(folder: &RealFilings) -> Result<Self> {
        let rows = folder.rows()?;
        let disputed = disputed_labels()?;
        let all = in_parallel(&rows, |row| -> Result<Filing> {
            let extraction = section_extract::sections(&folder.document(row)?);
            let wrong = wrong_items(row, &folder.labels(row)?, &extraction, &disputed);
            Ok(Filing { row: row.clone(), extraction, wrong })
        });
        Ok(Self { all: all.into_iter().collect::<Result<_>>()? })
    }

    /// Each filing with the one before it: mostly of the year before, else of two years before.
    pub(crate) fn pairs(&self) -> Vec<Pair<'_>> {
        let held_out = self.held_out();
        let paired = self.all.iter().filter_map(|newer| Some((self.before(newer)?, newer)));
        paired.map(|(older, newer)| Pair { older, newer, held_out: held_out[newer.company()] }).collect()
    }

    /// Each filing with the one of two years before, where the year between them is here, too: harder, and not tuned on.
    pub(crate) fn pairs_with_a_gap(&self) -> Vec<Pair<'_>> {
        let held_out = self.held_out();
        let two_back = |newer: &Filing| self.before(newer).and_then(|between| self.before(between));
        let paired = self.all.iter().filter_map(|newer| Some((two_back(newer)?, newer)));
        let near =
            paired.filter(|(older, newer)| years_between(older, newer).is_some_and(|years| years == 2));
        near.map(|(older, newer)| Pair { older, newer, held_out: held_out[newer.company()] }).collect()
    }

    /// Every other company, those with most filings first: two halves, by a rule that knows nothing of the texts.
    fn held_out(&self) -> BTreeMap<&str, bool> {
        let mut filings: BTreeMap<&str, usize> = BTreeMap::new();
        self.all.iter().for_each(|filing| *filings.entry(filing.company()).or_default() += 1);
        let mut companies: Vec<(&str, usize)> = filings.into_iter().collect();
        companies.sort_by_key(|(name, filings)| (std::cmp::Reverse(*filings), *name));
        companies.into_iter().enumerate().map(|(at, (company, _))| (company, at % 2 == 1)).collect()
    }

    fn before(&self, newer: &Filing) -> Option<&Filing> {
        let named =
            newer.row.previous.as_ref().and_then(|name| self.all.iter().find(|it| it.row.name == *name));
        named.or_else(|| {
            let earlier = self.all.iter().filter(|it| {
                it.company() == newer.company()
                    && years_between(it, newer).is_some_and(|years| (1..=FARTHEST).contains(&years))
                    && !it.row.name.contains("10KA")
            });
            earlier.max_by_key(|it| it.row.fiscal_year).filter(|_| !newer.row.name.contains("10KA"))
        })
    }
}

fn years_between(older: &Filing, newer: &Filing) -> Option<i32> {
    Some(newer.row.fiscal_year? - older.row.fiscal_year?)
}

fn wrong_items(
    row: &Row,
    labels: &BTreeMap<Item, Label>,
    extraction: &Extraction,
    disputed: &[Disputed],
) -> Vec<Item> {
    let wrong = |item: &Item| {
        let Some(label) = labels.get(item).filter(|label| label.status != "unsure") else { return false };
        let is_disputed = disputed.iter().any(|entry| entry.name == row.name && entry.item == *item);
        !is_disputed && !judge(label, &extraction.items[item]).right
    };
    MAIN_ITEMS.into_iter().filter(wrong).collect()
}
