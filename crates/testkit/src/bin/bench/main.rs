//! Measures on real filings, `cargo run --release -p testkit --bin bench -- extract|diff|page FOLDER`, and on hostile input,
//! `... -- hostile` and `... -- diff-hostile`
//!
//! Times are CPU times of one thread, the least of several runs, since other work on the machine only ever adds. Memory is
//! counted by the allocator; it copies when a buffer grows, so peaks are told high rather than low.

mod diff;
mod extract;
mod figures;
mod growth;
mod hostile;
mod hostile_diff;
mod noise;
mod page;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use peak_alloc::PeakAlloc;
use testkit::RealFilings;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Measures speed and memory on a folder of real filings, or on hostile input.
#[derive(Debug, Parser)]
struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Documents to Items
    Extract {
        /// The folder with index.jsonl
        folder: PathBuf,
    },
    /// Two years' Items to their differences
    Diff {
        /// The folder with index.jsonl
        folder: PathBuf,
    },
    /// Reports to pages
    Page {
        /// The folder with index.jsonl
        folder: PathBuf,
        /// Writes the page of the largest pair there, for a browser
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Documents that nobody files to Items
    Hostile {
        /// Size of each in MB
        #[arg(default_value_t = 100)]
        megabytes: usize,
    },
    /// Pairs of texts that nobody files to their differences
    DiffHostile {
        /// Only kinds whose name contains this; several parted by `|`
        #[arg(long, value_name = "NAMES")]
        only: Option<String>,
        /// Texts so many times as large
        #[arg(long, default_value_t = 1)]
        times: usize,
    },
}

fn main() -> anyhow::Result<()> {
    match Options::parse().what {
        What::Extract { folder } => extract::run(&RealFilings::at(folder)),
        What::Diff { folder } => diff::run(&RealFilings::at(folder)),
        What::Page { folder, out } => page::run(&RealFilings::at(folder), out.as_deref()),
        What::Hostile { megabytes } => {
            hostile::run(megabytes);
            Ok(())
        }
        What::DiffHostile { only, times } => {
            hostile_diff::run(only.as_deref(), times);
            Ok(())
        }
    }
}
