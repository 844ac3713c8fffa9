//! The schema, step by step. Steps that were released are never edited; a change is a new one.

use std::ops::Range;

use sqlx::{Connection, SqliteConnection};

/// The step at index n leads to schema version n + 1, which the file keeps as its `user_version`.
const STEPS: [&str; 5] = [
    include_str!("../../migrations/sqlite/0001_jobs_reports_ledger.sql"),
    include_str!("../../migrations/sqlite/0002_edgar_slots.sql"),
    include_str!("../../migrations/sqlite/0003_model_answers.sql"),
    include_str!("../../migrations/sqlite/0004_charges_callbacks_ages.sql"),
    include_str!("../../migrations/sqlite/0005_packed_documents.sql"),
];

/// The schema version that this program knows.
pub(super) const KNOWN: usize = STEPS.len();

/// Brings the schema up to date in one transaction and returns its version; a newer one is left alone.
pub(super) async fn run(connection: &mut SqliteConnection) -> sqlx::Result<usize> {
    let mut write = connection.begin_with("BEGIN IMMEDIATE").await?;
    let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *write).await?;
    let found = usize::try_from(found).unwrap_or(0);
    if found >= KNOWN {
        return Ok(found);
    }
    steps(&mut write, found..KNOWN).await?;
    write.commit().await?;
    tracing::info!(from = found, to = KNOWN, "the database schema was brought up to date");
    Ok(KNOWN)
}

/// Goes from one version to another.
pub(super) async fn steps(connection: &mut SqliteConnection, versions: Range<usize>) -> sqlx::Result<()> {
    for step in &STEPS[versions.clone()] {
        sqlx::raw_sql(*step).execute(&mut *connection).await?;
    }
    // A pragma takes no parameters; the number is ours.
    let note_version = format!("PRAGMA user_version = {}", versions.end);
    sqlx::raw_sql(sqlx::AssertSqlSafe(note_version)).execute(connection).await?;
    Ok(())
}
