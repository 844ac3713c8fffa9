//! Prints the Items of a document as JSON: `cargo run -p section-extract --example extract -- FILE[.gz]`

use std::io::{Read as _, Write as _};

fn main() -> std::io::Result<()> {
    let path = std::env::args_os().nth(1).unwrap_or_else(|| "filing.htm".into());
    let file = std::fs::File::open(&path)?;
    let mut bytes = Vec::new();
    if path.to_string_lossy().ends_with(".gz") {
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
    } else {
        std::io::BufReader::new(file).read_to_end(&mut bytes)?;
    }
    let extraction = section_extract::sections(&filing_model::Document::new(path.to_string_lossy(), bytes));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &extraction)?;
    out.flush()
}
