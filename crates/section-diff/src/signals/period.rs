//! Periods that are no usual year apart, and reports on a transition period (Exchange Act Rule 13a-10).

use filing_model::{Extraction, Form, Item, Signal, SignalKind};

use super::{
    Evidence,
    mentions::{self, Mention},
};

/// A year of 52 or 53 weeks ends this many days after the one before it.
const USUAL_DAYS: std::ops::RangeInclusive<i32> = 350..=380;

/// Where a change of the fiscal year is told.
const PLACES: [Item; 5] = [Item::I1, Item::I7, Item::I8, Item::I5, Item::I9B];

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let told = told(evidence);
    let statement = if is_transition(evidence.newer) {
        "The newer filing reports on a transition period, which is not a usual year: figures may not be comparable."
            .to_owned()
    } else if let Some(days) = days_between(evidence).filter(|days| !USUAL_DAYS.contains(days)) {
        format!(
            "The periods end {days} days apart, which is not a usual year: figures may not be comparable."
        )
    } else if is_transition(evidence.older) {
        "The older filing reports on a transition period, which is not a usual year: figures may not be comparable."
            .to_owned()
    } else if told.is_some() {
        "The newer filing tells of a change of the fiscal year.".to_owned()
    } else {
        return Vec::new();
    };
    vec![Signal {
        kind: SignalKind::PeriodChanged,
        item: told.map_or(Item::I1, |(item, _)| item),
        statement,
        older: period_end(evidence.older),
        newer: told.map(|(_, words)| words.to_owned()).or_else(|| period_end(evidence.newer)),
        change_id: told.and_then(|(item, words)| evidence.change_with(item, words)),
    }]
}

fn days_between(evidence: &Evidence<'_>) -> Option<i32> {
    let days = (evidence.newer.period_end? - evidence.older.period_end?).get_days();
    (days > 0).then_some(days)
}

fn is_transition(extraction: &Extraction) -> bool {
    extraction.form.as_ref().is_some_and(Form::is_transition)
        || extraction.cover.flag("DocumentTransitionReport") == Some(true)
}

/// As the cover writes it.
fn period_end(extraction: &Extraction) -> Option<String> {
    let written = extraction.cover.get("DocumentPeriodEndDate").map(str::to_owned);
    written.or_else(|| extraction.period_end.map(|end| end.to_string()))
}

/// The sentence that tells of the change, when the older filing does not have it.
fn told<'a>(evidence: &Evidence<'a>) -> Option<(Item, &'a str)> {
    const YEARS: [&str; 3] = ["year end from", "year-end from", "iscal year from"];
    PLACES.into_iter().find_map(|item| {
        let mentions = mentions::of(evidence.newer_text(item), &[&YEARS]);
        let words = mentions.into_iter().find(changes_the_year)?.text;
        (!evidence.older_text(item).contains(words)).then_some((item, words))
    })
}

/// From one month to another.
fn changes_the_year(mention: &Mention<'_>) -> bool {
    let changed = ["changed ", "changing ", "change our", "change its", "change in our", "change in the"];
    let mut behind = mention.text.split("from ").skip(1);
    mention.has(&["fiscal year"])
        && mention.has(&changed)
        && behind.any(|words| words.starts_with(char::is_uppercase))
}
