//! Reports to pages: how large, how large when packed, how long it takes.

use std::{fs, io::Write as _, path::Path};

use ai_analyze::Extractive;
use anyhow::Context as _;
use filing_model::{Company, Comparison, DISCLAIMER, FilingRef, Item, QualityReport, Report, SCHEMA_VERSION};
use flate2::{Compression, write::GzEncoder};
use section_diff::{Aligned, SectionDiffer as _};
use testkit::{RealFilings, Row};

use crate::figures::{MB, float, percentile, seconds};

const RUNS: u32 = 3;
/// For the lines that are held against a target.
const MORE_RUNS: u32 = 15;

struct Measured {
    name: String,
    words: f64,
    bytes: f64,
    packed_bytes: f64,
    seconds: f64,
}

pub(crate) fn run(filings: &RealFilings, out: Option<&Path>) -> anyhow::Result<()> {
    let mut all = Vec::new();
    let mut largest: Option<(usize, Report)> = None;
    for pair in filings.pairs()? {
        let report = report(filings, &pair)?;
        all.push(measure(&pair[1].name, &report, RUNS)?);
        let words = words(&report);
        if largest.as_ref().is_none_or(|(most, _)| words > *most) {
            largest = Some((words, report));
        }
    }
    println!(
        "{:<30} {:>9} {:>8} {:>8} {:>8}",
        format!("{} pages", all.len()),
        "words",
        "MB",
        "gzip kB",
        "CPU ms"
    );
    for (name, percent) in [("median", 50), ("p90", 90), ("max", 100)] {
        let at = |value: fn(&Measured) -> f64| percentile(all.iter().map(value), percent);
        let name = name.to_owned();
        print(&Measured {
            name,
            words: at(|page| page.words),
            bytes: at(|page| page.bytes),
            packed_bytes: at(|page| page.packed_bytes),
            seconds: at(|page| page.seconds),
        });
    }
    let (_, report) = largest.context("the folder has no pair of years")?;
    let name = format!("largest: {}", report.report_id);
    print(&measure(&name, &report, MORE_RUNS)?);
    println!("{:<30} {:>9} {:>8} {:>8} {:>8}", "target", "", "3", "500", "100");
    println!();
    others(&report);
    if let Some(file) = out {
        fs::write(file, report_view::html(&report))
            .with_context(|| format!("{} cannot be written", file.display()))?;
        println!("the largest page is in {}", file.display());
    }
    Ok(())
}

/// The report that `worker-http compare` makes without a model, but for its quality checks.
fn report(filings: &RealFilings, pair: &[Row; 2]) -> anyhow::Result<Report> {
    let [older, newer] =
        pair.each_ref().map(|row| filings.document(row).map(|file| section_extract::sections(&file)));
    let (older, newer) = (older?, newer?);
    let differences = Aligned.compare(&older, &newer);
    let filing = |row: &Row, period_end| FilingRef {
        accession: row.accession.as_ref().and_then(|number| number.parse().ok()),
        form: row.form.clone().map(Into::into),
        period_end,
        ..FilingRef::default()
    };
    let comparison = Comparison {
        company: Company { name: pair[1].company.clone().unwrap_or_default(), cik: None, ticker: None },
        newer: filing(&pair[1], newer.period_end),
        older: filing(&pair[0], older.period_end),
        sections: differences.sections,
        signals: differences.signals,
    };
    let analysis = Extractive::new().read(&comparison);
    Ok(Report {
        schema_version: SCHEMA_VERSION,
        report_id: pair[1].name.clone(),
        ticker: None,
        company: comparison.company,
        newer: comparison.newer,
        older: comparison.older,
        sections: comparison.sections,
        signals: comparison.signals,
        analysis,
        quality: QualityReport {
            is_valid: true,
            profile: "none".to_owned(),
            issues: Vec::new(),
            findings: Vec::new(),
        },
        notes: Vec::new(),
        made_on: jiff::civil::date(2026, 1, 1),
        generation_time_seconds: 0.0,
        disclaimer: DISCLAIMER.to_owned(),
    })
}

fn words(report: &Report) -> usize {
    let compared = report.sections.iter().filter(|section| section.not_compared.is_none());
    compared.map(|section| section.words.older + section.words.newer).sum()
}

fn measure(name: &str, report: &Report, runs: u32) -> anyhow::Result<Measured> {
    let page = report_view::html(report);
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(page.as_bytes())?;
    Ok(Measured {
        name: name.to_owned(),
        words: float(words(report)),
        bytes: float(page.len()),
        packed_bytes: float(packed.finish()?.len()),
        seconds: seconds(runs, || report_view::html(report)),
    })
}

fn print(page: &Measured) {
    let Measured { name, words, bytes, packed_bytes, seconds } = page;
    println!(
        "{name:<30} {words:>9.0} {:>8.2} {:>8.0} {:>8.1}",
        bytes / MB,
        packed_bytes / 1e3,
        seconds * 1e3
    );
}

/// What else is made of the same report.
fn others(report: &Report) {
    let line = |name: &str, make: &dyn Fn() -> String| {
        println!(
            "{name:<30} {:>18.2} {:>8} {:>8.1}",
            float(make().len()) / MB,
            "",
            seconds(MORE_RUNS, make) * 1e3
        );
    };
    line("its Markdown", &|| report_view::markdown(report));
    line("its changes as CSV", &|| report_view::changes_csv(report));
    line("its similarities as CSV", &|| report_view::similarities_csv(report));
    let points = vec![report_view::HistoryPoint::of(report); Item::ALL.len()];
    line("a history of 23 such years", &|| report_view::history_html(&report.company, &points));
}
