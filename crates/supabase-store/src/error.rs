use std::{error::Error, path::PathBuf};

/// What lies under a [`StoreError`].
pub type Cause = Box<dyn Error + Send + Sync>;

/// Why a store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The id is taken by a job with another body.
    #[error("job `{job_id}` exists with another body")]
    Conflict {
        /// The id in question.
        job_id: String,
    },
    /// Another lease has the job, or it was ended: nothing was written, and the work on it is void.
    #[error("the lease on job `{job_id}` is lost")]
    LeaseLost {
        /// The job in question.
        job_id: String,
    },
    /// There is no job with this id.
    #[error("no such job")]
    NoSuchJob,
    /// The user has no token for it; nothing was written.
    #[error("not enough tokens")]
    InsufficientTokens {
        /// Whose balance is short.
        user_id: String,
    },
    /// Another lease has the delivery, or it ended: nothing was written.
    #[error("the lease on delivery `{delivery_id}` is lost")]
    DeliveryLost {
        /// The delivery in question.
        delivery_id: String,
    },
    /// There is no delivery with this id.
    #[error("no such delivery")]
    NoSuchDelivery,
    /// The id is taken by the report of another job.
    #[error("report `{report_id}` exists already")]
    DuplicateReport {
        /// The id in question.
        report_id: String,
    },
    /// The store is busy, full or out of reach; what was asked has not happened, or may be asked again.
    #[error("the store is not available")]
    Unavailable {
        /// What the engine says.
        source: Cause,
    },
    /// What is stored cannot be read.
    #[error("the stored {what} cannot be read")]
    Corrupt {
        /// What it is, such as `job`.
        what: &'static str,
        /// What is wrong with it.
        source: Cause,
    },
    /// The store does not understand what was asked: a fault of this crate or of a changed database.
    #[error("the store refused the request")]
    Refused {
        /// What the engine says.
        source: Cause,
    },
    /// The key is wrong, expired, or not that of the service.
    #[error("the store does not accept the key")]
    Unauthorized {
        /// What the engine says.
        source: Cause,
    },
    /// The database lacks a function that this version calls.
    #[error("function {name} is missing: run the migrations")]
    MissingFunction {
        /// Its name.
        name: String,
    },
    /// The database lacks a table that this version reads.
    #[error("table {name} is missing: run the migrations")]
    MissingTable {
        /// Its name.
        name: String,
    },
    /// The store cannot be reached with these settings, whatever happens.
    #[error("the settings of the store are wrong: {reason}")]
    Settings {
        /// What is wrong with them; never a secret.
        reason: &'static str,
    },
    /// The database file cannot be opened, created or brought up to date.
    #[error("cannot open the database {}", path.display())]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What stands in the way.
        source: Cause,
    },
    /// A newer version of this program has written the database.
    #[error("the database {} was written by a newer version (schema {found}, known is {known})", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its schema's version.
        found: usize,
        /// The last version that this program knows.
        known: usize,
    },
}

impl StoreError {
    /// Whether to try the same call again soon.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }
}
