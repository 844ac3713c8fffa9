use crate::StoreError;

/// The engine's primary result codes (<https://www.sqlite.org/rescode.html>) that pass with time or an operator's help.
const BUSY: u32 = 5;
const LOCKED: u32 = 6;
const OUT_OF_REACH: [u32; 6] =
    [BUSY, LOCKED, 8 /* read-only */, 10 /* I/O */, 13 /* full */, 14 /* cannot open */];
/// Damaged, or not a database.
const DAMAGED: [u32; 2] = [11, 26];

/// What an error of the engine means to a caller.
pub(super) fn database(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => StoreError::Unavailable { source: error.into() },
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
            StoreError::Corrupt { what: "row", source: error.into() }
        }
        _ => match primary_code(&error) {
            Some(code) if OUT_OF_REACH.contains(&code) => StoreError::Unavailable { source: error.into() },
            Some(code) if DAMAGED.contains(&code) => {
                StoreError::Corrupt { what: "database file", source: error.into() }
            }
            _ => StoreError::Refused { source: error.into() },
        },
    }
}

/// Whether another connection was in the way.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    matches!(primary_code(error), Some(BUSY | LOCKED))
}

/// The low byte of an extended result code is the primary one.
fn primary_code(error: &sqlx::Error) -> Option<u32> {
    let extended: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xff)
}
