//! A liar against the check: answers that are false in every way that we could think of, and true ones that must pass.
//!
//! All of it is made of invented companies and the same numbers on every machine.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

mod claims;
mod companies;
mod quotations;
mod random;
mod sayings;
mod sentences;
#[cfg(feature = "claude")]
mod summaries;
mod table;
mod truths;
mod world;

use self::{companies::companies, random::Random, world::World};

/// Lies of each kind.
const EACH: usize = 40;

#[test]
fn no_lie_of_a_decidable_kind_reaches_a_report() {
    let companies = companies();
    let mut random = Random::new(6);
    let world = World::new(&companies, &mut random);
    let rows = table::lies(&world, EACH, &mut random);
    let missed: Vec<&String> = rows.iter().flat_map(|row| &row.missed).collect();
    insta::assert_snapshot!("lies", table::shown(&rows));
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(rows.iter().map(|row| row.made).sum::<usize>() >= 1_000);
}

#[test]
fn what_no_rule_can_tell_is_known() {
    let companies = companies();
    let mut random = Random::new(7);
    let world = World::new(&companies, &mut random);
    insta::assert_snapshot!("undecided", table::shown(&table::undecided(&world, EACH, &mut random)));
}

#[test]
fn the_truth_passes() {
    let companies = companies();
    let mut random = Random::new(8);
    let mut told = table::Truths::default();
    for round in 0..4 {
        let world = World::new(&companies, &mut random);
        // A pair of figures gives the same sentences in every round.
        for claim in world.claims.iter().filter(|claim| round == 0 || claim.pair.is_none()) {
            told.tell(claim, &world, &mut random);
        }
    }
    insta::assert_snapshot!("truths", told.shown());
    assert!(told.made() >= 1_000 && told.dropped().len() * 100 <= told.made(), "{:#?}", told.dropped());
}

#[test]
fn sentences_written_by_hand_are_told_apart() {
    let companies = companies();
    let sentences = sentences::sentences(&companies);
    let wrong: Vec<String> = sentences
        .iter()
        .map(|sentence| (sentence, sentence.reason()))
        .filter(|(sentence, reason)| sentence.is_true == reason.is_some())
        .map(|(sentence, reason)| format!("{} ({})", sentence.finding.statement, reason.unwrap_or_default()))
        .collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), sentences.len());
}

#[cfg(feature = "claude")]
#[test]
fn a_summary_says_nothing_beyond_its_findings() {
    let companies = companies();
    let tidewell = &companies[0];
    let sales = "Net sales fell.";
    let stood: Vec<&str> =
        summaries::FALSE.into_iter().filter(|text| summaries::stands(tidewell, text, sales)).collect();
    let by_item: Vec<&str> =
        summaries::FALSE.into_iter().filter(|text| summaries::stands(tidewell, sales, text)).collect();
    let fell: Vec<&str> =
        summaries::TRUE.into_iter().filter(|text| !summaries::stands(tidewell, text, text)).collect();
    assert_eq!((stood, by_item, fell), (vec![], vec![], vec![]));
    assert!(!summaries::stands(tidewell, &summaries::overlong(), sales));
}
