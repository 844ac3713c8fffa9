//! Writes the page and the Markdown of a report: of the JSON given, or of an invented company.
//!
//! `cargo run -p report-view --example sample -- sample.html [report.json | incomplete | unchanged]`

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = PathBuf::from(arguments.next().unwrap_or_else(|| "sample.html".to_owned()));
    let report = match arguments.next().as_deref() {
        None => sample::report(),
        Some("incomplete") => sample::incomplete(),
        Some("unchanged") => sample::unchanged(),
        Some(json) => serde_json::from_slice(&std::fs::read(json)?)?,
    };
    let started = std::time::Instant::now();
    let page = report_view::html(&report);
    println!("{} bytes in {:?}", page.len(), started.elapsed());
    std::fs::write(&path, page)?;
    std::fs::write(path.with_extension("md"), report_view::markdown(&report))?;
    Ok(())
}
