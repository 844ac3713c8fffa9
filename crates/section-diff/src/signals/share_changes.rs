//! Stock splits and new classes of shares.

use filing_model::{Extraction, Item, Signal, SignalKind};

use super::{Evidence, mentions};

const ITEMS: [Item; 4] = [Item::I5, Item::I8, Item::I7, Item::I1];

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let split = split(evidence).map(|(item, words)| {
        signal(
            evidence,
            item,
            words,
            "The company’s shares were split; the older filing does not tell of it.",
        )
    });
    let class = new_class(evidence).map(|(item, words)| {
        signal(
            evidence,
            item,
            words,
            "The newer filing tells of a class of shares that the older does not name.",
        )
    });
    split.into_iter().chain(class).collect()
}

fn signal(evidence: &Evidence<'_>, item: Item, words: &str, statement: &str) -> Signal {
    Signal {
        kind: SignalKind::DividendChanged,
        item,
        statement: statement.to_owned(),
        older: None,
        newer: Some(words.to_owned()),
        change_id: evidence.change_with(item, words),
    }
}

/// Whether the shares were split between the filings.
pub(super) fn split_is_new(evidence: &Evidence<'_>) -> bool {
    split(evidence).is_some()
}

/// A sentence of the newer filing on a split since the older one's period.
fn split<'a>(evidence: &Evidence<'a>) -> Option<(Item, &'a str)> {
    let ratio = |sentence: &str| RATIOS.iter().find(|ratio| sentence.contains(**ratio)).copied();
    let mut told = splits(evidence.newer).into_iter().filter_map(|(item, text, lower)| {
        let ratio = ratio(&lower)?;
        (evidence.is_recent(text) && happened(&lower)).then_some((item, text, ratio))
    });
    let (item, text, ratio) = told.next()?;
    let year = super::tokens::years(&super::tokens::of(&text.to_lowercase())).into_iter().max();
    let known = splits(evidence.older).into_iter().any(|(_, _, lower)| {
        lower.contains(ratio) && year.is_none_or(|year| lower.contains(&year.to_string()))
    });
    (!known).then_some((item, text))
}

const RATIOS: [&str; 16] = [
    "two-for-one",
    "three-for-one",
    "three-for-two",
    "four-for-one",
    "five-for-one",
    "six-for-one",
    "seven-for-one",
    "ten-for-one",
    "twenty-for-one",
    "fifty-for-one",
    "2-for-1",
    "3-for-1",
    "4-for-1",
    "5-for-1",
    "10-for-1",
    "20-for-1",
];

fn happened(lower: &str) -> bool {
    const DONE: [&str; 11] = [
        "effected",
        "effective",
        "approved",
        "announced",
        "declared",
        "executed",
        "completed",
        "distributed",
        "paid",
        "split on",
        "split in",
    ];
    DONE.iter().any(|word| lower.contains(word))
        && !lower.contains("acquired")
        && !lower.contains("investment")
}

/// Sentences on splits of common stock, in lower case beside them.
fn splits(filing: &Extraction) -> Vec<(Item, &str, String)> {
    let found = ITEMS.into_iter().filter_map(|item| Some((item, filing.found(item)?)));
    found
        .flat_map(|(item, section)| {
            let sentences = mentions::of(
                &section.text,
                &[&["stock split", "Stock Split", "share split"], &["or-", "-for-"]],
            );
            sentences.into_iter().map(move |mention| (item, mention.text, mention.lower))
        })
        .collect()
}

/// A sentence that tells how a class of common stock came to be, which the older filing never names.
fn new_class<'a>(evidence: &Evidence<'a>) -> Option<(Item, &'a str)> {
    const SHARES: [&str; 3] = ["common stock", "Common Stock", "capital stock"];
    const MADE: [&str; 7] =
        ["reclassif", "authorized", "created", "creation of", "converted", "established", "dual-class"];
    if ITEMS.iter().any(|item| evidence.older.found(*item).is_none()) {
        return None;
    }
    let is_new = |class: &str| !Item::ALL.iter().any(|item| evidence.older_text(*item).contains(class));
    ITEMS.into_iter().find_map(|item| {
        let section = evidence.newer.found(item)?;
        let mut sentences = mentions::of(&section.text, &[&["Class "], &SHARES]).into_iter();
        let made = sentences.find(|mention| {
            mention.has(&MADE) && evidence.is_recent(mention.text) && class(mention.text).is_some_and(is_new)
        })?;
        Some((item, made.text))
    })
}

/// The first class that a sentence names, such as `Class B`.
fn class(sentence: &str) -> Option<&str> {
    let start = sentence.find("Class ")?;
    let name = sentence.get(start..start + "Class B".len())?;
    let rest = &sentence[start + name.len()..];
    (name.ends_with(|c: char| c.is_ascii_uppercase()) && rest.starts_with(' ')).then_some(name)
}
