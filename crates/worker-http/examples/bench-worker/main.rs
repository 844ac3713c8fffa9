//! Measures the built worker as a process: how soon it answers while jobs run, what it takes in memory with nothing and
//! with much to do, and what one report costs. `cargo xtask bench worker [FOLDER]` builds both and runs this.
//!
//! Everything is on loopback: filings from a recording, a language model that answers at once, SQLite with commits on disk.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement stops at the first surprise")]

#[path = "../../tests/chaos/claude.rs"]
mod claude;
#[path = "../../tests/chaos/faults.rs"]
#[expect(dead_code, reason = "the storm needs more of it")]
mod faults;

mod answers;
mod idle;
mod process;
mod recording;
mod report;
mod waiting;

use testkit::RealFilings;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let filings = std::env::args().nth(1).map(RealFilings::at);
    idle::measure().await;
    waiting::measure().await;
    answers::measure("an invented company", &recording::demo(), "NWND").await;
    if let Some(filings) = filings {
        let real = recording::of_pair(&filings, "NVDA_FY2025").expect("a pair of years");
        answers::measure("NVDA 2025", real.path(), "PAIR").await;
        report::measure(&filings).await;
    }
}
