//! Bodies of requests and answers.

use filing_model::Ticker;
use serde::Serialize;
use serde_json::{Map, Value};
use supabase_store::{Charge, Job, JobState, NewJob};
use url::Url;
use uuid::Uuid;

use super::problem::FieldFault;
use crate::config::CallbackConfig;

const LONGEST_ID: usize = 64;

/// A job was accepted.
#[derive(Debug, Serialize)]
pub(super) struct Accepted {
    pub job_id: String,
    pub status: JobState,
    pub message: String,
}

/// How a job stands.
#[derive(Debug, Serialize)]
pub(super) struct JobStatus {
    status: JobState,
    progress: u8,
    current_step: String,
    ticker: Ticker,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl From<Job> for JobStatus {
    fn from(job: Job) -> Self {
        Self {
            status: job.state,
            progress: job.progress,
            current_step: job.current_step,
            ticker: job.ticker,
            report_id: job.report_id,
            error: job.error,
        }
    }
}

/// Reads the body of `POST /generate-report`; an error has every fault.
pub(super) fn new_job(body: &[u8], callback: &CallbackConfig) -> Result<NewJob, Vec<FieldFault>> {
    let Ok(Value::Object(body)) = serde_json::from_slice(body) else {
        return Err(vec![FieldFault { field: "body", detail: "must be a JSON object".into() }]);
    };
    let mut fields = Fields { body, faults: Vec::new() };
    let ticker = fields.required("ticker", |text| text.parse::<Ticker>().map_err(|error| error.to_string()));
    let job_id = fields.optional("job_id", id);
    let user_id = fields.optional("user_id", id);
    let callback_url = fields.optional("callback_url", |text| callback_url(text, callback));
    match ticker {
        Some(ticker) if fields.faults.is_empty() => {
            let job_id = job_id.unwrap_or_else(|| Uuid::new_v4().to_string());
            Ok(NewJob { job_id, user_id, ticker, callback_url, charge: Charge::Caller })
        }
        _ => Err(fields.faults),
    }
}

struct Fields {
    body: Map<String, Value>,
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
}

fn id(text: &str) -> Result<String, String> {
    let fits = (1..=LONGEST_ID).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if fits { Ok(text.to_owned()) } else { Err("must be 1 to 64 letters, digits, - or _".to_owned()) }
}

fn callback_url(text: &str, callback: &CallbackConfig) -> Result<String, String> {
    let url: Url = text.parse().map_err(|_| "must be an address".to_owned())?;
    if callback.allows(&url) {
        Ok(url.into())
    } else {
        Err("its origin is not one that this worker may call (CALLBACK_ORIGINS)".to_owned())
    }
}
