//! Bodies of requests and answers.

use filing_model::Ticker;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use supabase_store::{Charge, Job, JobState, NewJob};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::problem::FieldFault;
use crate::{callback::Guard, engine::Ids};

const LONGEST_ID: usize = 64;

/// What `POST /generate-report` takes. Unknown members are ignored.
///
/// On Supabase all members are needed and the ids are UUIDs; on the embedded engine only `ticker` is.
#[derive(ToSchema)]
#[expect(dead_code, reason = "read member by member, so that every fault is told at once")]
pub(super) struct ReportRequest {
    /// Names the job; the same again is the same job. One is made when there is none.
    #[schema(nullable, min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9_-]+$", example = "test-123")]
    job_id: Option<String>,
    /// Whose token it costs; without a user nobody is charged.
    #[schema(nullable, min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9_-]+$", example = "user-1")]
    user_id: Option<String>,
    /// The company, by its ticker or its CIK.
    #[schema(
        pattern = r"^\s*([Cc][Ii][Kk][-./ ]*[0-9]{1,10}|[A-Za-z0-9]([-A-Za-z0-9./ ]{0,8}[A-Za-z0-9])?)\s*$",
        example = "AAPL"
    )]
    ticker: String,
    /// Whom to tell when the job ends; the operator decides which origins may be called.
    #[schema(
        nullable,
        format = "uri",
        max_length = 2048,
        example = "https://project.supabase.co/functions/v1/report-callback"
    )]
    callback_url: Option<String>,
}

/// Which job a route is about.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct JobId {
    /// As it was asked for, or as the answer to the request named it
    #[param(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) job_id: String,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// It waits for a worker, for the first time or again.
    Queued,
    /// A worker has it.
    Processing,
    /// Its report is there.
    Completed,
    /// It ended without a report.
    Failed,
}

impl From<JobState> for State {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Queued => Self::Queued,
            JobState::Processing => Self::Processing,
            JobState::Completed => Self::Completed,
            JobState::Failed => Self::Failed,
        }
    }
}

/// A job was accepted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Accepted {
    #[schema(example = "test-123")]
    pub job_id: String,
    /// `queued`, whatever has become of the job since.
    pub status: State,
    #[schema(example = "The report on AAPL was queued")]
    pub message: String,
}

/// How a job stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobStatus {
    status: State,
    /// Percent.
    #[schema(maximum = 100)]
    progress: u8,
    /// What happens now, in a few words.
    #[schema(example = "Comparing Item by Item")]
    current_step: String,
    #[schema(example = "AAPL")]
    ticker: String,
    /// Of a completed job.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<String>,
    /// Of a failed job: why, for its user.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl From<Job> for JobStatus {
    fn from(job: Job) -> Self {
        Self {
            status: job.state.into(),
            progress: job.progress,
            current_step: job.current_step,
            ticker: job.ticker.to_string(),
            report_id: job.report_id,
            error: job.error,
        }
    }
}

/// An event of the stream about a job.
#[derive(ToSchema)]
#[expect(dead_code, reason = "tells programs what the stream is made of")]
pub(super) struct StatusEvent {
    /// The moment of the change: what `Last-Event-ID` takes.
    #[schema(pattern = "^[0-9]+$")]
    id: String,
    #[schema(pattern = "^status$")]
    event: String,
    /// A `JobStatus` as JSON.
    #[schema(content_media_type = "application/json")]
    data: String,
}

/// The latest jobs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JobList {
    pub jobs: Vec<JobLine>,
}

/// A job in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JobLine {
    job_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(flatten)]
    job: JobStatus,
    /// Attempts that failed.
    attempts: u32,
    /// Whether the user got the token back.
    refunded: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    finished_at: Option<Timestamp>,
}

impl From<Job> for JobLine {
    fn from(job: Job) -> Self {
        Self {
            job_id: job.job_id.clone(),
            user_id: job.user_id.clone(),
            attempts: job.attempts,
            refunded: job.refunded,
            created_at: job.created_at,
            updated_at: job.updated_at,
            finished_at: job.finished_at,
            job: job.into(),
        }
    }
}

/// Reads the body of `POST /generate-report`; an error has every fault.
pub(super) fn new_job(
    body: &[u8],
    ids: Ids,
    charge: Charge,
    guard: &Guard,
) -> Result<NewJob, Vec<FieldFault>> {
    let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
        return Err(vec![FieldFault { field: "body", detail: "must be a JSON object".into() }]);
    };
    let mut fields = Fields { body, may_lack: ids == Ids::Words, faults: Vec::new() };
    let ticker = fields.required("ticker", |text| text.parse::<Ticker>().map_err(|error| error.to_string()));
    let job_id = fields.usual("job_id", |text| id(text, ids));
    let user_id = fields.usual("user_id", |text| id(text, ids));
    let callback_url = fields.usual("callback_url", |text| {
        guard.admits(text).map(String::from).map_err(|refusal| refusal.to_string())
    });
    match ticker {
        Some(ticker) if fields.faults.is_empty() => {
            let job_id = job_id.unwrap_or_else(|| Uuid::new_v4().to_string());
            Ok(NewJob { job_id, user_id, ticker, callback_url, charge })
        }
        _ => Err(fields.faults),
    }
}

struct Fields {
    body: Map<String, Value>,
    /// Whether all but the ticker may be absent.
    may_lack: bool,
    faults: Vec<FieldFault>,
}

impl Fields {
    /// The field if it is there and right; `null` counts as absent.
    fn optional<T>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let read = match self.body.get(field)? {
            Value::Null => return None,
            Value::String(text) => read(text),
            _ => Err("must be text".to_owned()),
        };
        read.map_err(|detail| self.faults.push(FieldFault { field, detail })).ok()
    }

    fn required<T>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.body.get(field).is_none_or(Value::is_null) {
            self.faults.push(FieldFault { field, detail: "is missing".into() });
            return None;
        }
        self.optional(field, read)
    }

    /// One that only some engines can do without.
    fn usual<T>(&mut self, field: &'static str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        if self.may_lack { self.optional(field, read) } else { self.required(field, read) }
    }
}

fn id(text: &str, ids: Ids) -> Result<String, String> {
    match ids {
        Ids::Words => word(text),
        // In one spelling, so that the same id is the same job.
        Ids::Uuids => text.parse::<Uuid>().map(|id| id.to_string()).map_err(|_| "must be a UUID".to_owned()),
    }
}

fn word(text: &str) -> Result<String, String> {
    let fits = (1..=LONGEST_ID).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if fits { Ok(text.to_owned()) } else { Err("must be 1 to 64 letters, digits, - or _".to_owned()) }
}
