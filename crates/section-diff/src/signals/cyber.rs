//! A cybersecurity incident that is told of, not warned of.

use filing_model::{Extraction, Item, Signal, SignalKind};

use super::{
    Evidence,
    dates::{self, Month},
    mentions::{self, Mention},
    sentences::{is_past, is_supposed},
};

/// Where an incident is told, the Item for it first.
const PLACES: [Item; 5] = [Item::I1C, Item::I1A, Item::I7, Item::I8, Item::I1];

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let newer = incidents(evidence.newer);
    if newer.is_empty() {
        return Vec::new();
    }
    let known: Vec<Option<Month>> =
        incidents(evidence.older).iter().map(|(_, mention)| dates::latest(mention.text)).collect();
    // The same incident is told in other words a year later.
    let is_new =
        |text: &str| !known.contains(&dates::latest(text)) && !is_past(text, evidence.older.period_end);
    let Some((item, mention)) = newer.iter().find(|(_, mention)| is_new(mention.text)) else {
        return Vec::new();
    };
    vec![Signal {
        kind: SignalKind::CyberIncident,
        item: *item,
        statement: "The newer filing tells of a cybersecurity incident that the older does not mention."
            .to_owned(),
        older: None,
        newer: Some(mention.text.to_owned()),
        change_id: evidence.change_with(*item, mention.text),
    }]
}

/// Sentences that tell of an incident.
fn incidents(extraction: &Extraction) -> Vec<(Item, Mention<'_>)> {
    const ABOUT: [&str; 6] =
        ["nauthorized", "ansomware", "yber", "ecurity incident", "ecurity breach", "ata breach"];
    let texts = PLACES.into_iter().filter_map(|item| Some((item, extraction.found(item)?)));
    texts
        .flat_map(|(item, section)| {
            let dated = mentions::of(&section.text, &[&ABOUT, &["20"]]);
            dated.into_iter().filter(happened).map(move |mention| (item, mention))
        })
        .collect()
}

/// It happened to the company, and the sentence says when.
fn happened(mention: &Mention<'_>) -> bool {
    let done = [
        "gained access",
        "gained unauthorized",
        "obtained access",
        "obtained unauthorized",
        "unauthorized access to",
        "detected",
        "identified a",
        "identified unauthorized",
        "identified that",
        "discovered",
        "experienced",
        "became aware",
        "learned",
        "was accessed",
        "were accessed",
        "exfiltrated",
        "accessed by",
        "suffered",
        "was the victim",
        "was the target",
        "occurred",
    ];
    let general = [
        "not experienced",
        "not been",
        "no cybersecurity",
        "no material cybersecurity",
        "has not",
        "have not",
        "final rule",
        "regulation",
        "other companies",
        "effective date",
        "became effective",
        "adopted",
    ];
    mention.has(&done)
        && !mention.has(&general)
        && !is_supposed(&mention.lower)
        && dates::latest(mention.text).is_some()
}
