//! Items 9 and 1B say "None" year after year, until they do not.

use filing_model::{Item, Signal, SignalKind, Status};

use super::{Evidence, auditor, sentences};

/// Fewer words than this may be another way to say none.
const SHORTEST: usize = 20;

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    [
        (Item::I9, SignalKind::AccountantDisagreement, "accountants"),
        (Item::I1B, SignalKind::StaffComments, "comments of the SEC’s staff"),
    ]
    .into_iter()
    .filter_map(|(item, kind, about)| signal(evidence, item, kind, about))
    .collect()
}

fn signal(evidence: &Evidence<'_>, item: Item, kind: SignalKind, about: &str) -> Option<Signal> {
    let (older, newer) = (evidence.older.items.get(&item)?, evidence.newer.items.get(&item)?);
    if newer.status != Status::Found || newer.words < SHORTEST || older.status != Status::Omitted {
        return None;
    }
    if item == Item::I9 && !auditor::find(evidence).is_empty() {
        // A change of auditor is told as such.
        return None;
    }
    let sentence = sentences::of(&newer.text).next()?;
    Some(Signal {
        kind,
        item,
        statement: format!(
            "Item {item} reports on {about}; a year before it said there was nothing to report."
        ),
        older: sentences::of(&older.text).next().map(str::to_owned),
        newer: Some(sentence.to_owned()),
        change_id: evidence.change_with(item, sentence),
    })
}
