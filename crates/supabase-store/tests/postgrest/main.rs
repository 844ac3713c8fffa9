//! What PostgREST and whatever stands before it answer, as they word it, and what the client makes of it.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

mod answers;
mod requests;
mod secrets;
mod trouble;

use std::time::Duration;

use supabase_store::{Charge, Lease, NewJob, Supabase, SupabaseConfig};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// Looks like one.
const KEY: &str = "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz";

fn config(url: &str) -> SupabaseConfig {
    let mut config = SupabaseConfig::new(url.parse().unwrap(), KEY.to_owned().into());
    config.retry_pauses = vec![Duration::ZERO; 2];
    config
}

fn client(url: &str) -> Supabase {
    Supabase::connect(config(url)).unwrap()
}

/// A server that gives these answers in their order, and the last one for ever.
async fn server(answers: &[ResponseTemplate]) -> MockServer {
    let server = MockServer::start().await;
    for (index, answer) in answers.iter().enumerate() {
        let times = if index + 1 == answers.len() { u64::MAX } else { 1 };
        Mock::given(any()).respond_with(answer.clone()).up_to_n_times(times).mount(&server).await;
    }
    server
}

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json; charset=utf-8")
}

async fn requests(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

fn new_job() -> NewJob {
    NewJob {
        job_id: "job-1".into(),
        user_id: Some("7d8f5a52-4c0b-4b0e-9a0e-3f1f3c0f6a11".into()),
        ticker: "ACME".parse().unwrap(),
        callback_url: None,
        charge: Charge::Worker,
    }
}

/// A job as `to_jsonb` writes its row.
fn job() -> String {
    r#"{"job_id":"job-1","user_id":null,"ticker":"ACME","callback_url":null,"charge":"caller","charged":false,
        "state":"processing","progress":0,"current_step":"Starting","message_id":7,"worker":"w","leases":1,
        "lost_leases":0,"attempts":0,"available_at":"2026-11-24T11:31:30.5+00:00","settled_by":null,"report_id":null,
        "error":null,"error_log_id":null,"refunded":false,"queued_at":"2026-11-24T11:01:30.123456+00:00",
        "created_at":"2026-11-24T11:01:30.123456+00:00","updated_at":"2026-11-24T11:01:31+00:00","finished_at":null,
        "sequence":1,"a_column_of_a_later_version":[]}"#
        .to_owned()
}

fn lease() -> Lease {
    let job: supabase_store::Job = serde_json::from_str(&job()).unwrap();
    Lease { attempt: 1, until: job.updated_at, job }
}
