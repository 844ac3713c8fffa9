//! Another firm audits the statements: the cover names it since 2021.

use filing_model::{Item, Signal, SignalKind};

use super::{Evidence, sentences};

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let (Some(older), Some(newer)) =
        (evidence.older.cover.get("AuditorName"), evidence.newer.cover.get("AuditorName"))
    else {
        return Vec::new();
    };
    let firm = |name: &str| {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
            .replace("llp", "")
    };
    let id = |side: &filing_model::Extraction| side.cover.get("AuditorFirmId").map(str::to_owned);
    let same_id = id(evidence.older).is_some() && id(evidence.older) == id(evidence.newer);
    if same_id || firm(older) == firm(newer) {
        return Vec::new();
    }
    let told = told_in_item_9(evidence, older);
    vec![Signal {
        kind: SignalKind::AuditorChanged,
        item: Item::I9,
        statement: format!("The auditor is now {newer}; a year before it was {older}."),
        older: Some(older.to_owned()),
        newer: Some(told.unwrap_or(newer).to_owned()),
        change_id: told.and_then(|words| evidence.change_with(Item::I9, words)),
    }]
}

/// The sentence of the newer Item 9 that names the firm that left (Regulation S-K, Item 304).
fn told_in_item_9<'a>(evidence: &Evidence<'a>, firm: &str) -> Option<&'a str> {
    let name = firm.split_whitespace().next()?.to_lowercase();
    sentences::first(evidence.newer_text(Item::I9), |sentence| sentence.contains(&name))
}
