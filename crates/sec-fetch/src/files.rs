//! The one thing in which sources differ: how a file in EDGAR's layout is read.

use std::io::{self, Read};
#[cfg(feature = "edgar")]
use std::{fs, io::Write, path::Path};

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{FetchError, layout::EdgarPath};

/// Reads files by their place in EDGAR's layout.
#[async_trait]
pub(crate) trait Files: Send + Sync {
    /// The file, never compressed.
    async fn read(&self, path: &EdgarPath) -> Result<Vec<u8>, FetchError>;

    /// The file's address or path, for messages.
    fn name_of(&self, path: &EdgarPath) -> String;

    /// When the list of tickers was read from EDGAR, if that is known.
    fn tickers_read_at(&self) -> Option<Timestamp> {
        None
    }
}

/// How a stored file is compressed, told by the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Zstd,
    Gzip,
}

impl Packing {
    pub(crate) const ALL: [Self; 3] = [Self::Plain, Self::Zstd, Self::Gzip];

    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Zstd => ".zst",
            Self::Gzip => ".gz",
        }
    }

    /// The content of at most `limit` bytes; one byte more tells that there is more.
    pub(crate) fn unpack(self, stored: impl Read, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = limit.saturating_add(1);
        match self {
            Self::Plain => stored.take(most).read_to_end(&mut bytes)?,
            Self::Zstd => zstd::Decoder::new(stored)?.take(most).read_to_end(&mut bytes)?,
            Self::Gzip => flate2::read::MultiGzDecoder::new(stored).take(most).read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    }
}

/// What marks a file that is still being written; a process that dies leaves it behind.
#[cfg(feature = "edgar")]
pub(crate) const UNFINISHED: &str = ".unfinished-";

/// Writes a file so that it is there whole or not at all, also when the process dies meanwhile or another writes it too.
#[cfg(feature = "edgar")]
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with(path, &mut |file| file.write_all(bytes))
}

/// As above, with whatever `fill` writes; it may be called twice.
#[cfg(feature = "edgar")]
pub(crate) fn write_with(path: &Path, fill: Fill<'_>) -> io::Result<()> {
    match write_once(path, fill) {
        // Another process may have removed the folder while it was empty.
        Err(error) if error.kind() == io::ErrorKind::NotFound => write_once(path, fill),
        written => written,
    }
}

#[cfg(feature = "edgar")]
type Fill<'a> = &'a mut dyn FnMut(&mut fs::File) -> io::Result<()>;

#[cfg(feature = "edgar")]
fn write_once(path: &Path, fill: Fill<'_>) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let mut named = tempfile::Builder::new();
    named.prefix(UNFINISHED);
    // Temporary files are private; these are to be as readable as any other file.
    #[cfg(unix)]
    named.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut unfinished = named.tempfile_in(folder)?;
    fill(unfinished.as_file_mut())?;
    unfinished.as_file().sync_all()?;
    unfinished.persist(path).map_err(|unsaved| unsaved.error)?;
    // The name is on disk once the folder is; elsewhere folders cannot be opened.
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}
