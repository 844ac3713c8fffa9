//! A cybersecurity incident that is told of, not warned of.

use filing_model::{ChangeKind, Item, Signal, SignalKind};

use super::{Evidence, sentences};

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    [Item::I1C, Item::I1A].into_iter().find_map(|item| in_item(evidence, item)).into_iter().collect()
}

fn in_item(evidence: &Evidence<'_>, item: Item) -> Option<Signal> {
    let section = evidence.section(item)?;
    let changed = section
        .changes
        .iter()
        .filter(|change| matches!(change.kind, ChangeKind::Added | ChangeKind::Modified));
    for change in changed {
        let Some(passage) = &change.newer else { continue };
        let Some(sentence) = sentences::first(&passage.text, tells_of_an_incident) else { continue };
        if change.older.as_ref().is_some_and(|older| older.text.contains(sentence)) {
            continue;
        }
        return Some(Signal {
            kind: SignalKind::CyberIncident,
            item,
            statement: "The newer filing tells of a cybersecurity incident.".to_owned(),
            older: None,
            newer: Some(sentence.to_owned()),
            change_id: Some(change.id.clone()),
        });
    }
    None
}

/// It happened, on a date.
fn tells_of_an_incident(sentence: &str) -> bool {
    let about = [
        "unauthorized",
        "ransomware",
        "cybersecurity incident",
        "cyber attack",
        "cyberattack",
        "security incident",
    ];
    let happened = [
        "gained access",
        "we detected",
        "we identified",
        "we discovered",
        "we experienced",
        "we became aware",
        "was accessed",
        "exfiltrated",
        "obtained access",
        "accessed by",
    ];
    let supposed = [
        "could",
        "may ",
        "might",
        " if ",
        "have not experienced",
        "not been",
        "no cybersecurity",
        "has not",
        "have not",
    ];
    let dated = MONTHS.iter().any(|month| sentence.contains(month));
    let has = |list: &[&str]| list.iter().any(|words| sentence.contains(words));
    has(&about) && has(&happened) && dated && !has(&supposed)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    " may 20",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
