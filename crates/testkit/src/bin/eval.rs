//! Scores section extraction against labels: `cargo run --release -p testkit --bin eval -- FOLDER`

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use testkit::{
    FilerKind, RealFilings, Row,
    score::{Disputed, Outcome, Scored, Tally, disputed_labels, score},
};

/// Scores section extraction against the labels of a folder of real filings.
#[derive(Debug, Parser)]
struct Options {
    /// The folder with index.jsonl
    folder: PathBuf,
    /// Print every Item that is not right: file, Item, what was due and what came
    #[arg(long)]
    misses: bool,
    /// Only filings whose name contains this; several parted by `|`
    #[arg(long, value_name = "NAMES")]
    only: Option<String>,
    /// Fail when fewer per cent are right
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    min: f64,
    /// Fail when more per cent are silently wrong
    #[arg(long, value_name = "PERCENT", default_value_t = 100.0)]
    max_silent: f64,
    /// Fail when more per cent are right but given with low confidence
    #[arg(long, value_name = "PERCENT", default_value_t = 100.0)]
    max_low: f64,
}

const THREADS: usize = 2;

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let filings = RealFilings::at(&options.folder);
    let rows = chosen(filings.rows()?, options.only.as_deref())?;
    let (scored, errors) = split(&rows, score(&filings, &rows, THREADS));
    for error in &errors {
        println!("error {error}");
    }
    let disputed = disputed_labels()?;
    if options.misses {
        print_misses(&scored, &disputed);
    }
    print_table(&scored);
    let all = Tally::of(&scored);
    let undisputed = Tally::without(&scored, &disputed);
    println!(
        "{:.2} % right of {} Items without the {} disputed labels, {:.2} % silently wrong",
        undisputed.right_percent(),
        undisputed.total,
        all.total - undisputed.total,
        undisputed.silent_percent(),
    );
    println!(
        "{:.2} % right of {} Items in {} filings, {:.2} % silently wrong, {:.2} % right but given with low confidence, {} errors, {:.0} s",
        all.right_percent(),
        all.total,
        rows.len(),
        all.silent_percent(),
        all.low_percent(),
        errors.len(),
        scored.iter().map(|filing| filing.seconds).sum::<f64>(),
    );
    let passed = errors.is_empty()
        && all.right_percent() >= options.min
        && all.silent_percent() <= options.max_silent
        && all.low_percent() <= options.max_low;
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen(mut rows: Vec<Row>, only: Option<&str>) -> Result<Vec<Row>> {
    let Some(only) = only else { return Ok(rows) };
    rows.retain(|row| only.split('|').any(|part| row.name.contains(part)));
    if rows.is_empty() {
        bail!("no filing has a name that contains {only}");
    }
    Ok(rows)
}

fn split(rows: &[Row], answers: Vec<Result<Scored>>) -> (Vec<Scored>, Vec<String>) {
    let (mut scored, mut errors) = (Vec::new(), Vec::new());
    for (row, answer) in rows.iter().zip(answers) {
        match answer.with_context(|| row.name.clone()) {
            Ok(filing) => scored.push(filing),
            Err(error) => errors.push(format!("{error:#}")),
        }
    }
    (scored, errors)
}

fn print_misses(scored: &[Scored], disputed: &[Disputed]) {
    for filing in scored {
        let name = &filing.row.name;
        for (item, outcome, why) in &filing.items {
            let mark = match outcome {
                Outcome::Right | Outcome::RightButLow => continue,
                Outcome::SilentlyWrong => " SILENT",
                Outcome::Wrong => "",
            };
            let is_disputed = disputed.iter().any(|entry| entry.name == *name && entry.item == *item);
            let dispute = if is_disputed { " (disputed)" } else { "" };
            println!("{name} {item} {why}{mark}{dispute}");
        }
    }
}

fn print_table(scored: &[Scored]) {
    println!("{:<24} {:>7} {:>12} {:>8} {:>8} {:>6}", "", "filings", "right", "%", "silent", "low");
    for decade in [1990, 2000, 2010, 2020] {
        let in_decade = |row: &Row| row.fiscal_year.unwrap_or(0) / 10 * 10 == decade;
        print_line(&format!("{decade}s"), scored.iter().filter(|filing| in_decade(&filing.row)));
    }
    for kind in FilerKind::ALL {
        print_line(kind.name(), scored.iter().filter(|filing| filing.row.kind() == kind));
    }
    print_line("of these: Exhibit 13", scored.iter().filter(|filing| filing.row.refers_to_annual_report()));
    print_line("no usual headings", scored.iter().filter(|filing| filing.row.has_cross_reference_index()));
}

fn print_line<'a>(name: &str, filings: impl Iterator<Item = &'a Scored> + Clone) {
    let count = filings.clone().count();
    if count == 0 {
        return;
    }
    let tally = Tally::of(filings);
    println!(
        "{name:<24} {count:>7} {:>12} {:>8.2} {:>8} {:>6}",
        format!("{}/{}", tally.right, tally.total),
        tally.right_percent(),
        tally.silent,
        tally.low,
    );
}
