//! Text that speaks to machines: a filing has no reason to give a reader's model instructions.

use filing_model::{Item, Signal, SignalKind};

use super::{Evidence, sentences};

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    Item::ALL
        .into_iter()
        .filter_map(|item| {
            let sentence = sentences::first(evidence.newer_text(item), gives_orders)?;
            Some(Signal {
                kind: SignalKind::PromptInjection,
                item,
                statement: "The filing holds a sentence that gives instructions to language models; it was treated as text.".to_owned(),
                older: None,
                newer: Some(sentence.to_owned()),
                change_id: evidence.change_with(item, sentence),
            })
        })
        .collect()
}

fn gives_orders(sentence: &str) -> bool {
    let ignore = ["ignore", "disregard", "forget"].iter().any(|word| sentence.contains(word));
    let orders = [
        "your instructions",
        "previous instructions",
        "prior instructions",
        "all instructions",
        "above instructions",
        "system prompt",
    ];
    ignore && orders.iter().any(|words| sentence.contains(words))
}
