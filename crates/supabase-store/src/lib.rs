//! Keeps jobs, reports and the ledger of tokens, so that each truth lands exactly once whatever crashes.
//!
//! A job waits in a [`JobQueue`]; a worker takes it with a [`Lease`], which fences everything it writes for the job.
//! The [`ReportStore`] ends the job: report or error log, refund where one is due, and the job's state, all in one
//! transaction that may be asked for again.
//!
//! ```
//! use supabase_store::{Charge, Enqueued, Failure, JobQueue, JobState, Memory, NewJob, ReportStore};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = Memory::new();
//! let job = NewJob {
//!     job_id: "job-1".into(),
//!     user_id: Some("user-1".into()),
//!     ticker: "ACME".parse()?,
//!     callback_url: None,
//!     charge: Charge::Caller,
//! };
//! assert!(matches!(store.enqueue(&job).await?, Enqueued::New(_)));
//! assert!(matches!(store.enqueue(&job).await?, Enqueued::Same(_)));
//!
//! let lease = store.lease("worker-1", 30).await?.expect("a job waits");
//! let failure = Failure {
//!     error_type: "company_not_found".into(),
//!     message: "no company with ticker `ACME`".into(),
//!     causes: "no company with ticker `ACME`".into(),
//! };
//! let settled = store.fail_report_job(&lease, &failure).await?;
//! assert!(settled.refunded);
//! // Asked again, because the first answer was lost: nothing is paid twice.
//! assert_eq!(store.fail_report_job(&lease, &failure).await?, settled);
//!
//! assert_eq!(store.balance("user-1").await?, 1);
//! assert_eq!(store.job("job-1").await?.expect("it was enqueued").state, JobState::Failed);
//! # Ok(()) }
//! ```
//!
//! [`Memory`] forgets everything at its end; with the feature `sqlite`, `Sqlite` keeps it in one file that several
//! processes of a machine may share. With the feature `supabase`, `Supabase` keeps it in a project on Supabase, for any
//! number of machines; the project needs the migrations in this crate's folder `supabase/migrations` (`docs/SUPABASE.md`):
//!
//! ```no_run
//! # #[cfg(feature = "supabase")]
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use supabase_store::{Supabase, SupabaseConfig};
//!
//! let url = "https://abcdefgh.supabase.co".parse()?;
//! let store = Supabase::connect(SupabaseConfig::new(url, "sb_secret_...".to_owned().into()))?;
//! // Says at once which function is missing, or that the key is refused.
//! store.check().await?;
//! # Ok(()) }
//! ```
//!
//! All of them also keep what language models answered, as [`ModelAnswers`], and the pace at which EDGAR is asked, as
//! [`EdgarSlots`]. For another place, implement the traits.
//! Where to look next: [`Job`] for what is known of a job, [`StoreError`] for what can go wrong.

mod delivery;
mod edgar_slot;
mod job;
mod outcome;

mod counts;
mod queue;
mod reuse;
mod store;

mod answers;
mod deliveries;
mod housekeeping;

mod memory;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "supabase")]
mod supabase;

mod callback;
mod clock;
mod ending;
mod error;
#[cfg(any(feature = "sqlite", feature = "supabase"))]
mod row;

#[cfg(test)]
mod tests;

#[cfg(feature = "sqlite")]
pub use crate::sqlite::Sqlite;
#[cfg(feature = "supabase")]
pub use crate::supabase::{DEFAULT_RETRY_PAUSES, DEFAULT_TIMEOUT, Supabase, SupabaseConfig};
pub use crate::{
    answers::{KeptAnswer, ModelAnswers, ModelBatch, ModelBatches},
    counts::QueueCounts,
    deliveries::Deliveries,
    delivery::{Delivery, DeliveryAttempt, DeliveryHistory, DeliveryOutcome, DeliveryState, Tried},
    edgar_slot::{EdgarSlot, EdgarSlots},
    error::{Cause, StoreError},
    housekeeping::{Erased, Housekeeping, Removed},
    job::{Charge, Enqueued, Job, JobState, Lease, NewJob},
    memory::Memory,
    outcome::{Failure, ReportSummary, Settled},
    queue::JobQueue,
    reuse::ReuseKey,
    store::ReportStore,
};
