//! A document to its Items.
//!
//! `cargo run -p examples --bin extract -- filing.htm`

use filing_model::{Document, Status};

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| DEMO.to_owned());
    let extraction = section_extract::sections(&Document::new(path.as_str(), std::fs::read(&path)?));
    for (item, section) in extraction.items.iter().filter(|(_, section)| section.status == Status::Found) {
        println!("{:<3} {:>6} words, {} headings", item, section.words, section.headings.len());
    }
    Ok(())
}

const DEMO: &str =
    "fixtures/recordings/demo/Archives/edgar/data/9904117/000990411726000011/nwnd-20251227.htm";
