//! Risk factors that came or went, by their headings.

use filing_model::{HeadingDiff, HeadingState, Item, Signal, SignalKind};

use super::Evidence;

/// A risk factor's heading is a sentence; shorter ones name a group.
const SHORTEST: usize = 6;
/// When more changed than this, the section was written anew and single factors say little.
const MOST: usize = 12;

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let Some(section) = evidence.section(Item::I1A).filter(|section| section.not_compared.is_none()) else {
        return Vec::new();
    };
    let of_state = |state| {
        section
            .headings
            .iter()
            .filter(move |heading| heading.state == state && is_factor(heading))
            .collect::<Vec<_>>()
    };
    let (added, removed) = (of_state(HeadingState::Added), of_state(HeadingState::Removed));
    let mut signals = Vec::new();
    for (kind, list) in [(SignalKind::RiskFactorAdded, added), (SignalKind::RiskFactorRemoved, removed)] {
        if list.len() <= MOST {
            signals.extend(list.into_iter().map(|heading| signal(evidence, kind, heading)));
        }
    }
    signals
}

fn is_factor(heading: &HeadingDiff) -> bool {
    filing_model::word_count(&heading.title) >= SHORTEST
}

fn signal(evidence: &Evidence<'_>, kind: SignalKind, heading: &HeadingDiff) -> Signal {
    let added = kind == SignalKind::RiskFactorAdded;
    let words = Some(heading.title.clone());
    Signal {
        kind,
        item: Item::I1A,
        statement: format!(
            "The risk factor “{}” is {}.",
            shortened(&heading.title),
            if added { "new" } else { "gone" }
        ),
        older: if added { None } else { words.clone() },
        newer: if added { words } else { None },
        change_id: evidence.change_with(Item::I1A, &heading.title),
    }
}

/// The heading as far as a line holds it; the whole one stands in the quotation.
fn shortened(title: &str) -> String {
    const SHOWN: usize = 14;
    let words: Vec<&str> = title.split_whitespace().collect();
    if words.len() <= SHOWN {
        title.trim_end_matches('.').to_owned()
    } else {
        format!("{} …", words[..SHOWN].join(" "))
    }
}
