//! Measures the comparison: `cargo run --release -p testkit --bin eval-diff -- FOLDER`
//!
//! Three questions: are known edits of real paragraphs found as they were made (`known`), does a comparison of two real years
//! hold every word of both, and how many words does it show as changed beside the fewest that could be (`real`)?

mod known;
mod misses;
mod real;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::Parser;
use filing_model::Extraction;
use testkit::{RealFilings, Row};

/// Measures the comparison of reports on a folder of real filings.
#[derive(Debug, Parser)]
struct Options {
    /// The folder with index.jsonl
    folder: PathBuf,
    /// Print every passage that is not right, the most frequent pattern first: file, Item, what was due and what came
    #[arg(long)]
    misses: bool,
    /// At most so many misses of each pattern
    #[arg(long, value_name = "COUNT", default_value_t = usize::MAX, hide_default_value = true)]
    limit: usize,
    /// Only filings whose name contains this; several parted by `|`
    #[arg(long, value_name = "NAMES")]
    only: Option<String>,
    /// Other edits of the same paragraphs
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Edit every text so many times, with the next seeds
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    rounds: u64,
    /// Fail when fewer per cent of the passages are right, or when a word is lost
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    min: f64,
}

const THREADS: usize = 2;

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let filings = RealFilings::at(&options.folder);
    let rows = filings.rows()?;
    let reports = in_parallel(&rows, |row| -> Result<Report> {
        let extraction = section_extract::sections(&filings.document(row)?);
        Ok(Report { row: row.clone(), extraction })
    });
    let reports = reports.into_iter().collect::<Result<Vec<Report>>>()?;
    let known = known::measure(&options, &reports);
    println!();
    let real = real::measure(&options, &reports);
    let passed = known.right_percent >= options.min && known.lost + real.lost == 0;
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A filing and its Items.
struct Report {
    row: Row,
    extraction: Extraction,
}

impl Options {
    fn is_chosen(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.split('|').any(|part| name.contains(part)))
    }
}

/// Works on several at a time; the answers are in the order of the list.
fn in_parallel<T: Sync, A: Send>(list: &[T], work: impl Fn(&T) -> A + Sync) -> Vec<A> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let (sender, answers) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for sender in std::iter::repeat_n(sender, THREADS) {
            let (next, work) = (&next, &work);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(entry) = list.get(at) else { break };
                    // The receiver outlives every sender.
                    let _ = sender.send((at, work(entry)));
                }
            });
        }
    });
    let mut answers: Vec<_> = answers.into_iter().collect();
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}
