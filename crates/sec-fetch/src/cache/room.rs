use std::{
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use super::walk::{self, Found};
use crate::FetchError;

/// Counting takes longer than writing one answer, so it is done once in so many parts of the limit.
const PARTS: u64 = 20;

/// After removing there is some room, so that the next answer does not remove again.
const FILLED_AFTERWARDS: (u64, u64) = (9, 10);

/// Writing takes less than a second; a file that is unfinished after this belongs to a process that died.
const ABANDONED: Duration = Duration::from_hours(1);

/// Keeps a cache within its limit. What other processes write is noticed with the next count.
#[derive(Debug)]
pub(super) struct Room {
    limit: u64,
    /// Bytes written since the last count; `None` before the first.
    uncounted: Mutex<Option<u64>>,
}

impl Room {
    pub(super) fn new(limit: u64) -> Self {
        Self { limit, uncounted: Mutex::new(None) }
    }

    /// To be told of every file that was written; removes others when it is time.
    pub(super) fn written(&self, folder: &Path, bytes: u64) -> Result<(), FetchError> {
        {
            let mut uncounted = self.uncounted.lock().unwrap_or_else(PoisonError::into_inner);
            match *uncounted {
                Some(before) if before + bytes <= self.limit / PARTS => {
                    *uncounted = Some(before + bytes);
                    return Ok(());
                }
                _ => *uncounted = Some(0),
            }
        }
        let mut files = walk::files(folder)?;
        files.retain(|file| file.kind.is_some() || !has_removed_abandoned(file));
        remove_least_recently_used(files, self.limit)
    }
}

/// A file that cannot be removed now will be some other time.
fn has_removed_abandoned(file: &Found) -> bool {
    let age = file.about.modified().ok().and_then(|written| SystemTime::now().duration_since(written).ok());
    age.is_some_and(|age| age > ABANDONED) && file.remove().is_ok()
}

fn remove_least_recently_used(mut files: Vec<Found>, limit: u64) -> Result<(), FetchError> {
    let mut bytes: u64 = files.iter().map(|file| file.about.len()).sum();
    if bytes <= limit {
        return Ok(());
    }
    files.sort_by_cached_key(Found::last_used);
    let (part, of) = FILLED_AFTERWARDS;
    let mut removed = 0;
    for file in files.iter().filter(|file| file.kind.is_some()) {
        if bytes <= limit / of * part {
            break;
        }
        file.remove()?;
        bytes -= file.about.len();
        removed += 1;
    }
    tracing::info!(removed, bytes, limit, "the least recently used files of the cache made room");
    Ok(())
}
