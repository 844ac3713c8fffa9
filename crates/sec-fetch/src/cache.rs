use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::{
    FetchError,
    files::{Packing, UNFINISHED, write_whole},
    layout::{EdgarPath, TOP_FOLDERS},
};

/// Fast to write, and the marked-up text of filings still shrinks to a tenth.
const COMPRESSION_LEVEL: i32 = 3;

/// Answers of EDGAR kept on disk in its own layout, each file compressed (`.zst`) with a checksum.
///
/// Safe for several processes on one folder: files appear whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    folder: PathBuf,
}

/// What a cache holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheStats {
    /// Number of answers.
    pub files: u64,
    /// Their size on disk in bytes.
    pub bytes: u64,
}

impl Cache {
    /// The folder need not exist yet.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { folder: dir.into() }
    }

    /// Counts what is there; a folder that does not exist holds nothing.
    pub fn stats(&self) -> Result<CacheStats, FetchError> {
        let mut stats = CacheStats::default();
        self.each_file(&mut |path, bytes| {
            if is_answer(path) {
                stats.files += 1;
                stats.bytes += bytes;
            }
            Ok(())
        })?;
        Ok(stats)
    }

    /// Removes what the cache wrote and says how much; other files in the folder stay.
    pub fn clear(&self) -> Result<CacheStats, FetchError> {
        let mut removed = CacheStats::default();
        self.each_file(&mut |path, bytes| {
            if is_answer(path) {
                removed.files += 1;
                removed.bytes += bytes;
            } else if !is_unfinished(path) {
                return Ok(());
            }
            fs::remove_file(path)
        })?;
        Ok(removed)
    }

    /// The answer if it is there and no older than that; one that cannot be read counts as absent.
    pub(crate) fn get(&self, path: &EdgarPath, fresh: Option<Duration>, limit: u64) -> Option<Vec<u8>> {
        let stored = self.place(path);
        let file = fs::File::open(&stored).ok()?;
        if let Some(fresh) = fresh {
            let age = file.metadata().ok()?.modified().ok()?.elapsed().ok()?;
            if age > fresh {
                return None;
            }
        }
        match Packing::Zstd.unpack(io::BufReader::new(file), limit) {
            Ok(bytes) => (bytes.len() as u64 <= limit).then_some(bytes),
            Err(error) => {
                tracing::warn!(path = %stored.display(), %error, "damaged cache file is fetched anew");
                None
            }
        }
    }

    pub(crate) fn put(&self, path: &EdgarPath, bytes: &[u8]) -> Result<(), FetchError> {
        let stored = self.place(path);
        let written = compress(bytes).and_then(|packed| write_whole(&stored, &packed));
        written.map_err(|source| FetchError::Cache { path: stored, source })
    }

    fn place(&self, path: &EdgarPath) -> PathBuf {
        self.folder.join(format!("{path}{}", Packing::Zstd.suffix()))
    }

    fn each_file(&self, visit: &mut dyn FnMut(&Path, u64) -> io::Result<()>) -> Result<(), FetchError> {
        for top in TOP_FOLDERS {
            walk(&self.folder.join(top), visit)?;
        }
        Ok(())
    }
}

fn compress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = zstd::Encoder::new(Vec::new(), COMPRESSION_LEVEL)?;
    encoder.include_checksum(true)?;
    io::Write::write_all(&mut encoder, bytes)?;
    encoder.finish()
}

fn is_answer(path: &Path) -> bool {
    !is_unfinished(path) && path.extension().is_some_and(|end| end == "zst")
}

fn is_unfinished(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED))
}

/// Files below a folder; what another process removes meanwhile is passed over.
fn walk(folder: &Path, visit: &mut dyn FnMut(&Path, u64) -> io::Result<()>) -> Result<(), FetchError> {
    let failed = |path: &Path, source| FetchError::Cache { path: path.to_owned(), source };
    let Some(entries) = present(fs::read_dir(folder)).map_err(|error| failed(folder, error))? else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry.map_err(|error| failed(folder, error))?;
        let path = entry.path();
        let Some(about) = present(entry.metadata()).map_err(|error| failed(&path, error))? else { continue };
        if about.is_dir() {
            walk(&path, visit)?;
        } else {
            present(visit(&path, about.len())).map_err(|error| failed(&path, error))?;
        }
    }
    Ok(())
}

fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
