use std::{
    fs::{self, Metadata},
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{
    FetchError,
    files::UNFINISHED,
    layout::{Kind, TOP_FOLDERS},
};

/// A file that a cache wrote.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) about: Metadata,
    /// `None` for one that is still being written, or was when its process died.
    pub(super) kind: Option<Kind>,
}

impl Found {
    /// Reading sets the time of access, whatever the file system does by itself.
    pub(super) fn last_used(&self) -> SystemTime {
        let written = self.about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        self.about.accessed().map_or(written, |read| read.max(written))
    }

    /// Removes it, and folders that it leaves empty. One that is gone already is no error.
    pub(super) fn remove(&self) -> Result<(), FetchError> {
        present(fs::remove_file(&self.path)).map_err(failed(&self.path))?;
        if self.kind == Some(Kind::Archive) {
            // Those that hold something cannot be removed; filing and company are folders of their own.
            for folder in self.path.ancestors().skip(1).take(2) {
                let _ = fs::remove_dir(folder);
            }
        }
        Ok(())
    }
}

/// All files that a cache wrote into this folder; what another process removes meanwhile is passed over.
pub(super) fn files(folder: &Path) -> Result<Vec<Found>, FetchError> {
    let mut found = Vec::new();
    for (top, kind) in TOP_FOLDERS.into_iter().zip([Kind::Tickers, Kind::Submissions, Kind::Archive]) {
        walk(&folder.join(top), kind, &mut found)?;
    }
    Ok(found)
}

fn walk(folder: &Path, kind: Kind, found: &mut Vec<Found>) -> Result<(), FetchError> {
    let Some(entries) = present(fs::read_dir(folder)).map_err(failed(folder))? else { return Ok(()) };
    for entry in entries {
        let entry = entry.map_err(failed(folder))?;
        let path = entry.path();
        let Some(about) = present(entry.metadata()).map_err(failed(&path))? else { continue };
        if about.is_dir() {
            walk(&path, kind, found)?;
        } else if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED)) {
            found.push(Found { path, about, kind: None });
        } else if path.extension().is_some_and(|end| end == "zst") {
            found.push(Found { path, about, kind: Some(kind) });
        }
    }
    Ok(())
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> FetchError {
    move |source| FetchError::Cache { path: path.to_owned(), source }
}

fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
