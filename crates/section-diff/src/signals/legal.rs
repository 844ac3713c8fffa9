//! Legal proceedings that are new or ended (Regulation S-K, Item 103; ASC 450-20).

use filing_model::{Change, Item, Signal, SignalKind};

use super::{Evidence, case_words, cases, dates, mentions::Mention, new_sentences};

/// Notes on commitments, contingencies and litigation stand in Item 8.
const ITEMS: [Item; 2] = [Item::I3, Item::I8];
/// More new cases than this, or more ended ones, are not shown one by one.
const MOST: usize = 5;

/// A sentence of a change that tells of a case.
struct Told<'a> {
    item: Item,
    change: &'a Change,
    sentence: &'a str,
}

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let older = [Item::I3, Item::I8, Item::I7, Item::I1A, Item::I1].map(|item| evidence.older_text(item));
    let end = evidence.older.period_end.map(dates::month_of);
    let (mut new, mut ended) = (Vec::new(), Vec::new());
    for section in ITEMS.iter().filter_map(|item| evidence.section(*item)) {
        for change in &section.changes {
            let sentences: Vec<Mention<'_>> =
                new_sentences::of(change).into_iter().map(Mention::new).collect();
            let begins = |sentence: &&Mention<'_>| {
                case_words::begins(sentence) && !cases::is_known(sentence.text, &older, end)
            };
            let ends = |sentence: &&Mention<'_>| {
                case_words::ends(sentence) && !behind(change, sentence.text).contains("appeal")
            };
            let item = section.item;
            let first =
                sentences.iter().find(begins).map(|found| Told { item, change, sentence: found.text });
            let last = sentences.iter().find(ends).map(|found| Told { item, change, sentence: found.text });
            push_other(&mut new, first);
            push_other(&mut ended, last);
        }
    }
    let new = signals(
        new,
        SignalKind::LegalProceeding,
        "tells of a proceeding that the older filing does not have",
    );
    let ended = signals(ended, SignalKind::LegalProceedingEnded, "tells that a proceeding ended");
    new.into_iter().chain(ended).collect()
}

/// Adds what is told of a case, once for the same case: Item 3 and the notes often tell it both.
fn push_other<'a>(told: &mut Vec<Told<'a>>, other: Option<Told<'a>>) {
    let other = other.filter(|other| told.iter().all(|known| !cases::same(known.sentence, other.sentence)));
    told.extend(other);
}

/// What the passage says behind a sentence of it.
fn behind<'a>(change: &'a Change, sentence: &str) -> &'a str {
    let passage = change.newer.as_ref().map_or("", |passage| passage.text.as_str());
    passage.split_once(sentence).map_or("", |(_, rest)| rest)
}

/// The heaviest changes in reading order; when there are more, each says of how many it is one.
fn signals(mut told: Vec<Told<'_>>, kind: SignalKind, what: &str) -> Vec<Signal> {
    let all = told.len();
    let mut weights: Vec<f64> = told.iter().map(|told| told.change.weight).collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    if let Some(least) = weights.get(MOST - 1) {
        told.retain(|told| told.change.weight >= *least);
        told.truncate(MOST);
    }
    let of = if all > MOST { format!(" (one of {all})") } else { String::new() };
    told.into_iter()
        .map(|told| Signal {
            kind,
            item: told.item,
            statement: format!("Item {} {what}{of}{}.", told.item, cases::caption(told.change)),
            older: None,
            newer: Some(told.sentence.to_owned()),
            change_id: Some(told.change.id.clone()),
        })
        .collect()
}
