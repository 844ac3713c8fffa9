//! A reportable segment that is new or gone (ASC 280-10-50).

use filing_model::{Extraction, Item, Signal, SignalKind};
use memchr::memmem;

use super::{
    Evidence, mentions,
    segment_lists::{self, Label, Segments},
    segment_names,
};

const ITEMS: [Item; 3] = [Item::I1, Item::I8, Item::I7];

/// A sentence that tells of the filing's segments.
struct Told<'a> {
    item: Item,
    sentence: &'a str,
    segments: Segments,
}

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let (older, newer) = (told(evidence.older), told(evidence.newer));
    let Some((before, after)) = comparable(&older, &newer) else { return Vec::new() };
    let before = in_item(&older, before, after.item);
    let Some(statement) = statement(evidence, &before.segments, &after.segments) else { return Vec::new() };
    vec![Signal {
        kind: SignalKind::SegmentChanged,
        item: after.item,
        statement,
        older: Some(before.sentence.to_owned()),
        newer: Some(after.sentence.to_owned()),
        change_id: evidence.change_with(after.item, after.sentence),
    }]
}

/// What a filing tells of its segments today.
fn told(filing: &Extraction) -> Vec<Told<'_>> {
    let found = ITEMS.into_iter().filter_map(|item| Some((item, filing.found(item)?)));
    let mut told: Vec<Told<'_>> = found
        .flat_map(|(item, section)| {
            let sentences = mentions::of(&section.text, &[&["egment"], &COUNTS]);
            sentences.into_iter().filter_map(move |mention| {
                Some(Told { item, sentence: mention.text, segments: segment_lists::of(&mention)? })
            })
        })
        .collect();
    let year = super::fiscal_year(filing, told.iter().filter_map(|told| told.segments.year));
    told.retain(|told| told.segments.year.is_none_or(|spoken| year.is_none_or(|year| spoken >= year)));
    told
}

/// Words without which a sentence neither counts nor lists segments.
const COUNTS: [&str; 16] = [
    "one ",
    "two ",
    "three ",
    "four ",
    "five ",
    "six ",
    "seven ",
    "eight ",
    "nine ",
    "ten ",
    "eleven ",
    "twelve ",
    "single ",
    "segments are ",
    "segments consist",
    "segments comprise",
];

/// A sentence of each filing on the same kind of segments, if each filing agrees with itself: one whose counts differ, else
/// one that names them.
fn comparable<'a, 'b>(older: &'b [Told<'a>], newer: &'b [Told<'a>]) -> Option<(&'b Told<'a>, &'b Told<'a>)> {
    let of_label = |told: &'b [Told<'a>], label| agreed(told, |kind| kind == label);
    let same_label: Vec<_> = Label::ALL
        .into_iter()
        .filter_map(|label| Some((of_label(older, label)?, of_label(newer, label)?)))
        .collect();
    let differs = |(before, after): &&(&Told<'_>, &Told<'_>)| before.segments.count != after.segments.count;
    let first = same_label.iter().find(differs).or(same_label.first());
    first.copied().or_else(|| Some((agreed(older, |_| true)?, agreed(newer, |_| true)?)))
}

/// The sentence that says most of those on some kinds; `None` when they do not count the same.
fn agreed<'a, 'b>(told: &'b [Told<'a>], kinds: impl Fn(Label) -> bool) -> Option<&'b Told<'a>> {
    let told: Vec<&Told<'_>> = told.iter().filter(|told| kinds(told.segments.label)).collect();
    let first = told.first()?;
    let agree = told.iter().all(|told| told.segments.count == first.segments.count);
    let named = told.iter().find(|told| !told.segments.names.is_empty());
    agree.then(|| *named.unwrap_or(first))
}

/// A sentence of the Item that says the same as another, or that other.
fn in_item<'a, 'b>(told: &'b [Told<'a>], other: &'b Told<'a>, item: Item) -> &'b Told<'a> {
    told.iter().find(|told| told.item == item && told.segments == other.segments).unwrap_or(other)
}

fn statement(evidence: &Evidence<'_>, older: &Segments, newer: &Segments) -> Option<String> {
    let named = !older.names.is_empty() && !newer.names.is_empty();
    let missing_in = |names: &[String], others: &[String]| {
        let keys: Vec<String> = others.iter().map(|name| segment_names::key(name)).collect();
        let missing = names.iter().filter(|name| !keys.contains(&segment_names::key(name)));
        missing.cloned().collect::<Vec<_>>()
    };
    let (new, gone) = if named {
        (missing_in(&newer.names, &older.names), missing_in(&older.names, &newer.names))
    } else {
        (Vec::new(), Vec::new())
    };
    let list = |what: &str, names: &[String]| {
        if names.is_empty() { String::new() } else { format!(" {what}: {}.", names.join("; ")) }
    };
    let changed = list("New", &new) + &list("Gone", &gone);
    if older.count != newer.count {
        return Some(format!("Segments: {}; a year before: {}.{changed}", newer.count, older.count));
    }
    let unheard = !gone.is_empty() && new.iter().any(|name| !names_anywhere(evidence, name));
    unheard.then(|| format!("The segments bear other names than a year before.{changed}"))
}

/// Whether the older filing speaks of a segment's name at all.
fn names_anywhere(evidence: &Evidence<'_>, name: &str) -> bool {
    ITEMS.iter().any(|item| memmem::find(evidence.older_text(*item).as_bytes(), name.as_bytes()).is_some())
}
