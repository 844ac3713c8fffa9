//! Writes the JSON Schemas into a folder: `cargo run -p filing-model --features schema --example schemas -- docs`

use std::{fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("docs"), PathBuf::from);
    for (name, schema) in [
        ("extraction.schema.json", filing_model::schema::extraction()),
        ("report.schema.json", filing_model::schema::report()),
    ] {
        fs::write(folder.join(name), format!("{schema:#}\n"))?;
    }
    Ok(())
}
