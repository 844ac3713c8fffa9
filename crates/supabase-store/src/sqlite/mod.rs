//! The embedded engine: one file that several processes of a machine may share.

mod answers;
mod batches;
mod deliveries;
mod edgar_slots;
mod housekeeping;
mod queue;
mod reports;

mod checkpoint;
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

use self::{checkpoint::Checkpoints, error::database, intake::Intake};
use crate::{StoreError, clock::Clock};

/// Keeps jobs, reports, ledger, callbacks and answers of models in one file.
///
/// What a call returned is on disk. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Sqlite {
    /// One connection: writers of this process queue up fairly instead of polling for the file's lock.
    writer: SqlitePool,
    readers: SqlitePool,
    clock: Clock,
    intake: Intake,
    checkpoints: Checkpoints,
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
        Ok(Self { writer, readers, clock, intake, checkpoints })
    }

    /// Waits for what is under way and closes the file. Later calls fail.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Begins to write. The clock is to be read after it: waiting for one's turn may take a while.
    async fn write(&self) -> Result<Write, StoreError> {
        self.checkpoint_now_and_then();
        self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(database)
    }
}

async fn commit(write: Write) -> Result<(), StoreError> {
    write.commit().await.map_err(database)
}
