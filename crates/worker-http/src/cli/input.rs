//! Filings from disk.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use filing_model::{Document, Exhibit};
use flate2::read::MultiGzDecoder;

/// Full submissions reach tens of megabytes; beyond this a file is something else, or a bomb.
const LARGEST_BYTES: u64 = 200_000_000;

/// A file that cannot be taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    #[error("{} is a folder, not a file", .0.display())]
    Folder(PathBuf),
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
    #[error("{} is larger than 200 MB{}", path.display(), if *packed { " when unpacked" } else { "" })]
    TooLarge { path: PathBuf, packed: bool },
    #[error("{} is not a whole gzip file", path.display())]
    BrokenGzip { path: PathBuf, source: io::Error },
    #[error("{} cannot be read", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
}

/// A filing and the exhibits that belong to it.
pub(crate) fn document(path: &Path, exhibits: &[PathBuf]) -> Result<Document, InputError> {
    let mut document = Document::new(plain_name(path), bytes(path)?);
    document.exhibits = exhibits.iter().map(|path| exhibit(path)).collect::<Result<_, _>>()?;
    Ok(document)
}

fn exhibit(path: &Path) -> Result<Exhibit, InputError> {
    let name = plain_name(path);
    Ok(Exhibit { kind: exhibit_kind(&name), name, bytes: bytes(path)? })
}

/// The file's name without folders and without `.gz`.
pub(crate) fn plain_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(".gz").unwrap_or(&name).to_owned()
}

/// The file's name without folders and endings.
pub(crate) fn stem(path: &Path) -> String {
    let name = plain_name(path);
    let stem = Path::new(&name).file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// The annual report, EX-13, unless the name says otherwise: `acme-ex21.htm` is EX-21.
fn exhibit_kind(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let number = name.match_indices("ex").filter_map(|(at, _)| {
        let rest = &name[at + 2..];
        let rest = rest.strip_prefix("hibit").unwrap_or(rest).trim_start_matches(['-', '_', ' ', '.']);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).take(2).collect();
        (!digits.is_empty()).then_some(digits)
    });
    format!("EX-{}", number.last().as_deref().unwrap_or("13"))
}

/// The file's content, unpacked.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, InputError> {
    let unreadable = |source| InputError::Unreadable { path: path.to_owned(), source };
    let file = open(path)?;
    let packed = limited(file, path, false).map_err(unreadable)??;
    if packed.is_empty() {
        return Err(InputError::Empty(path.to_owned()));
    }
    if !packed.starts_with(&[0x1f, 0x8b]) {
        return Ok(packed);
    }
    let unpacked = limited(MultiGzDecoder::new(packed.as_slice()), path, true)
        .map_err(|source| InputError::BrokenGzip { path: path.to_owned(), source })??;
    if unpacked.is_empty() { Err(InputError::Empty(path.to_owned())) } else { Ok(unpacked) }
}

fn open(path: &Path) -> Result<File, InputError> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => InputError::Missing(path.to_owned()),
        _ => InputError::Unreadable { path: path.to_owned(), source },
    };
    if fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Err(InputError::Folder(path.to_owned()));
    }
    File::open(path).map_err(unreadable)
}

fn limited(reader: impl io::Read, path: &Path, packed: bool) -> io::Result<Result<Vec<u8>, InputError>> {
    let mut bytes = Vec::new();
    let read = reader.take(LARGEST_BYTES + 1).read_to_end(&mut bytes)? as u64;
    Ok(if read > LARGEST_BYTES {
        Err(InputError::TooLarge { path: path.to_owned(), packed })
    } else {
        Ok(bytes)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        (dir, path)
    }

    #[test]
    fn a_packed_file_loses_its_ending() {
        let (_dir, path) = file("acme-2025.htm.gz", &gzip(b"<p>Item 1.</p>"));
        let document = document(&path, &[]).unwrap();
        assert_eq!(
            (document.name.as_str(), document.bytes.as_slice()),
            ("acme-2025.htm", &b"<p>Item 1.</p>"[..])
        );
        assert_eq!(stem(&path), "acme-2025");
    }

    #[test]
    fn a_small_file_that_unpacks_to_too_much_is_refused() {
        let zeros = vec![0; 1_000_000];
        let bomb: Vec<u8> = (0..=LARGEST_BYTES / 1_000_000).flat_map(|_| gzip(&zeros)).collect();
        let (_dir, path) = file("bomb.gz", &bomb);
        assert!(matches!(bytes(&path), Err(InputError::TooLarge { packed: true, .. })));
    }

    #[test]
    fn half_a_packed_file_is_refused() {
        let whole = gzip(b"some text that is long enough to be cut");
        let (_dir, path) = file("half.gz", &whole[..whole.len() / 2]);
        assert!(matches!(bytes(&path), Err(InputError::BrokenGzip { .. })));
    }

    #[test]
    fn an_exhibit_is_the_annual_report_unless_its_name_says_otherwise() {
        for (name, kind) in [
            ("annual-report.htm", "EX-13"),
            ("a10-kexhibit131.htm", "EX-13"),
            ("acme_ex-21.htm", "EX-21"),
            ("EX99.1.htm", "EX-99"),
            ("index.htm", "EX-13"),
        ] {
            assert_eq!(exhibit_kind(name), kind, "{name}");
        }
    }
}
