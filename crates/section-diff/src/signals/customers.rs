//! A customer that comes to make up a tenth of revenue, or no longer does (ASC 280-10-50-42).

use filing_model::{Extraction, Item, Signal, SignalKind};

use super::{
    Evidence,
    customer_claims::{self, Claim, Large},
    mentions::{self, Mention},
};

/// Notes to the statements first: they must tell.
const ITEMS: [Item; 4] = [Item::I8, Item::I7, Item::I1, Item::I1A];
const CUSTOMERS: [&str; 4] = ["ustomer", "istributor", "holesaler", "ales to "];
const SHARES: [&str; 2] = ["%", "ercent"];

/// A sentence that tells how many customers have a tenth of the revenue of the filing's year.
struct Told<'a> {
    item: Item,
    sentence: &'a str,
    large: Large,
}

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let (older, newer) = (told(evidence.older), told(evidence.newer));
    let Some((before, after)) = pair(&older, &newer) else { return Vec::new() };
    let Some(statement) = statement(before.large, after.large) else { return Vec::new() };
    vec![Signal {
        kind: SignalKind::CustomerConcentration,
        item: after.item,
        statement,
        older: Some(before.sentence.to_owned()),
        newer: Some(after.sentence.to_owned()),
        change_id: evidence.change_with(after.item, after.sentence),
    }]
}

/// A sentence of each filing, of the same Item if there are such.
fn pair<'a, 'b>(older: &'b [Told<'a>], newer: &'b [Told<'a>]) -> Option<(&'b Told<'a>, &'b Told<'a>)> {
    let in_same_item =
        |after: &'b Told<'a>| Some((older.iter().find(|before| before.item == after.item)?, after));
    newer.iter().find_map(in_same_item).or_else(|| Some((older.first()?, newer.first()?)))
}

fn statement(older: Large, newer: Large) -> Option<String> {
    const SHARE: &str = "a tenth of revenue or more";
    let named = |large: Large, one: &'static str| match large {
        Large { open: true, .. } => "at least one customer".to_owned(),
        Large { customers: 1, .. } => one.to_owned(),
        Large { customers, .. } => format!("{customers} customers"),
    };
    let capital = |words: String| words[..1].to_uppercase() + &words[1..];
    let now = |large| capital(named(large, "one customer"));
    let before = |large| named(large, "one");
    match (older.customers, newer.customers) {
        (0, 0) => None,
        (0, _) => Some(format!("{} now made up {SHARE}; a year before none did.", now(newer))),
        (_, 0) => Some(format!("No customer made up {SHARE}; a year before {} did.", before(older))),
        (old, new) if old != new && !older.open && !newer.open => {
            Some(format!("{} made up {SHARE} each; a year before {} did.", now(newer), before(older)))
        }
        _ => None,
    }
}

/// What a filing tells of its own year; nothing when it is silent or its sentences do not agree.
fn told(filing: &Extraction) -> Vec<Told<'_>> {
    let claims: Vec<(Item, Mention<'_>, Claim)> = ITEMS
        .into_iter()
        .filter_map(|item| Some((item, filing.found(item)?)))
        .flat_map(|(item, section)| {
            let sentences = mentions::of(&section.text, &[&CUSTOMERS, &SHARES]);
            sentences.into_iter().flat_map(move |mention| {
                customer_claims::of(&mention).into_iter().map(move |claim| (item, mention.clone(), claim))
            })
        })
        .collect();
    let year = super::fiscal_year(filing, claims.iter().filter_map(|(.., claim)| claim.last_year()));
    let of_year: Vec<Told<'_>> = claims
        .iter()
        .filter_map(|(item, mention, claim)| {
            Some(Told { item: *item, sentence: mention.text, large: claim.of_year(year)? })
        })
        .collect();
    let agree = of_year.windows(2).all(|two| (two[0].large.customers == 0) == (two[1].large.customers == 0));
    // A sentence that counts says more than one that names the largest; of these, those that count most.
    let most = of_year.iter().map(|told| (!told.large.open, told.large.customers)).max();
    let says_most = |told: &Told<'_>| Some((!told.large.open, told.large.customers)) == most;
    of_year.into_iter().filter(|told| agree && says_most(told)).collect()
}
