use std::fmt;

use filing_model::Ticker;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A job as the caller asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewJob {
    /// Names the job; asking twice with the same id and body is one job.
    pub job_id: String,
    /// Whose token it costs; without a user nobody is charged and nobody gets a refund.
    pub user_id: Option<String>,
    /// The company to report on.
    pub ticker: Ticker,
    /// Whom to tell when it ends.
    pub callback_url: Option<String>,
    /// Who takes the token from the user. A job that is here already keeps what it began with.
    #[serde(default)]
    pub charge: Charge,
}

/// Who takes the token for a job from its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Charge {
    /// The caller did, before asking for the job; nothing here knows of it.
    #[default]
    Caller,
    /// This store does, in the transaction that takes the job in.
    Worker,
}

impl Charge {
    /// The word that JSON and databases have.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Worker => "worker",
        }
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// It waits for a worker, for the first time or again.
    Queued,
    /// A worker has it, or had it until its lease ended.
    Processing,
    /// Its report is stored.
    Completed,
    /// It ended without a report.
    Failed,
}

impl JobState {
    /// The word that JSON and databases have.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing will happen to the job any more.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Failed)
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is known of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// See [`NewJob::job_id`].
    pub job_id: String,
    /// See [`NewJob::user_id`].
    pub user_id: Option<String>,
    /// See [`NewJob::ticker`].
    pub ticker: Ticker,
    /// See [`NewJob::callback_url`].
    pub callback_url: Option<String>,
    /// See [`NewJob::charge`].
    pub charge: Charge,
    /// Whether the ledger has the charge of this job: the refund of a job that is charged here needs it.
    pub charged: bool,
    /// Where it stands.
    pub state: JobState,
    /// How much of the work is done, 0 to 100; each lease begins at 0.
    pub progress: u8,
    /// What happens now, a few words for the user.
    pub current_step: String,
    /// Attempts that failed; waiting and dead workers are not among them.
    pub attempts: u32,
    /// How often it was leased, for whatever reason.
    pub leases: u32,
    /// Leases that ended without a word: the worker died or was cut off. Such a job may be what kills workers.
    pub lost_leases: u32,
    /// Its report.
    pub report_id: Option<String>,
    /// Why it failed, for the user.
    pub error: Option<String>,
    /// Its entry in the error log.
    pub error_log_id: Option<String>,
    /// Whether the user got the token back.
    pub refunded: bool,
    /// From when its deadline counts: when it was enqueued, or let be tried again by an operator.
    pub queued_at: Timestamp,
    /// When it was enqueued.
    pub created_at: Timestamp,
    /// When anything of this last changed.
    pub updated_at: Timestamp,
    /// When it was completed or failed.
    pub finished_at: Option<Timestamp>,
}

impl Job {
    /// Whether a token may be owed back: there is a user, and the user paid.
    pub(crate) fn is_refundable(&self) -> bool {
        self.user_id.is_some() && (self.charge == Charge::Caller || self.charged)
    }

    /// Whether this is what `asked` asks for, word for word.
    pub(crate) fn answers(&self, asked: &NewJob) -> bool {
        self.user_id == asked.user_id
            && self.ticker == asked.ticker
            && self.callback_url == asked.callback_url
    }
}

/// What became of a job that was enqueued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enqueued {
    /// It is new.
    New(Job),
    /// The same was asked before; this is how it stands.
    Same(Job),
}

impl Enqueued {
    /// The job, new or not.
    pub fn job(&self) -> &Job {
        match self {
            Self::New(job) | Self::Same(job) => job,
        }
    }
}

/// The right to work on a job for a while.
///
/// Past `until` another worker may take the job; until one does, the lease is still good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The job as it was when this lease was given or renewed.
    pub job: Job,
    /// The job's lease by number, from 1: what a worker writes for a job holds only while this is the latest.
    pub attempt: u32,
    /// When the job is free for others.
    pub until: Timestamp,
}
