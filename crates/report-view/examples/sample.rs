//! Writes the page, the Markdown and the tables of a report: of the JSON given, or of an invented company. Of more than
//! one JSON the page is the history of the company.
//!
//! `cargo run -p report-view --example sample -- sample.html [report.json ... | incomplete | unchanged]`

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::{error::Error, fs, path::PathBuf, time::Instant};

use filing_model::Report;
use report_view::HistoryPoint;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = PathBuf::from(arguments.next().unwrap_or_else(|| "sample.html".to_owned()));
    let arguments: Vec<String> = arguments.collect();
    let reports = match arguments.as_slice() {
        [] => vec![sample::report()],
        [word] if word == "incomplete" => vec![sample::incomplete()],
        [word] if word == "unchanged" => vec![sample::unchanged()],
        files => files.iter().map(read).collect::<Result<_, _>>()?,
    };
    let started = Instant::now();
    let page = match reports.as_slice() {
        [report] => report_view::html(report),
        reports => {
            let points: Vec<HistoryPoint> = reports.iter().map(HistoryPoint::of).collect();
            report_view::history_html(&reports[0].company, &points)
        }
    };
    println!("{} bytes in {:?}", page.len(), started.elapsed());
    fs::write(&path, page)?;
    if let [report] = reports.as_slice() {
        fs::write(path.with_extension("md"), report_view::markdown(report))?;
        fs::write(path.with_extension("changes.csv"), report_view::changes_csv(report))?;
        fs::write(path.with_extension("similarities.csv"), report_view::similarities_csv(report))?;
    }
    Ok(())
}

fn read(file: &String) -> Result<Report, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(file)?)?)
}
