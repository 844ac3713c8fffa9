//! Substantial doubt about going on as a company (ASC 205-40).

use filing_model::{Item, Signal, SignalKind};

use super::{Evidence, sentences};

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    [Item::I8, Item::I7].into_iter().find_map(|item| in_item(evidence, item)).into_iter().collect()
}

fn in_item(evidence: &Evidence<'_>, item: Item) -> Option<Signal> {
    let newer = sentences::first(evidence.newer_text(item), raises_doubt)?;
    let older = sentences::first(evidence.older_text(item), raises_doubt);
    let statement = if older.is_some() {
        "Both filings speak of substantial doubt about the company going on."
    } else {
        "The newer filing speaks of substantial doubt about the company going on; the older does not."
    };
    Some(Signal {
        kind: SignalKind::GoingConcern,
        item,
        statement: statement.to_owned(),
        older: older.map(str::to_owned),
        newer: Some(newer.to_owned()),
        change_id: evidence.change_with(item, newer),
    })
}

fn raises_doubt(sentence: &str) -> bool {
    let says = [
        "raise substantial doubt",
        "raises substantial doubt",
        "raised substantial doubt",
        "substantial doubt exists",
        "there is substantial doubt",
    ]
    .iter()
    .any(|words| sentence.contains(words));
    let denied = [
        "no substantial doubt",
        "not raise",
        "alleviate",
        "whether",
        " if ",
        "could",
        "any conditions",
        "conditions or events",
    ]
    .iter()
    .any(|words| sentence.contains(words));
    says && !denied
}
