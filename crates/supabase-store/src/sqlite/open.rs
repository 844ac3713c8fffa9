use std::{path::Path, time::Duration};

use sqlx::{
    ConnectOptions, Connection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{error::is_busy, migrations};
use crate::{Cause, StoreError};

/// How long a writer waits for one of another process; writes take milliseconds.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Reads are short and never wait for writers; more connections would only cost memory.
const READERS: u32 = 4;

/// Switching a new file to WAL does not heed the busy timeout, so a lost race is tried again.
const OPEN_TRIES: u32 = 100;
const OPEN_PAUSE: Duration = Duration::from_millis(50);

/// The connections that write (one) and read.
pub(super) async fn pools(path: &Path) -> Result<(SqlitePool, SqlitePool), StoreError> {
    let cannot_open = |source: Cause| StoreError::CannotOpen { path: path.to_owned(), source };
    let file = std::path::absolute(path).map_err(|error| cannot_open(error.into()))?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(|error| cannot_open(error.into()))?;
    }
    let options = SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // Unless a transaction says otherwise, a commit is on disk when it returns: an accepted job survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        // Beside the writers, see `checkpoint.rs`; a log of 40 MB is copied by whoever comes upon it.
        .pragma("wal_autocheckpoint", "10000");
    prepare(&options, path).await?;
    // Connections are kept: only the one that wrote a report has a large cache, and opening costs more than holding.
    let pool = || SqlitePoolOptions::new().idle_timeout(None).max_lifetime(None);
    let writer = pool().max_connections(1).connect_lazy_with(options.clone());
    let readers = pool().max_connections(READERS).connect_lazy_with(options.create_if_missing(false));
    Ok((writer, readers))
}

/// Brings a file into shape that other processes may be opening at the same time.
async fn prepare(options: &SqliteConnectOptions, path: &Path) -> Result<(), StoreError> {
    let cannot_open =
        |error: sqlx::Error| StoreError::CannotOpen { path: path.to_owned(), source: error.into() };
    // A table that is made anew is dropped under its old name first, which must not take others with it.
    let options = options.clone().journal_mode(SqliteJournalMode::Wal).foreign_keys(false);
    let mut tries = 1;
    let mut connection = loop {
        match options.connect().await {
            Err(error) if is_busy(&error) && tries < OPEN_TRIES => tries += 1,
            connected => break connected.map_err(cannot_open)?,
        }
        tokio::time::sleep(OPEN_PAUSE).await;
    };
    let found = migrations::run(&mut connection).await.map_err(cannot_open)?;
    if found > migrations::KNOWN {
        return Err(StoreError::TooNew { path: path.to_owned(), found, known: migrations::KNOWN });
    }
    connection.close().await.map_err(cannot_open)
}
