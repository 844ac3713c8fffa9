//! Measures the quality checks: `cargo xtask eval-quality ../shared/filings`
//!
//! Three questions: does a right extraction of two real years ask for a refund (`right`), are spoiled ones noticed
//! (`spoiled`; `spoil` makes them as faults of an extractor would), and does the profile `seed` say what the first version
//! said (`original`)?

mod judging;
mod original;
mod pairs;
mod right;
mod spoil;
mod spoiled;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::Parser;
use testkit::RealFilings;

use crate::pairs::Filings;

/// Measures the quality checks on a folder of real filings.
#[derive(Debug, Parser)]
struct Options {
    /// The folder with index.jsonl
    folder: PathBuf,
    /// Spoiled extractions to make
    #[arg(long, value_name = "COUNT", default_value_t = 2000)]
    count: usize,
    /// Other faults in other places
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// Only faults whose name contains this
    #[arg(long, value_name = "NAME", default_value = "")]
    only: String,
    /// Print what is noticed of right extractions, and every fault that is not noticed
    #[arg(long)]
    misses: bool,
    /// Fail when more per cent of the right extractions ask for a refund
    #[arg(long, value_name = "PERCENT", default_value_t = 100.0)]
    max_false: f64,
    /// Fail when fewer per cent of the faults are noticed
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    min: f64,
}

const THREADS: usize = 2;

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let filings = Filings::load(&RealFilings::at(&options.folder))?;
    let differing = original::differing(&filings);
    println!();
    let right = right::measure(&options, &filings);
    println!();
    let caught_percent = spoiled::measure(&options, &filings, &right.pairs);
    let passed = differing == 0 && right.false_percent <= options.max_false && caught_percent >= options.min;
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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

#[expect(clippy::cast_precision_loss, reason = "counts of some thousands")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}
