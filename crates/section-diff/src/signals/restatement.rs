//! Earlier statements corrected: the check box of the cover (Exchange Act Rule 10D-1 disclosure, since 2023), and what the text says (ASC 250).

use filing_model::{Item, Signal, SignalKind};

use super::{
    Evidence,
    mentions::{self, Mention},
    sentences::is_supposed,
};

/// Where it is told, the statements first.
const PLACES: [Item; 5] = [Item::I8, Item::I15, Item::I7, Item::I6, Item::I1];

const FLAG: &str = "DocumentFinStmtErrorCorrectionFlag";

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let told = told(evidence, restates).map(|found| (found, "earlier financial statements were restated"));
    let told =
        told.or_else(|| Some((self::told(evidence, corrects)?, "an error in earlier figures was corrected")));
    let flagged = evidence.newer.cover.flag(FLAG) == Some(true);
    let statement = match (&told, flagged) {
        (Some((_, what)), true) => format!("The newer filing says, on its cover too, that {what}."),
        (Some((_, what)), false) => format!("The newer filing says that {what}."),
        (None, true) => {
            "The cover says that the financial statements correct an error in earlier ones.".to_owned()
        }
        (None, false) => return Vec::new(),
    };
    let place = told.map(|(place, _)| place);
    let flag = |extraction: &filing_model::Extraction| extraction.cover.get(FLAG).map(str::to_owned);
    vec![Signal {
        kind: SignalKind::Restatement,
        item: place.map_or(Item::I8, |(item, _)| item),
        statement,
        older: if place.is_some() { None } else { flag(evidence.older) },
        newer: place.map_or_else(|| flag(evidence.newer), |(_, words)| Some(words.to_owned())),
        change_id: place.and_then(|(item, words)| evidence.change_with(item, words)),
    }]
}

/// The first sentence that fits and that the older filing does not have.
fn told<'a>(evidence: &Evidence<'a>, fits: fn(&Mention<'_>) -> bool) -> Option<(Item, &'a str)> {
    const VERBS: [&str; 4] = ["estated", "estatement", "evised", "orrect"];
    const OBJECTS: [&str; 3] = ["rror", "isstate", "inancial statements"];
    PLACES.into_iter().find_map(|item| {
        let mentions = mentions::of(evidence.newer_text(item), &[&VERBS, &OBJECTS]);
        let found = mentions.into_iter().find(|mention| fits(mention) && !is_general(mention));
        let words = found?.text;
        let is_old = PLACES.into_iter().any(|item| evidence.older_text(item).contains(words));
        (!is_old).then_some((item, words))
    })
}

/// Other reasons to restate, rules of accounting, conditions and denials.
fn is_general(mention: &Mention<'_>) -> bool {
    let general = [
        "adopt",
        "retrospective",
        "retroactive",
        "reclassif",
        "reorgani",
        "discontinued",
        "to conform",
        "stock split",
        "sfas ",
        "fas ",
        "accounting standards update",
        "error corrections",
        "amended and restated",
        "not restated",
        "not been restated",
        "not be restated",
        "no restatement",
        "will be restated",
        "not result in",
        "compensation",
        "clawback",
        "recoup",
    ];
    mention.has(&general) || is_supposed(&mention.lower)
}

/// Statements that were issued are issued anew.
fn restates(mention: &Mention<'_>) -> bool {
    let own = [
        "restated our financial statements",
        "restated our consolidated financial statements",
        "restated its financial statements",
        "restated its consolidated financial statements",
        "restated the consolidated financial statements",
    ];
    let done = [
        "have restated",
        "has restated",
        "we restated",
        "company restated",
        "were restated",
        "been restated",
    ];
    let wrong = ["error", "misstate", "previously issued", "previously filed"];
    mention.has(&own) || mention.has(&done) && mention.has(&wrong)
}

/// Smaller errors are corrected without that.
fn corrects(mention: &Mention<'_>) -> bool {
    let done = [
        "have revised",
        "has revised",
        "we revised",
        "company revised",
        "were revised",
        "been revised",
        "recorded",
        "have corrected",
        "has corrected",
        "we corrected",
        "company corrected",
        "were corrected",
        "been corrected",
    ];
    mention.has(&done) && mention.has(&["correct"]) && mention.has(&["error", "misstatement"])
}
