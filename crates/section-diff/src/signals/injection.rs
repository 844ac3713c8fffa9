//! Text that speaks to machines: a filing has no reason to give a reader's model instructions.

use filing_model::{Item, Signal, SignalKind};

use super::{
    Evidence,
    mentions::{self, Mention},
};

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    const ORDERS: [&str; 4] = ["nstructions", "INSTRUCTIONS", "ystem prompt", "SYSTEM PROMPT"];
    Item::ALL
        .into_iter()
        .filter_map(|item| {
            let mentions = mentions::of(evidence.newer_text(item), &[&ORDERS]);
            let sentence = mentions.iter().find(|mention| gives_orders(mention))?.text;
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

fn gives_orders(mention: &Mention<'_>) -> bool {
    let ignore = ["ignore", "disregard", "forget", "override"];
    let orders = [
        "your instructions",
        "previous instructions",
        "prior instructions",
        "all instructions",
        "above instructions",
        "earlier instructions",
        "instructions above",
        "system prompt",
    ];
    mention.has(&ignore) && mention.has(&orders)
}
