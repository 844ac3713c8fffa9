//! Right extractions: whoever asks for a refund here is wrong.

use filing_model::{QualityFinding, QualityReport, Severity};
use quality::Profile;

use crate::{
    Filings, Options, in_parallel,
    judging::{has_error, judge},
    pairs::Pair,
    percent,
};

/// What the caller goes on with.
pub(crate) struct Right<'a> {
    /// Pairs whose extractions are right.
    pub(crate) pairs: Vec<Pair<'a>>,
    pub(crate) false_percent: f64,
}

pub(crate) fn measure<'a>(options: &Options, filings: &'a Filings) -> Right<'a> {
    let (all, harder) = (filings.pairs(), filings.pairs_with_a_gap());
    let [reports, reports_of_harder] = [&all, &harder].map(|pairs| in_parallel(pairs, judge_right));
    let judged: Vec<(&Pair<'_>, &[QualityReport; 2])> = all.iter().zip(&reports).collect();
    for (pair, [evidence, _]) in judged.iter().filter(|(pair, _)| options.misses || is_right(pair)) {
        print_findings(options, pair, evidence, is_right(pair));
    }
    println!(
        "{:<34} {:>6} {:>9} {:>6} {:>9} {:>9}",
        "right extractions of two years", "pairs", "refunds", "%", "errors", "seed"
    );
    let right: Vec<_> = judged.iter().copied().filter(|(pair, _)| is_right(pair)).collect();
    print_line("companies tuned on", right.iter().copied().filter(|(pair, _)| !pair.held_out));
    print_line("companies held out", right.iter().copied().filter(|(pair, _)| pair.held_out));
    let false_percent = print_line("all", right.iter().copied());
    let harder = harder.iter().zip(&reports_of_harder).filter(|(pair, _)| is_right(pair));
    print_line("two years apart, not tuned on", harder);
    let wrong: Vec<_> = judged.iter().filter(|(pair, _)| !is_right(pair)).collect();
    println!("{} pairs with a main Item that is not as labelled, not counted:", wrong.len());
    for (pair, [evidence, _]) in wrong {
        let items: Vec<_> =
            pair.older.wrong.iter().chain(&pair.newer.wrong).map(ToString::to_string).collect();
        println!(
            "  {} against {}: Items {}, valid {}",
            pair.newer.row.name,
            pair.older.row.name,
            items.join(" "),
            evidence.is_valid
        );
    }
    Right { pairs: right.into_iter().map(|(pair, _)| *pair).collect(), false_percent }
}

/// What both profiles say of a pair as it is.
fn judge_right(pair: &Pair<'_>) -> [QualityReport; 2] {
    let (older, newer) = (&pair.older.extraction, &pair.newer.extraction);
    [Profile::evidence(), Profile::seed()].map(|profile| judge(pair, older, newer, &profile))
}

fn is_right(pair: &Pair<'_>) -> bool {
    pair.older.wrong.is_empty() && pair.newer.wrong.is_empty()
}

fn print_line<'a>(name: &str, judged: impl Iterator<Item = (&'a Pair<'a>, &'a [QualityReport; 2])>) -> f64 {
    let reports: Vec<&[QualityReport; 2]> = judged.map(|(_, reports)| reports).collect();
    let refunds = reports.iter().filter(|[evidence, _]| !evidence.is_valid).count();
    let errors = reports.iter().filter(|[evidence, _]| has_error(evidence)).count();
    let seed = reports.iter().filter(|[_, seed]| !seed.is_valid).count();
    let share = percent(refunds, reports.len());
    println!("{name:<34} {:>6} {refunds:>9} {share:>6.2} {errors:>9} {seed:>9}", reports.len());
    share
}

fn print_findings(options: &Options, pair: &Pair<'_>, report: &QualityReport, is_right: bool) {
    let told = |finding: &&QualityFinding| options.misses || finding.severity == Severity::Error;
    for finding in report.findings.iter().filter(told) {
        let kind = match (finding.severity, finding.refund) {
            (_, true) => "refund",
            (Severity::Error, _) => "error",
            (Severity::Warning, _) => "warning",
            (Severity::Info, _) => "info",
        };
        let held_out = if pair.held_out { "held out" } else { "tuned" };
        let wrong = if is_right { "" } else { " (not as labelled)" };
        println!("{} {held_out}{wrong} {kind} {}: {}", pair.newer.row.name, finding.check, finding.statement);
    }
}
