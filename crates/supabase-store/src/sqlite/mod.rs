//! The embedded engine: one file that several processes of a machine may share.

mod answers;
mod batches;
mod deliveries;
mod edgar_slots;
mod housekeeping;
mod queue;
mod reports;

mod checkpoint;
mod document;
mod ending;
mod error;
mod intake;
mod ledger;
mod migrations;
mod open;
mod report_row;
mod rows;
#[cfg(test)]
mod tests;

use std::path::Path;

use sqlx::SqlitePool;
use tokio::runtime::Handle;

use self::{checkpoint::Checkpoints, error::database, intake::Intake};
use crate::{StoreError, clock::Clock};

/// Keeps jobs, reports, ledger, callbacks and answers of models in one file.
///
/// What a call returned is on disk, but for leases, their renewal, progress, slots and what went by age: a power cut ends
/// all who could hold a lease, and a job begins again where it was accepted (a lease that went with the power is none that
/// was lost with a worker). Clones share the connections, and the runtime on which the file was opened: what a job reads
/// and writes is done there, so it must live, and be driven, as long as they do.
#[derive(Debug, Clone)]
pub struct Sqlite {
    /// One connection: writers of this process queue up fairly instead of polling for the file's lock.
    writer: SqlitePool,
    readers: SqlitePool,
    clock: Clock,
    intake: Intake,
    checkpoints: Checkpoints,
    /// Where it was opened.
    home: Handle,
}

/// A transaction that holds the right to write from its start, so that what it reads stays true until it commits.
type Write = sqlx::Transaction<'static, sqlx::Sqlite>;

impl Sqlite {
    /// Opens the file, creates it and its folder when absent, and brings its schema up to date.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::with_clock(path, Clock::default()).await
    }

    pub(crate) async fn with_clock(path: impl AsRef<Path>, clock: Clock) -> Result<Self, StoreError> {
        let (writer, readers) = open::pools(path.as_ref()).await?;
        let (intake, checkpoints) = (Intake::default(), Checkpoints::default());
        Ok(Self { writer, readers, clock, intake, checkpoints, home: Handle::current() })
    }

    /// Waits for what is under way and closes the file. Later calls fail.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Works where the store was opened. Whoever asks may be on threads that make way for others: all who write would wait
    /// until they have their turn, and a connection that is opened there runs on such a thread for ever.
    async fn at_home<T, F>(&self, work: impl FnOnce(Self) -> F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let written = self.home.spawn(work(self.clone())).await;
        written.map_err(|gone| StoreError::Unavailable { source: gone.into() })?
    }

    /// Begins to write. The clock is to be read after it: waiting for one's turn may take a while.
    async fn write(&self) -> Result<Write, StoreError> {
        self.begin("PRAGMA synchronous = FULL; BEGIN IMMEDIATE").await
    }

    /// Begins to write what may be forgotten in a power cut, and only there: the commit does not wait for the disk.
    async fn write_unsynced(&self) -> Result<Write, StoreError> {
        self.begin("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE").await
    }

    async fn begin(&self, statements: &'static str) -> Result<Write, StoreError> {
        self.checkpoint_now_and_then();
        self.writer.begin_with(statements).await.map_err(database)
    }
}

async fn commit(write: Write) -> Result<(), StoreError> {
    write.commit().await.map_err(database)
}
