//! Spoiled extractions: whoever is silent here is wrong.

use std::collections::BTreeMap;

use filing_model::{Extraction, QualityReport, Side};
use quality::Profile;
use testkit::edits::Random;

use crate::{
    Filings, Options, in_parallel,
    judging::{has_error, judge},
    pairs::Pair,
    percent,
    spoil::{Fault, Spoiled, spoil},
};

/// A spoiled extraction and what was said of it.
struct Case<'a> {
    fault: Fault,
    pair: &'a Pair<'a>,
    told: String,
    report: QualityReport,
}

/// Gives the share of faults that were noticed.
pub(crate) fn measure(options: &Options, filings: &Filings, pairs: &[Pair<'_>]) -> f64 {
    let faults: Vec<Fault> =
        Fault::ALL.into_iter().filter(|fault| fault.name().contains(options.only.as_str())).collect();
    let orders: Vec<(Fault, usize)> =
        (0..options.count).map(|at| (faults[at % faults.len()], at / faults.len())).collect();
    let cases = in_parallel(&orders, |&(fault, at)| case(options, filings, pairs, fault, at));
    let cases: Vec<Case<'_>> = cases.into_iter().flatten().collect();
    if options.misses {
        for case in cases.iter().filter(|case| !has_error(&case.report)) {
            let warned: Vec<&str> =
                case.report.findings.iter().map(|finding| finding.check.as_str()).collect();
            let held_out = if case.pair.held_out { "held out" } else { "tuned" };
            println!(
                "missed {} {held_out} {}: {} {warned:?}",
                case.fault.name(),
                case.pair.newer.row.name,
                case.told
            );
        }
    }
    print_checks(&cases);
    println!(
        "{:<52} {:>6} {:>9} {:>7} {:>9} {:>9} {:>9}",
        "fault", "made", "noticed", "%", "refunded", "tuned %", "held out %"
    );
    for fault in faults {
        print_line(fault.name(), cases.iter().filter(|case| case.fault == fault));
    }
    print_line("all", cases.iter())
}

/// The first chance that can be spoiled so: not every Item has a neighbour, or a third year.
fn case<'a>(
    options: &Options,
    filings: &Filings,
    pairs: &'a [Pair<'a>],
    fault: Fault,
    at: usize,
) -> Option<Case<'a>> {
    const TRIES: usize = 200;
    let mut random = Random::named(options.seed, &[fault.name(), &at.to_string()]);
    for _ in 0..TRIES {
        let pair = random.pick(pairs)?;
        let side = if random.happens(500) { Side::Newer } else { Side::Older };
        let Some(Spoiled { older, newer, told }) = spoil(filings, pair, side, fault, &mut random) else {
            continue;
        };
        let report = judge(pair, &older, &newer, &Profile::evidence());
        assert_whole(&older);
        assert_whole(&newer);
        return Some(Case { fault, pair, told, report });
    }
    None
}

/// A spoiled extraction looks like any other.
fn assert_whole(extraction: &Extraction) {
    for (item, section) in &extraction.items {
        assert_eq!(section.words, filing_model::word_count(&section.text), "Item {item}: words");
        let paragraphs: Vec<&str> = filing_model::paragraphs(&section.text).collect();
        for heading in &section.headings {
            assert_eq!(
                paragraphs.get(heading.paragraph),
                Some(&heading.title.as_str()),
                "Item {item}: heading"
            );
        }
    }
}

/// How many faults each check noticed, and how many no other one did.
fn print_checks(cases: &[Case<'_>]) {
    let mut checks: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in cases {
        let mut names: Vec<&str> = case
            .report
            .findings
            .iter()
            .filter(|finding| finding.severity == filing_model::Severity::Error)
            .map(|finding| finding.check.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        for name in &names {
            let entry = checks.entry(name).or_default();
            entry.0 += 1;
            entry.1 += usize::from(names.len() == 1);
        }
    }
    println!("{:<34} {:>8} {:>12}", "check", "noticed", "alone");
    for (name, (noticed, alone)) in checks {
        println!("{name:<34} {noticed:>8} {alone:>12}");
    }
    println!();
}

fn print_line<'a>(name: &str, cases: impl Iterator<Item = &'a Case<'a>>) -> f64 {
    let cases: Vec<_> = cases.collect();
    let noticed = cases.iter().filter(|case| has_error(&case.report)).count();
    let refunded = cases.iter().filter(|case| !case.report.is_valid).count();
    let share = percent(noticed, cases.len());
    let half = |held_out: bool| {
        let half: Vec<_> = cases.iter().filter(|case| case.pair.held_out == held_out).collect();
        percent(half.iter().filter(|case| has_error(&case.report)).count(), half.len())
    };
    let (tuned, held_out) = (half(false), half(true));
    println!(
        "{name:<52} {:>6} {noticed:>9} {share:>7.2} {refunded:>9} {tuned:>9.2} {held_out:>9.2}",
        cases.len()
    );
    share
}
