//! A ticker to its two latest annual reports, from a recording; with `Edgar` in place of `Recording`, from sec.gov.
//!
//! `cargo run -p examples --bin fetch -- NWND`

use filing_model::Ticker;
use sec_fetch::{FilingSource as _, Recording, Years, annual_pair};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let ticker: Ticker = std::env::args().nth(1).as_deref().unwrap_or("NWND").parse()?;
    let source = Recording::open("fixtures/recordings/demo")?;
    let pair = annual_pair(&source, &ticker, &Years::default()).await?;
    for filing in [&pair.newer, &pair.older] {
        let document = source.document(filing).await?;
        println!(
            "{} {} of {}: {} bytes",
            filing.form,
            filing.accession,
            pair.company.name,
            document.bytes.len()
        );
    }
    Ok(())
}
