//! Known edits of real paragraphs.

use filing_model::{Extraction, SectionDiff};
use section_diff::{Aligned, SectionDiffer as _};
use testkit::{
    diff_score::{Came, EditTally, judge, lost_words},
    edits::{Donors, EditKind, KnownEdits, Source, Unscored, known_edits},
};

use crate::{
    Options, Report, in_parallel,
    misses::{self, MissedPassage},
};

/// What the caller decides by.
pub(crate) struct Known {
    pub(crate) right_percent: f64,
    /// Comparisons that do not hold every word.
    pub(crate) lost: usize,
}

/// One text, edited and compared.
struct Scored {
    tally: EditTally,
    misses: Vec<MissedPassage>,
    lost: Vec<String>,
}

pub(crate) fn measure(options: &Options, reports: &[Report]) -> Known {
    let of_report =
        |report: &Report| Source::of_report(&report.row.name, company(report), &report.extraction);
    let sources: Vec<Source> = reports.iter().flat_map(of_report).collect();
    let donors = Donors::new(&sources);
    let chosen: Vec<(&Source, u64)> = (options.seed..options.seed + options.rounds)
        .flat_map(|seed| sources.iter().map(move |source| (source, seed)))
        .filter(|(source, _)| options.is_chosen(&source.name))
        .collect();
    let scored =
        in_parallel(&chosen, |(source, seed)| score(source, *seed, &known_edits(source, &donors, *seed)));
    let mut tally = EditTally::default();
    for text in &scored {
        tally.add(&text.tally);
    }
    let lost: Vec<&String> = scored.iter().flat_map(|scored| &scored.lost).collect();
    for lost in &lost {
        println!("lost {lost}");
    }
    if options.misses {
        misses::print(scored.iter().flat_map(|scored| &scored.misses).collect(), options.limit);
    }
    print_right(&tally);
    println!();
    print_confusion(&tally);
    println!(
        "{:.2} % of {} passages right in {} texts; of {} edited ones {:.2} %; {} words lost",
        tally.right_percent(),
        tally.right_of(EditKind::ALL).1,
        chosen.len(),
        tally.right_of(EditKind::ALL.into_iter().skip(1)).1,
        tally.edited_right_percent(),
        if lost.is_empty() { "no".to_owned() } else { format!("in {} places", lost.len()) },
    );
    Known { right_percent: tally.right_percent(), lost: lost.len() }
}

/// The start of a filing's name says whose it is.
fn company(report: &Report) -> &str {
    report.row.name.split("_FY").next().unwrap_or_default()
}

fn score(source: &Source, seed: u64, known: &KnownEdits) -> Scored {
    let diff = compare(source, known);
    let verdicts = judge(known, &diff);
    let mut tally = EditTally::default();
    tally.count(known, &verdicts);
    let place = format!("{} {} seed {seed}", source.name, source.item);
    let lost = lost_words(&diff, &known.older.text, &known.newer.text);
    Scored {
        tally,
        misses: misses::collect(&place, known, &verdicts),
        lost: lost.into_iter().map(|lost| format!("{place}: {lost}")).collect(),
    }
}

fn compare(source: &Source, known: &KnownEdits) -> SectionDiff {
    let whole = |section: &filing_model::Section| {
        let mut extraction = Extraction::empty();
        extraction.items.insert(source.item, section.clone());
        extraction
    };
    let mut sections = Aligned.compare(&whole(&known.older), &whole(&known.newer)).sections;
    sections.pop().expect("one Item was given")
}

fn print_right(tally: &EditTally) {
    let reasons = Unscored::ALL.map(|reason| format!("{:>9}", reason.name())).concat();
    println!("{:<18} {:>14} {:>8}   not scored:{reasons}", "", "right", "%");
    for kind in EditKind::ALL {
        print_line(tally, kind.name(), &[kind]);
    }
    print_line(tally, "all edited", &EditKind::ALL[1..]);
    print_line(tally, "all", &EditKind::ALL);
}

#[expect(clippy::cast_precision_loss, reason = "counts of paragraphs")]
fn print_line(tally: &EditTally, name: &str, kinds: &[EditKind]) {
    let (right, all) = tally.right_of(kinds.iter().copied());
    let percent = 100.0 * right as f64 / all.max(1) as f64;
    let unscored = Unscored::ALL.map(|reason| {
        let count: usize = kinds.iter().map(|kind| tally.unscored(*kind, reason)).sum();
        format!("{count:>9}")
    });
    println!("{name:<18} {:>14} {percent:>8.2}              {}", format!("{right}/{all}"), unscored.concat());
}

/// What came of each kind; in brackets what is right.
fn print_confusion(tally: &EditTally) {
    let names = Came::ALL.map(|came| format!("{:>10}", came.name())).concat();
    println!("{:<18}{names}", "made / came as");
    for kind in EditKind::ALL {
        let cells = Came::ALL.map(|came| match (tally.came(kind, came), tally.right(kind, came) > 0) {
            (0, false) => format!("{:>10}", "."),
            (count, true) => format!("{:>10}", format!("[{count}]")),
            (count, false) => format!("{count:>9} "),
        });
        println!("{:<18}{}", kind.name(), cells.concat());
    }
}
