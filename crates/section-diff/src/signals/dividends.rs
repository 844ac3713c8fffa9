//! A dividend that is begun, stopped, raised or cut.

use filing_model::{Signal, SignalKind};

use super::{
    Evidence,
    dividend_facts::{self, Facts, Told, value},
    share_changes,
};

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let older = dividend_facts::of(evidence.older);
    let newer = dividend_facts::of(evidence.newer);
    let regular = begun(&older, &newer)
        .or_else(|| stopped(&older, &newer))
        .or_else(|| changed(evidence, &older, &newer));
    let regular = regular.or_else(|| special(&older, &newer));
    let regular = regular.map(|found| found.signal(evidence));
    regular.into_iter().collect()
}

/// A statement of ours with what the filings say.
struct Found<'a> {
    statement: String,
    older: Option<Told<'a>>,
    newer: Told<'a>,
}

impl Found<'_> {
    fn signal(self, evidence: &Evidence<'_>) -> Signal {
        Signal {
            kind: SignalKind::DividendChanged,
            item: self.newer.item,
            statement: self.statement,
            older: self.older.map(|told| told.words.to_owned()),
            newer: Some(self.newer.words.to_owned()),
            change_id: evidence.change_with(self.newer.item, self.newer.words),
        }
    }
}

fn begun<'a>(older: &Facts<'a>, newer: &Facts<'a>) -> Option<Found<'a>> {
    let before = older.pays_none.filter(|_| older.paid.is_none() && older.quarterly.is_none())?;
    let now = newer.quarterly.map(|quarterly| quarterly.told).or(newer.paid)?;
    Some(Found {
        statement: "A dividend was begun; the older filing says that there is none.".to_owned(),
        older: Some(before),
        newer: now,
    })
}

fn stopped<'a>(older: &Facts<'a>, newer: &Facts<'a>) -> Option<Found<'a>> {
    let before = older.quarterly.map(|quarterly| quarterly.told).or(older.paid);
    let told = newer.stopped.filter(|_| older.stopped.is_none());
    let none = newer.pays_none.filter(|_| older.pays_none.is_none() && before.is_some());
    let none = none.filter(|_| newer.paid.is_none() && newer.quarterly.is_none());
    told.or(none).map(|now| Found {
        statement: "The dividend was stopped.".to_owned(),
        older: before,
        newer: now,
    })
}

fn changed<'a>(evidence: &Evidence<'_>, older: &Facts<'a>, newer: &Facts<'a>) -> Option<Found<'a>> {
    let now = newer.quarterly?;
    let before = older.quarterly;
    let new = value(now.amount)?;
    let old = now.from.and_then(value).or_else(|| before.and_then(|before| value(before.amount)))?;
    // A split divides the amount and changes no dividend.
    let split = now.from.is_none() && share_changes::split_is_new(evidence);
    // An amount that the older filing tells of already is no news.
    let known = before.and_then(|before| value(before.amount)).is_some_and(|before| same(before, new));
    if split || known || same(old, new) {
        return None;
    }
    let word = if new > old { "raised" } else { "cut" };
    let from = now.from.or(before.map(|before| before.amount))?;
    Some(Found {
        statement: format!("The quarterly dividend was {word} from ${from} to ${} a share.", now.amount),
        older: before.map(|before| before.told),
        newer: now.told,
    })
}

fn special<'a>(older: &Facts<'a>, newer: &Facts<'a>) -> Option<Found<'a>> {
    let now = newer.special.first()?;
    older.special.is_empty().then(|| Found {
        statement: "A special dividend is told of; the older filing has none.".to_owned(),
        older: None,
        newer: *now,
    })
}

fn same(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}
