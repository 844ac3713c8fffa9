//! The worker's own pages in a real browser, headless Chromium: one test per case of `browser/cases`.
//!
//! Each case runs the built worker against an EDGAR of its own, which waits where the case says so. `cargo xtask test`
//! installs what is needed, in the folder of the tests of `report-view`. Pictures of the last run are in
//! `target/tmp/worker-pages`.

#![allow(clippy::unwrap_used, reason = "what cannot be written or read fails the test")]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn a_report_is_started_goes_on_and_is_opened_without_a_reload() {
    run("report");
}

#[test]
fn whoever_has_the_secret_logs_in_and_out() {
    run("login");
}

#[test]
fn without_script_jobs_are_started_cancelled_and_found() {
    run("without-script");
}

#[test]
fn attacks_in_names_and_fields_do_nothing() {
    run("hostile");
}

#[test]
fn a_worker_that_is_away_is_told_of_and_comes_back() {
    run("interrupted");
}

#[test]
fn everybody_can_use_it_at_every_width() {
    run("accessible");
}

fn run(case: &str) {
    let advice = "run `cargo xtask test`, which installs what the browser tests need";
    let packages = Path::new(ROOT).join("crates/report-view/tests/browser/node_modules/playwright-core");
    assert!(packages.is_dir(), "no node_modules: {advice}");
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("worker-pages");
    fs::create_dir_all(&pictures).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("node")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/run.mjs"))
        .args([case, env!("CARGO_BIN_EXE_worker-http")])
        .args([&Path::new(ROOT).join("fixtures/recordings/demo"), folder.path(), &*pictures])
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("node does not start ({error}): {advice}"));
    assert!(output.status.success(), "{case}: {}", String::from_utf8_lossy(&output.stderr));
}
