//! The liar of `ai-analyze` over real pairs of years. Nothing of them is kept; the table is printed.
//!
//! `cargo test --release -p testkit --test verification_on_real_filings -- --ignored --nocapture`
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a test may fail, and this one is read"
)]

#[path = "../../ai-analyze/tests/adversary/claims.rs"]
mod claims;
#[path = "../../ai-analyze/tests/adversary/quotations.rs"]
mod quotations;
#[path = "../../ai-analyze/tests/adversary/random.rs"]
mod random;
#[path = "../../ai-analyze/tests/adversary/sayings.rs"]
mod sayings;
#[path = "../../ai-analyze/tests/adversary/table.rs"]
mod table;
#[path = "../../ai-analyze/tests/adversary/truths.rs"]
mod truths;
#[path = "../../ai-analyze/tests/adversary/world.rs"]
mod world;

use ai_analyze::Extractive;
use filing_model::{Company, Comparison, FilingRef};
use section_diff::{Aligned, SectionDiffer as _};
use testkit::{RealFilings, Row};

use self::{random::Random, world::World};

/// Lies of each kind.
const EACH: usize = 100;

#[test]
#[ignore = "takes minutes without optimisation, and its table is for reading"]
fn real_pairs() {
    let Some(filings) = RealFilings::find() else { return };
    let pairs = filings.pairs().unwrap();
    let comparisons: Vec<Comparison> =
        pairs.iter().step_by(4).map(|pair| comparison(&filings, pair)).collect();
    let mut random = Random::new(9);
    let world = World::new(&comparisons, &mut random);
    println!("{} pairs, {} claims", comparisons.len(), world.claims.len());
    let rows = table::lies(&world, EACH, &mut random);
    println!("{}", table::shown(&rows));
    println!("{}", table::shown(&table::undecided(&world, EACH, &mut random)));
    for row in &rows {
        println!("{}: {:?}", row.kind, row.reasons);
        row.missed.iter().take(4).for_each(|missed| println!("    missed: {missed}"));
    }
    let mut told = table::Truths::default();
    for _ in 0..400 {
        let claim = random.one_of(&world.claims).unwrap();
        told.tell(claim, &world, &mut random);
    }
    println!("{}", told.shown());
    told.dropped().iter().take(40).for_each(|dropped| println!("    dropped: {dropped}"));
    let (kept, dropped) = comparisons
        .iter()
        .map(|it| Extractive::new().read(it))
        .fold((0, 0), |(kept, dropped), it| (kept + it.findings.len(), dropped + it.dropped.len()));
    println!("statements by rule: {kept} kept, {dropped} dropped");
}

fn comparison(filings: &RealFilings, [older, newer]: &[Row; 2]) -> Comparison {
    let [before, after] =
        [older, newer].map(|row| section_extract::sections(&filings.document(row).unwrap()));
    let differences = Aligned.compare(&before, &after);
    let filing = |extraction: &filing_model::Extraction| FilingRef {
        form: extraction.form.clone(),
        period_end: extraction.period_end,
        ..FilingRef::default()
    };
    Comparison {
        company: Company { name: after.company.clone().unwrap_or_default(), cik: None, ticker: None },
        newer: filing(&after),
        older: filing(&before),
        sections: differences.sections,
        signals: differences.signals,
    }
}
