//! What an analyst looks for, found by rule: each signal with its sentence from the text, and silence when the text is unclear.

mod auditor;
mod controls;
mod cyber;
mod going_concern;
mod injection;
mod legal;
mod other_than_none;
mod period;
mod restatement;
mod risk_factors;
mod sentences;

use filing_model::{Extraction, Item, SectionDiff, Signal};

/// Both filings and what changed between them.
pub(crate) struct Evidence<'a> {
    pub(crate) older: &'a Extraction,
    pub(crate) newer: &'a Extraction,
    pub(crate) sections: &'a [SectionDiff],
}

impl<'a> Evidence<'a> {
    /// The comparison of an Item.
    fn section(&self, item: Item) -> Option<&SectionDiff> {
        self.sections.iter().find(|section| section.item == item)
    }

    /// The text of an Item in the newer filing, if it is there.
    fn newer_text(&self, item: Item) -> &'a str {
        self.newer.items.get(&item).map_or("", |section| &section.text)
    }

    /// The text of an Item in the older filing, if it is there.
    fn older_text(&self, item: Item) -> &'a str {
        self.older.items.get(&item).map_or("", |section| &section.text)
    }

    /// The change whose newer (or only) passage holds the words.
    fn change_with(&self, item: Item, words: &str) -> Option<String> {
        let section = self.section(item)?;
        let holds = |passage: &Option<filing_model::Passage>| {
            passage.as_ref().is_some_and(|passage| passage.text.contains(words))
        };
        section
            .changes
            .iter()
            .find(|change| holds(&change.newer) || holds(&change.older))
            .map(|change| change.id.clone())
    }
}

/// Every rule, the gravest first.
const RULES: [fn(&Evidence<'_>) -> Vec<Signal>; 10] = [
    going_concern::find,
    controls::find,
    restatement::find,
    auditor::find,
    other_than_none::find,
    legal::find,
    cyber::find,
    risk_factors::find,
    period::find,
    injection::find,
];

/// All signals.
pub(crate) fn find(older: &Extraction, newer: &Extraction, sections: &[SectionDiff]) -> Vec<Signal> {
    let evidence = Evidence { older, newer, sections };
    RULES.iter().flat_map(|rule| rule(&evidence)).collect()
}
