//! The recording of invented companies that travels inside the binary.

use sec_fetch::Recording;

/// What `build.rs` packed.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/demo-recording.zst"));

/// The binary carries no recording.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BundleError {
    #[error("this program was built without its demo recording")]
    Absent,
    #[error("the demo recording inside this program is damaged")]
    Damaged,
}

/// The bundled recording, unpacked into memory.
pub(crate) fn recording() -> Result<Recording, BundleError> {
    let files = unpack(PACKED)?;
    if files.is_empty() { Err(BundleError::Absent) } else { Ok(Recording::in_memory(files)) }
}

fn unpack(packed: &[u8]) -> Result<Vec<(String, Vec<u8>)>, BundleError> {
    let bytes = zstd::decode_all(packed).map_err(|_| BundleError::Damaged)?;
    let mut rest = bytes.as_slice();
    let mut files = Vec::new();
    while !rest.is_empty() {
        let name = part(&mut rest).ok_or(BundleError::Damaged)?;
        let content = part(&mut rest).ok_or(BundleError::Damaged)?;
        files.push((String::from_utf8_lossy(name).into_owned(), content.to_vec()));
    }
    Ok(files)
}

fn part<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (part, after) = after.split_at_checked(length)?;
    *rest = after;
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_is_noticed() {
        let whole = [4, 0, 0, 0, 0, 0, 0, 0, b'n', b'a', b'm', b'e', 2, 0, 0, 0, 0, 0, 0, 0, b'o', b'k'];
        for (length, files) in [(whole.len(), Some(1)), (whole.len() - 1, None), (12, None), (0, Some(0))] {
            let packed = zstd::encode_all(&whole[..length], 1).unwrap_or_default();
            assert_eq!(unpack(&packed).ok().map(|files| files.len()), files, "{length}");
        }
    }
}
