//! Substantial doubt about going on as a company (ASC 205-40).

use filing_model::{Extraction, Item, Signal, SignalKind};

use super::{
    Evidence,
    mentions::{self, Mention},
    sentences::is_supposed,
};

/// Where it is told, the statements first.
const PLACES: [Item; 5] = [Item::I8, Item::I15, Item::I7, Item::I1, Item::I1A];

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let (older, newer) = (doubt(evidence.older), doubt(evidence.newer));
    let Some(statement) = statement(evidence, older.as_ref(), newer.as_ref()) else { return Vec::new() };
    let told = newer.as_ref().or(older.as_ref());
    let Some((item, words)) = told.map(|doubt| (doubt.item, doubt.words)) else { return Vec::new() };
    vec![Signal {
        kind: SignalKind::GoingConcern,
        item,
        statement: statement.to_owned(),
        older: older.map(|doubt| doubt.words.to_owned()),
        newer: newer.map(|doubt| doubt.words.to_owned()),
        change_id: evidence.change_with(item, words),
    }]
}

fn statement(
    evidence: &Evidence<'_>,
    older: Option<&Doubt<'_>>,
    newer: Option<&Doubt<'_>>,
) -> Option<&'static str> {
    let is_told = |extraction: &Extraction| extraction.found(Item::I8).is_some();
    Some(match (older.map(|doubt| doubt.alleviated), newer.map(|doubt| doubt.alleviated)) {
        (Some(false), Some(false)) => {
            "Both filings speak of substantial doubt about the company’s ability to continue as a going concern."
        }
        (_, Some(false)) if is_told(evidence.older) => {
            "The newer filing speaks of substantial doubt about the company’s ability to continue as a going concern; the older does not."
        }
        (_, Some(false)) => {
            "The newer filing speaks of substantial doubt about the company’s ability to continue as a going concern."
        }
        (_, Some(true)) => {
            "The newer filing says that substantial doubt about the company’s ability to continue as a going concern was alleviated."
        }
        (Some(false), None) if is_told(evidence.newer) => {
            "The older filing spoke of substantial doubt about the company’s ability to continue as a going concern; the newer does not."
        }
        _ => return None,
    })
}

/// Doubt, or that plans put it at rest.
struct Doubt<'a> {
    item: Item,
    words: &'a str,
    alleviated: bool,
}

/// The first sentence that raises doubt, else the first that puts it at rest.
fn doubt(extraction: &Extraction) -> Option<Doubt<'_>> {
    let mentions: Vec<(Item, Mention<'_>)> = PLACES
        .into_iter()
        .filter_map(|item| Some((item, &extraction.items.get(&item)?.text)))
        .flat_map(|(item, text)| {
            let mentions = mentions::of(text, &[&["ubstantial doubt"]]);
            mentions.into_iter().map(move |mention| (item, mention))
        })
        .filter(|(_, mention)| !is_general(mention))
        .collect();
    let first = |fits: fn(&Mention<'_>) -> bool, alleviated| {
        let (item, mention) = mentions.iter().find(|(_, mention)| fits(mention))?;
        Some(Doubt { item: *item, words: mention.text, alleviated })
    };
    first(raises_doubt, false).or_else(|| first(is_alleviated, true))
}

/// A rule of accounting, a condition, or that there is no doubt.
fn is_general(mention: &Mention<'_>) -> bool {
    let general = [
        "an entity",
        "entity's",
        "entities",
        "accounting standards update",
        "requires",
        "no substantial doubt",
        "no conditions",
        "any conditions",
        "no events",
        "not raise",
        "not identify",
        "not identified",
        "not believe",
        "no longer",
        "not exist",
        "no doubt",
    ];
    mention.has(&general) || is_supposed(&mention.lower)
}

fn raises_doubt(mention: &Mention<'_>) -> bool {
    let says = [
        "raise substantial doubt",
        "raises substantial doubt",
        "raised substantial doubt",
        "raising substantial doubt",
        "cast substantial doubt",
        "casts substantial doubt",
        "express substantial doubt",
        "expressed substantial doubt",
        "expresses substantial doubt",
        "expressing substantial doubt",
        "there is substantial doubt",
        "there was substantial doubt",
        "substantial doubt exist",
        "going concern exist",
        "is substantial doubt about",
        "in substantial doubt",
    ];
    mention.has(&says) && !mention.has(&["alleviat"])
}

fn is_alleviated(mention: &Mention<'_>) -> bool {
    let done = ["alleviated", "alleviates", "alleviate the substantial doubt", "alleviate substantial doubt"];
    mention.has(&done) && !mention.has(&["not alleviate", "not been alleviated", "not fully alleviate"])
}
