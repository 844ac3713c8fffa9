//! A whole report as the file keeps it: JSON, packed with Zstandard.

use filing_model::Report;

use super::rows::corrupt;
use crate::StoreError;

/// The fastest of the usual ones: what is packed is stored while a job waits for it.
const LEVEL: i32 = 1;

/// How every frame begins (RFC 8878, section 3.1.1). No JSON does.
const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

pub(super) fn pack(report: &Report) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(report).map_err(corrupt("report"))?;
    zstd::bulk::compress(&json, LEVEL).map_err(corrupt("report"))
}

/// Reads what [`pack`] wrote, and the plain text of older versions.
pub(super) fn unpack(document: &[u8]) -> Result<Report, StoreError> {
    let mut report: Report = if document.starts_with(&FRAME) {
        let json = zstd::decode_all(document).map_err(corrupt("report"))?;
        serde_json::from_slice(&json).map_err(corrupt("report"))?
    } else {
        serde_json::from_slice(document).map_err(corrupt("report"))?
    };
    // The document has it once, at the top.
    report.company.ticker.clone_from(&report.ticker);
    Ok(report)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::tests::samples;

    #[test]
    fn what_was_packed_is_read_again_and_so_is_text() {
        let report = samples::bad_report("r");
        let (packed, text) = (pack(&report).unwrap(), serde_json::to_vec(&report).unwrap());
        assert!(
            packed.starts_with(&FRAME) && packed.len() < text.len(),
            "{} of {}",
            packed.len(),
            text.len()
        );
        assert_eq!(unpack(&packed).unwrap(), report);
        assert_eq!(unpack(&text).unwrap(), report);
    }

    #[test]
    fn what_is_damaged_is_named() {
        let mut cut = pack(&samples::good_report("r")).unwrap();
        cut.truncate(cut.len() / 2);
        for document in [cut.as_slice(), b"{", b""] {
            let damaged = unpack(document).unwrap_err();
            assert!(matches!(damaged, StoreError::Corrupt { what: "report", .. }), "{damaged:?}");
        }
    }
}
