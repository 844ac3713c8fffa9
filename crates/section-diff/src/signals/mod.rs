//! What an analyst looks for, found by rule: each signal with its sentence from the text, and silence when the text is unclear.

mod auditor;
mod controls;
mod customers;
mod cyber;
mod dividends;
mod going_concern;
mod injection;
mod legal;
mod other_than_none;
mod period;
mod restatement;
mod risk_factors;
mod segments;
mod share_changes;

mod case_words;
mod cases;
mod customer_claims;
mod dates;
mod dividend_facts;
mod mentions;
mod new_sentences;
mod revenue_shares;
mod segment_lists;
mod segment_names;
mod sentences;
mod tokens;

use filing_model::{Extraction, Item, SectionDiff, Signal};

/// Both filings and what changed between them.
pub(crate) struct Evidence<'a> {
    pub(crate) older: &'a Extraction,
    pub(crate) newer: &'a Extraction,
    pub(crate) sections: &'a [SectionDiff],
}

impl<'a> Evidence<'a> {
    /// The comparison of an Item.
    fn section(&self, item: Item) -> Option<&'a SectionDiff> {
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

    /// Whether a sentence names a day or month after the older filing's period.
    fn is_recent(&self, sentence: &str) -> bool {
        let Some(end) = self.older.period_end else { return false };
        dates::latest(sentence).is_some_and(|month| month > dates::month_of(end))
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

/// The year that a filing reports on: named on its cover, else the last of some years that is not after its period's end.
fn fiscal_year(filing: &Extraction, years: impl Iterator<Item = i16>) -> Option<i16> {
    let named = filing.cover.get("DocumentFiscalYearFocus").and_then(|year| year.parse().ok());
    let end = filing.period_end.map(jiff::civil::Date::year);
    named.or_else(|| years.filter(|year| end.is_none_or(|end| *year <= end)).max()).or(end)
}

/// Every rule, the gravest first.
const RULES: [fn(&Evidence<'_>) -> Vec<Signal>; 14] = [
    going_concern::find,
    controls::find,
    restatement::find,
    auditor::find,
    other_than_none::find,
    legal::find,
    cyber::find,
    customers::find,
    segments::find,
    dividends::find,
    share_changes::find,
    risk_factors::find,
    period::find,
    injection::find,
];

/// All signals.
pub(crate) fn find(older: &Extraction, newer: &Extraction, sections: &[SectionDiff]) -> Vec<Signal> {
    let evidence = Evidence { older, newer, sections };
    RULES.iter().flat_map(|rule| rule(&evidence)).collect()
}
