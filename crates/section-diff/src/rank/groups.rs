//! Changes of one sub-section tell one thing: the heaviest stands for all, the others follow at a distance.

use filing_model::{Change, ChangeKind, Passage};
use rustc_hash::FxHashMap;

use super::{float, own::Weight};
use crate::passage::Text;

/// What the heaviest passage of a new or removed sub-section gains.
const NEW_SUB_SECTION: f64 = 1.6;

/// What a further passage of a new sub-section keeps: the second 1 / (1 + this).
const FURTHER_OF_NEW: f64 = 0.8;

/// The same of a sub-section that stood before.
const FURTHER: f64 = 0.3;

/// What the heading of a new sub-section keeps of its heaviest passage's weight: that one names the heading too.
const HEADING: f64 = 0.3;

/// What a heading gains that is new above a text that is not.
const HEADING_ALONE: f64 = 0.4;

/// Where a change stands among the sub-sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place<'a> {
    Under(&'a str),
    /// A block of passages without a heading, one behind the other, by its first.
    Block(usize),
}

/// Sets passages of the same sub-section apart.
pub(super) fn spread(changes: &[Change], own: &[Weight], older: &Text<'_>, newer: &Text<'_>) -> Vec<f64> {
    let mut weights: Vec<f64> = own.iter().map(|own| own.points * own.share).collect();
    let mut groups: FxHashMap<Place<'_>, Vec<usize>> = FxHashMap::default();
    for (index, place) in places(changes, older, newer).into_iter().enumerate() {
        groups.entry(place).or_default().push(index);
    }
    for members in groups.values() {
        spread_one(changes, own, &mut weights, members, older, newer);
    }
    weights
}

fn places<'a>(changes: &[Change], older: &'a Text<'_>, newer: &'a Text<'_>) -> Vec<Place<'a>> {
    let mut places: Vec<Place<'a>> = Vec::with_capacity(changes.len());
    for (index, change) in changes.iter().enumerate() {
        let title = match (&change.newer, &change.older) {
            (Some(passage), _) => title(newer, passage),
            (None, Some(passage)) => title(older, passage),
            (None, None) => None,
        };
        let place = match (title, places.last()) {
            (Some(title), _) => Place::Under(title),
            (None, Some(Place::Block(first))) if follows(&changes[index - 1], change) => Place::Block(*first),
            (None, _) => Place::Block(index),
        };
        places.push(place);
    }
    places
}

/// The heading that a passage is or stands under.
fn title<'a>(text: &'a Text<'_>, passage: &Passage) -> Option<&'a str> {
    text.heading_at(passage.paragraph).map(|heading| heading.title.as_str())
}

/// Whether one new passage stands just behind another, or one that is gone did.
fn follows(before: &Change, change: &Change) -> bool {
    let behind = |before: &Option<Passage>, passage: &Option<Passage>| {
        before.as_ref().zip(passage.as_ref()).is_some_and(|(a, b)| a.paragraph + 1 == b.paragraph)
    };
    match (before.kind, change.kind) {
        (ChangeKind::Added, ChangeKind::Added) => behind(&before.newer, &change.newer),
        (ChangeKind::Removed, ChangeKind::Removed) => behind(&before.older, &change.older),
        _ => false,
    }
}

fn spread_one(
    changes: &[Change],
    own: &[Weight],
    weights: &mut [f64],
    members: &[usize],
    older: &Text<'_>,
    newer: &Text<'_>,
) {
    let head = members.iter().copied().find(|&index| is_new_heading(&changes[index], older, newer));
    let kind = head.map(|head| changes[head].kind);
    let mut bodies: Vec<usize> = members.iter().copied().filter(|index| Some(*index) != head).collect();
    bodies.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]).then(a.cmp(&b)));
    let lead = bodies
        .first()
        .copied()
        .filter(|&lead| Some(changes[lead].kind) == kind && changes[lead].elsewhere.is_none());
    if let Some(lead) = lead {
        weights[lead] += NEW_SUB_SECTION * own[lead].share;
    }
    let apart = if lead.is_some() { FURTHER_OF_NEW } else { FURTHER };
    for (behind, &index) in bodies.iter().enumerate() {
        weights[index] /= 1.0 + apart * float(behind);
    }
    match (head, lead) {
        (Some(head), Some(lead)) => weights[head] = weights[lead] * HEADING,
        (Some(head), None) => weights[head] += HEADING_ALONE * own[head].share,
        _ => {}
    }
}

/// A heading that one filing alone has.
fn is_new_heading(change: &Change, older: &Text<'_>, newer: &Text<'_>) -> bool {
    let is = |text: &Text<'_>, passage: &Option<Passage>| {
        passage.as_ref().is_some_and(|passage| text.paragraphs[passage.paragraph].heading.is_some())
    };
    change.elsewhere.is_none()
        && match change.kind {
            ChangeKind::Added => is(newer, &change.newer),
            ChangeKind::Removed => is(older, &change.older),
            ChangeKind::Modified | ChangeKind::Moved => false,
        }
}
