//! Text that speaks to machines: a filing has no reason to give a reader's model instructions.

use filing_model::{Item, Signal, SignalKind};

use super::{
    Evidence,
    mentions::{self, Mention},
};

/// Words of which one stands in every order.
const ORDERS: [&str; 4] = ["nstructions", "INSTRUCTIONS", "ystem prompt", "SYSTEM PROMPT"];

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let seen = Item::ALL.into_iter().filter_map(|item| {
        let sentence = order(evidence.newer_text(item))?;
        let change_id = evidence.change_with(item, &sentence);
        let statement =
            "The filing holds a sentence that gives instructions to language models; it was treated as text.";
        Some(Signal { change_id, ..signal(item, statement, sentence) })
    });
    // Unseen words are in no Item, so the first stands for the document.
    let unseen = order(&evidence.newer.hidden_text).map(|sentence| {
        let statement = "The filing holds words that a reader cannot see and that give instructions to language models; they were left out.";
        signal(Item::I1, statement, sentence)
    });
    seen.chain(unseen).collect()
}

fn signal(item: Item, statement: &str, sentence: String) -> Signal {
    let kind = SignalKind::PromptInjection;
    Signal {
        kind,
        item,
        statement: statement.to_owned(),
        older: None,
        newer: Some(sentence),
        change_id: None,
    }
}

/// The first sentence that gives orders.
fn order(text: &str) -> Option<String> {
    let mentions = mentions::of(text, &[&ORDERS]);
    mentions.iter().find(|mention| gives_orders(mention)).map(|mention| mention.text.to_owned())
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
