//! Two documents to what changed between them, and what an analyst should read first.
//!
//! `cargo run -p examples --bin compare -- older.htm newer.htm`

use ai_analyze::{Analyzer as _, Extractive};
use filing_model::{Company, Comparison, Document, FilingRef};
use section_diff::{Aligned, SectionDiffer as _};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut paths = std::env::args().skip(1);
    let mut extraction = |name: &str, otherwise: &str| -> anyhow::Result<_> {
        let path = paths.next().unwrap_or_else(|| otherwise.to_owned());
        Ok(section_extract::sections(&Document::new(name, std::fs::read(path)?)))
    };
    let (older, newer) = (extraction("older", OLDER)?, extraction("newer", NEWER)?);
    let differences = Aligned.compare(&older, &newer);
    for section in &differences.sections {
        println!(
            "Item {:<3} {:>3} changes, {:.0} % kept",
            section.item,
            section.changes.len(),
            100.0 * section.share_kept()
        );
    }
    let comparison = Comparison {
        company: Company { name: newer.company.clone().unwrap_or_default(), cik: None, ticker: None },
        newer: FilingRef { period_end: newer.period_end, ..FilingRef::default() },
        older: FilingRef { period_end: older.period_end, ..FilingRef::default() },
        sections: differences.sections,
        signals: differences.signals,
    };
    for finding in Extractive::new().analyze(&comparison).await?.findings {
        println!("{:?} {}: {}", finding.materiality, finding.item, finding.statement);
    }
    Ok(())
}

const OLDER: &str =
    "fixtures/recordings/demo/Archives/edgar/data/9904117/000990411725000008/nwnd-20241228.htm";
const NEWER: &str =
    "fixtures/recordings/demo/Archives/edgar/data/9904117/000990411726000011/nwnd-20251227.htm";
