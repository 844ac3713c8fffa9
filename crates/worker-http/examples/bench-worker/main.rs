//! Measures the built worker as a process: how soon it answers while jobs run, what it takes in memory with nothing and
//! with much to do, and what one report costs. `cargo xtask bench worker [FOLDER]` builds both and runs this,
//! with `--only idle|waiting|answers|report` a part of it.
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
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let filings = arguments.first().filter(|folder| !folder.starts_with('-')).map(RealFilings::at);
    let only = arguments.iter().skip_while(|argument| *argument != "--only").nth(1);
    let parts = ["idle", "waiting", "answers", "report"];
    assert!(only.is_none_or(|only| parts.contains(&only.as_str())), "--only takes one of {parts:?}");
    let is_asked = |part: &str| only.is_none_or(|only| only == part);
    if is_asked("idle") {
        idle::measure().await;
    }
    if is_asked("waiting") {
        waiting::measure().await;
    }
    if is_asked("answers") {
        answers::measure("an invented company", &recording::demo(), "NWND").await;
        if let Some(filings) = &filings {
            let real = recording::of_pair(filings, "NVDA_FY2025").expect("a pair of years");
            answers::measure("NVDA 2025", real.path(), "PAIR").await;
        }
    }
    if let Some(filings) = &filings
        && is_asked("report")
    {
        report::measure(filings).await;
    }
}
