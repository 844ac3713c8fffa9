//! The pages in a real browser, headless Chromium: one test per case of `browser/cases`.
//!
//! `cargo xtask test` installs what is needed. Pages, pictures and PDFs of the last run are in `target/tmp/browser`.

#![allow(clippy::unwrap_used, reason = "what cannot be written or read fails the test")]

mod hostile;
mod sample;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use filing_model::{HeadingState, Item, Report};
use jiff::civil::date;
use report_view::HistoryPoint;

#[test]
fn filters_show_one_kind_and_count_it() {
    run("filters");
}

#[test]
fn a_quotation_opens_and_frames_its_change() {
    run("jumps");
}

#[test]
fn every_change_has_an_address() {
    run("permalinks");
}

#[test]
fn the_keyboard_reaches_everything() {
    run("keyboard");
}

#[test]
fn search_finds_and_opens_both_filings() {
    run("search");
}

#[test]
fn side_by_side_is_made_when_it_is_asked_for() {
    run("side-by-side");
}

#[test]
fn without_script_everything_can_be_read() {
    run("without-script");
}

#[test]
fn attacks_in_any_text_do_nothing() {
    run("hostile");
}

#[test]
fn axe_finds_no_serious_fault() {
    run("accessible");
}

#[test]
fn no_width_scrolls_sideways() {
    run("widths");
}

#[test]
fn printed_it_has_pages() {
    run("print");
}

/// Runs a case over all pages, in a folder of its own.
fn run(case: &str) {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let advice = "run `cargo xtask test`, which installs what the browser tests need";
    assert!(scripts.join("node_modules/playwright-core").is_dir(), "no node_modules: {advice}");
    let output = Command::new("node")
        .arg(scripts.join("run.mjs"))
        .args([Path::new(case), &written_pages(case)])
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("node does not start ({error}): {advice}"));
    assert!(output.status.success(), "{case}: {}", String::from_utf8_lossy(&output.stderr));
}

fn written_pages(case: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(case);
    fs::create_dir_all(&folder).unwrap();
    let reports = [
        ("sample", sample::report()),
        ("incomplete", sample::incomplete()),
        ("unchanged", sample::unchanged()),
        ("hostile", hostile::report()),
        ("wide", wide()),
        ("long", long()),
    ];
    for (name, report) in &reports {
        fs::write(folder.join(name).with_extension("html"), report_view::html(report)).unwrap();
    }
    let (company, points) = hostile::history();
    let histories = [
        ("history", report_view::history_html(&sample::report().company, &years())),
        ("hostile-history", report_view::history_html(&company, &points)),
    ];
    for (name, page) in histories {
        fs::write(folder.join(name).with_extension("html"), page).unwrap();
    }
    folder
}

/// The sample with a table that no screen and no sheet is wide enough for.
fn wide() -> Report {
    let mut report = sample::report();
    let row = |name: &str, figure: &str| format!("{name} | {}", [figure; 16].join(" | "));
    let table =
        |figure: &str| [row("Fiscal year ended", "2025"), row("Net revenue by region", figure)].join("\n");
    let section = sample::Text::new(Item::I8).table(&table("$1,204,388"), &table("$1,311,077"), false).done();
    report.sections.insert(5, section);
    report
}

/// An Item so long that most of it is laid out only as it comes near the screen.
fn long() -> Report {
    let mut report = sample::report();
    let mut text = sample::Text::new(Item::I1A);
    for number in 1..=60_usize {
        text = text.heading(2, HeadingState::Kept, &format!("Risk number {number} in a long row of risks."));
        for _ in 0..=number % 4 {
            let risk = "We may be unable to deliver what was ordered when it was ordered. "
                .repeat(1 + 3 * (number % 5));
            text = text.modified(&format!("[-In {number} cases-]{{+In some cases+}} {risk}"));
        }
    }
    report.sections[0] = text.done();
    report
}

/// Eleven years of the sample, one of them missing, each a little different.
fn years() -> Vec<HistoryPoint> {
    let years = (2015..=2025).filter(|year| *year != 2018);
    years.map(|year| HistoryPoint::of(&of_year(year)).with_page(format!("/reports/{year}.html"))).collect()
}

fn of_year(year: i16) -> Report {
    let mut report = sample::report();
    report.newer.period_end = Some(date(year, 12, 27));
    report.older.period_end = Some(date(year - 1, 12, 28));
    for (at, section) in report.sections.iter_mut().enumerate() {
        let step = f64::from((i32::from(year) * 7 + i32::try_from(at).unwrap() * 5) % 11);
        if let Some(of) = &mut section.similarity {
            of.min_edit -= step * 0.02;
            of.simple -= step * 0.03;
            of.cosine -= step * 0.004;
            of.jaccard -= step * 0.01;
        }
    }
    report
}
