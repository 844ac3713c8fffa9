//! Answers of EDGAR on disk.

mod entry;
mod room;
mod spool;
mod walk;

use std::{
    fs, io,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

use jiff::Timestamp;

pub(crate) use self::entry::{Packed, Packer, Validators};
use self::room::Room;
use crate::{
    FetchError,
    files::{Packing, write_with},
    layout::{EdgarPath, Kind},
};

/// A thousand reports and more; `CACHE_MAX_MB` of the worker.
pub const DEFAULT_CACHE_LIMIT_BYTES: u64 = 1_000_000_000;

/// Answers of EDGAR kept on disk in its own layout, each file compressed (`.zst`) with a checksum.
///
/// Safe for several processes on one folder: files appear whole or not at all, and one that is removed while it is
/// read is read to its end. Beyond the limit the least recently used files go.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    room: Arc<Room>,
}

/// What a cache holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheStats {
    /// Files of filings: documents, exhibits, index pages.
    pub documents: Amount,
    /// Lists of filings, and the list of tickers.
    pub lists: Amount,
    /// When EDGAR last said that the list of tickers is so.
    pub tickers_read_at: Option<Timestamp>,
}

/// A number of files and their size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Number of files.
    pub files: u64,
    /// Their size on disk in bytes.
    pub bytes: u64,
}

impl CacheStats {
    /// All of it.
    pub fn total(&self) -> Amount {
        Amount {
            files: self.documents.files + self.lists.files,
            bytes: self.documents.bytes + self.lists.bytes,
        }
    }

    fn count(&mut self, kind: Kind, bytes: u64) {
        let amount = if kind == Kind::Archive { &mut self.documents } else { &mut self.lists };
        amount.files += 1;
        amount.bytes += bytes;
    }
}

/// An answer found in the cache.
pub(crate) struct Stored {
    pub(crate) bytes: Vec<u8>,
    pub(crate) age: Duration,
    pub(crate) validators: Validators,
}

impl Cache {
    /// The folder need not exist yet. The limit is [`DEFAULT_CACHE_LIMIT_BYTES`].
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self::with_limit(dir, DEFAULT_CACHE_LIMIT_BYTES)
    }

    /// With another limit. It is kept to within a twentieth for each process that writes.
    pub fn with_limit(dir: impl Into<PathBuf>, limit_bytes: u64) -> Self {
        Self { folder: dir.into(), room: Arc::new(Room::new(limit_bytes)) }
    }

    /// Counts what is there; a folder that does not exist holds nothing.
    pub fn stats(&self) -> Result<CacheStats, FetchError> {
        let mut stats = CacheStats { tickers_read_at: self.tickers_read_at(), ..CacheStats::default() };
        for file in walk::files(&self.folder)? {
            if let Some(kind) = file.kind {
                stats.count(kind, file.about.len());
            }
        }
        Ok(stats)
    }

    /// When EDGAR last said that the list of tickers is so; `None` when it is not in the cache.
    pub fn tickers_read_at(&self) -> Option<Timestamp> {
        fs::metadata(self.place(&EdgarPath::tickers())).ok()?.modified().ok()?.try_into().ok()
    }

    /// Removes what the cache wrote and says how much; other files in the folder stay.
    pub fn clear(&self) -> Result<CacheStats, FetchError> {
        let mut removed = CacheStats { tickers_read_at: self.tickers_read_at(), ..CacheStats::default() };
        for file in walk::files(&self.folder)? {
            file.remove()?;
            if let Some(kind) = file.kind {
                removed.count(kind, file.about.len());
            }
        }
        Ok(removed)
    }

    /// The answer, if it is there and whole; one that is damaged counts as absent.
    pub(crate) fn get(&self, path: &EdgarPath, limit: u64) -> Option<Stored> {
        let place = self.place(path);
        let file = fs::File::open(&place).ok()?;
        // In the future when the clock was set back: then it is time to ask anew.
        let written = file.metadata().ok()?.modified().ok()?;
        let age = SystemTime::now().duration_since(written).unwrap_or(Duration::MAX);
        match entry::read(io::BufReader::new(&file), limit) {
            Ok((note, bytes)) => {
                // Where this is not allowed, files go by the time they were written.
                let _ = file.set_times(fs::FileTimes::new().set_accessed(SystemTime::now()));
                Some(Stored { bytes, age, validators: note.validators })
            }
            Err(error) => {
                tracing::warn!(path = %place.display(), %error, "damaged cache file counts as absent");
                None
            }
        }
    }

    pub(crate) fn put(
        &self,
        path: &EdgarPath,
        packed: &Packed,
        validators: &Validators,
    ) -> Result<(), FetchError> {
        let place = self.place(path);
        let failed = |source| FetchError::Cache { path: place.clone(), source };
        let mut length = 0;
        let written = write_with(&place, &mut |file| {
            length = packed.write_to(file, validators)?;
            Ok(())
        });
        written.map_err(failed)?;
        self.room.written(&self.folder, length)
    }

    /// EDGAR says that the answer is still the same.
    pub(crate) fn confirm(&self, path: &EdgarPath) -> io::Result<()> {
        let now = fs::FileTimes::new().set_modified(SystemTime::now()).set_accessed(SystemTime::now());
        fs::File::options().append(true).open(self.place(path))?.set_times(now)
    }

    fn place(&self, path: &EdgarPath) -> PathBuf {
        self.folder.join(format!("{path}{}", Packing::Zstd.suffix()))
    }
}
