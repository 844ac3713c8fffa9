#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use standardwebhooks::Webhook;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use super::*;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const AT_ONCE: &[Duration] = &[Duration::ZERO, Duration::ZERO];

fn callbacks(origin: &str) -> Callbacks {
    let origins = vec![Url::parse(origin).unwrap().origin()];
    let signer = Some(Arc::new(Webhook::new(SECRET).unwrap()));
    Callbacks::new(CallbackConfig { origins, signer }, AT_ONCE).unwrap()
}

fn outcome() -> Outcome {
    let settled = Settled { report_id: Some("r-1".into()), error_log_id: None, refunded: false };
    Outcome::completed("test-123", &settled)
}

/// Sends one outcome to a server that answers so, and returns what the server saw.
async fn requests(answers: &[ResponseTemplate], allowed: Option<&str>) -> Vec<wiremock::Request> {
    let server = MockServer::start().await;
    for (index, answer) in answers.iter().enumerate() {
        let times = if index + 1 == answers.len() { u64::MAX } else { 1 };
        Mock::given(method("POST")).respond_with(answer.clone()).up_to_n_times(times).mount(&server).await;
    }
    let callbacks = callbacks(allowed.unwrap_or(&server.uri()));
    callbacks.send(&format!("{}/done", server.uri()), outcome());
    callbacks.finish(TIMEOUT).await;
    server.received_requests().await.unwrap()
}

#[tokio::test]
async fn the_body_is_flat_and_signed() {
    let seen = requests(&[ResponseTemplate::new(204)], None).await;
    let [request] = seen.as_slice() else { panic!("{} requests", seen.len()) };
    let body = String::from_utf8(request.body.clone()).unwrap();
    insta::assert_snapshot!(body, @r#"{"job_id":"test-123","status":"completed","report_id":"r-1","refunded":false}"#);
    Webhook::new(SECRET).unwrap().verify(&request.body, &request.headers).unwrap();
}

#[tokio::test]
async fn a_failed_delivery_is_repeated_under_the_same_id() {
    let seen = requests(&[ResponseTemplate::new(500), ResponseTemplate::new(200)], None).await;
    let ids: Vec<_> = seen.iter().map(|request| request.headers["webhook-id"].to_str().unwrap()).collect();
    assert_eq!(ids, ["job_test-123", "job_test-123"]);
}

#[tokio::test]
async fn tries_end() {
    assert_eq!(requests(&[ResponseTemplate::new(503)], None).await.len(), 1 + AT_ONCE.len());
    assert_eq!(requests(&[ResponseTemplate::new(410)], None).await.len(), 1);
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_not_followed() {
    let elsewhere = MockServer::start().await;
    let answer = ResponseTemplate::new(307).insert_header("location", elsewhere.uri());
    assert_eq!(requests(&[answer], None).await.len(), 1 + AT_ONCE.len());
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_origin_that_is_not_listed_is_not_called() {
    assert!(requests(&[ResponseTemplate::new(200)], Some("https://project.supabase.co")).await.is_empty());
}
