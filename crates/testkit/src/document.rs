use std::{fs, io::Read as _, path::Path};

use anyhow::Context as _;
use filing_model::Document;

/// Reads a document from disk, unpacking `.gz`.
///
/// # Errors
/// When the file cannot be read or is no gzip.
pub fn document(path: &Path) -> anyhow::Result<Document> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Some(inner) = name.strip_suffix(".gz") else { return Ok(Document::new(name, bytes)) };
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice())
        .read_to_end(&mut unpacked)
        .with_context(|| format!("{} is not a gzip file", path.display()))?;
    Ok(Document::new(inner, unpacked))
}
