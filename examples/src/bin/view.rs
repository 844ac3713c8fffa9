//! A stored report to its page, and what a check thinks of it.
//!
//! `cargo run -p examples --bin view -- report.json page.html`

use filing_model::Report;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("give a report as JSON and the page to write");
    };
    let report: Report = serde_json::from_slice(&std::fs::read(from)?)?;
    std::fs::write(&to, report_view::html(&report))?;
    println!("{to}: {} changes", report.sections.iter().map(|section| section.changes.len()).sum::<usize>());
    for finding in &report.quality.findings {
        println!("{}: {}", finding.check, finding.statement);
    }
    Ok(())
}
