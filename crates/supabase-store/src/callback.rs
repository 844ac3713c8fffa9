//! What a callback says, byte for byte: the bytes are signed, so they are composed once and kept.

use serde::Serialize;

use crate::{Job, JobState};

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Completed {
        job_id: &'a str,
        status: JobState,
        report_id: &'a Option<String>,
        refunded: bool,
    },
    Failed {
        job_id: &'a str,
        status: JobState,
        error: &'a Option<String>,
        error_log_id: &'a Option<String>,
        refunded: bool,
    },
}

/// The body for a job that ended.
pub(crate) fn body(job: &Job) -> String {
    let Job { job_id, state: status, report_id, error, error_log_id, refunded, .. } = job;
    let (status, refunded) = (*status, *refunded);
    let body = match status {
        JobState::Completed => Body::Completed { job_id, status, report_id, refunded },
        _ => Body::Failed { job_id, status, error, error_log_id, refunded },
    };
    serde_json::to_string(&body).expect("it is text and flags")
}

/// The delivery of a job that ended; an operator may have let it be tried again after it had ended before, and a
/// receiver would drop an id that it has seen.
pub(crate) fn delivery_id(job: &Job, ended_before: bool) -> String {
    let Job { job_id, leases, .. } = job;
    if ended_before { format!("job_{job_id}_{leases}") } else { format!("job_{job_id}") }
}
