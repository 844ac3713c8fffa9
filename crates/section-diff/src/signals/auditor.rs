//! Another firm audits the statements: the cover names it since 2021, before that it signs its report.

use filing_model::{Extraction, Item, Signal, SignalKind};

use super::{Evidence, mentions, sentences};

/// Where reports of auditors stand.
const PLACES: [Item; 4] = [Item::I8, Item::I15, Item::I14, Item::I9A];

/// Firms by a part of their names; two that became one are the same.
const FIRMS: [(&str, &str); 12] = [
    ("pricewaterhouse", "PricewaterhouseCoopers"),
    ("price waterhouse", "PricewaterhouseCoopers"),
    ("coopers & lybrand", "PricewaterhouseCoopers"),
    ("kpmg", "KPMG"),
    ("ernst & young", "Ernst & Young"),
    ("deloitte", "Deloitte & Touche"),
    ("arthur andersen", "Arthur Andersen"),
    ("grant thornton", "Grant Thornton"),
    ("bdo", "BDO"),
    ("mcgladrey", "RSM"),
    ("rsm", "RSM"),
    ("crowe", "Crowe"),
];

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    changed(evidence).map(|(older, newer)| signal(evidence, &older, &newer)).into_iter().collect()
}

/// A firm, and where its name stands.
#[derive(Clone)]
struct Auditor<'a> {
    /// The same for every way to write it.
    key: String,
    /// For a reader.
    name: String,
    item: Option<Item>,
    words: &'a str,
}

/// The firm that left and the one that came.
fn changed<'a>(evidence: &Evidence<'a>) -> Option<(Auditor<'a>, Auditor<'a>)> {
    let id = |side: &'a Extraction| side.cover.get("AuditorFirmId");
    if id(evidence.older).is_some() && id(evidence.older) == id(evidence.newer) {
        return None;
    }
    let (older, newer) = (auditors(evidence.older), auditors(evidence.newer));
    let among = |list: &[Auditor<'_>], one: &Auditor<'_>| list.iter().any(|other| other.key == one.key);
    // The firm that left still signs for the years before.
    let came = newer.iter().find(|one| !among(&older, one))?;
    let left = older.iter().find(|one| !among(&newer, one)).or(older.first())?;
    Some((left.clone(), came.clone()))
}

fn signal(evidence: &Evidence<'_>, older: &Auditor<'_>, newer: &Auditor<'_>) -> Signal {
    let told = told_in_item_9(evidence, &older.name);
    let place = told.map(|words| (Item::I9, words)).or(newer.item.map(|item| (item, newer.words)));
    Signal {
        kind: SignalKind::AuditorChanged,
        item: place.map_or(Item::I9, |(item, _)| item),
        statement: format!("The auditor is now {}; a year before it was {}.", newer.name, older.name),
        older: Some(older.words.to_owned()),
        newer: Some(told.unwrap_or(newer.words).to_owned()),
        change_id: place.and_then(|(item, words)| evidence.change_with(item, words)),
    }
}

/// The sentence of the newer Item 9 that names the firm that left (Regulation S-K, Item 304).
fn told_in_item_9<'a>(evidence: &Evidence<'a>, firm: &str) -> Option<&'a str> {
    let name = firm.split_whitespace().next()?.to_lowercase();
    sentences::first(evidence.newer_text(Item::I9), |sentence| sentence.contains(&name))
}

/// The firm on the cover, else those that sign a report.
fn auditors(extraction: &Extraction) -> Vec<Auditor<'_>> {
    let Some(words) = extraction.cover.get("AuditorName") else { return signatures(extraction) };
    let cover = Auditor { key: key(words), name: words.to_owned(), item: None, words };
    let signed = signatures(extraction).into_iter().find(|signed| signed.key == cover.key);
    vec![Auditor { name: words.to_owned(), ..signed.unwrap_or(cover) }]
}

fn signatures(extraction: &Extraction) -> Vec<Auditor<'_>> {
    let texts = PLACES.into_iter().filter_map(|item| Some((item, extraction.found(item)?)));
    texts
        .flat_map(|(item, section)| {
            let lines = mentions::paragraphs(&section.text, &["LLP"]).into_iter();
            lines.filter(|line| is_signature(line)).map(move |words| (item, words))
        })
        .map(|(item, words)| Auditor { key: key(words), name: name(words), item: Some(item), words })
        .collect()
}

/// A short line with a mark before the name, or with the name of a firm that signs nothing else.
fn is_signature(line: &str) -> bool {
    const LONGEST: usize = 80;
    let lower = line.to_lowercase();
    let known = FIRMS.iter().any(|(part, _)| lower.starts_with(part));
    line.len() <= LONGEST && (lower.starts_with("/s/") || known)
}

/// The name without marks, place and date.
fn name(written: &str) -> String {
    if let Some(known) = known(written) {
        return known.to_owned();
    }
    let end = written.find("LLP").map_or(written.len(), |at| at + "LLP".len());
    written[..end].trim_start_matches(['/', 's', 'S']).trim().to_owned()
}

fn known(written: &str) -> Option<&'static str> {
    let lower = written.to_lowercase();
    FIRMS.iter().find(|(part, _)| lower.contains(part)).map(|(_, name)| *name)
}

/// Letters of the name in lower case.
fn key(written: &str) -> String {
    let letters = name(written).to_lowercase().replace("llp", "");
    letters.chars().filter(|c| c.is_alphanumeric()).collect()
}
