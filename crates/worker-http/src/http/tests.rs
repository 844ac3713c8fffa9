#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use supabase_store::Memory;
use tokio::{net::TcpListener, sync::oneshot};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use super::*;
use crate::{
    answers, app,
    config::Variables,
    invented,
    server::{self, Parts},
};

/// A worker in this process, over a store in memory and invented filings.
struct Worker {
    address: String,
    client: Client,
    /// Dropping it stops the worker.
    _stop: oneshot::Sender<()>,
}

impl Worker {
    async fn start(variables: &[(&str, &str)]) -> Self {
        let variables: Variables =
            variables.iter().map(|&(name, value)| (name.into(), value.into())).collect();
        let config = Config::read(&variables).unwrap();
        let parts = Parts {
            store: Arc::new(Memory::new()),
            source: Arc::new(invented::recording()),
            pipeline: app::pipeline(&config.analysis, answers::for_this_run()).unwrap(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or(()) };
            server::serve(listener, parts, &config, stopped).await.unwrap();
        });
        Self { address, client: Client::builder().no_proxy().build().unwrap(), _stop: stop }
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address))
    }

    async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    async fn generate(&self, body: &Value) -> (u16, Value) {
        shown(self.request(Method::POST, "/generate-report").json(body).send().await.unwrap()).await
    }

    /// The status of a job once nothing happens to it any more.
    async fn ended(&self, job_id: &str) -> Value {
        loop {
            let status: Value = self.get(&format!("/jobs/{job_id}/status")).await.json().await.unwrap();
            if matches!(status["status"].as_str(), Some("completed" | "failed")) {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

async fn shown(response: Response) -> (u16, Value) {
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn health_has_the_original_shape() {
    let worker = Worker::start(&[]).await;
    let (status, body) = shown(worker.get("/health").await).await;
    assert_eq!(
        (status, body["status"].as_str(), body["service"].as_str()),
        (200, Some("ok"), Some("worker-http"))
    );
    assert!(body["version"].is_string());
}

#[tokio::test]
async fn from_a_request_to_a_report() {
    let worker = Worker::start(&[]).await;
    let (status, body) =
        worker.generate(&json!({"job_id": "test-123", "user_id": "u", "ticker": "acme"})).await;
    assert_eq!(status, 202);
    insta::assert_snapshot!(body, @r#"{"job_id":"test-123","message":"The report on ACME was queued","status":"queued"}"#);

    let mut status = worker.ended("test-123").await;
    let report_id = status["report_id"].take().as_str().unwrap().to_owned();
    insta::assert_snapshot!(status, @r#"{"current_step":"Completed","progress":100,"report_id":null,"status":"completed","ticker":"ACME"}"#);

    for (path, content_type) in [
        (format!("/reports/{report_id}"), "text/html; charset=utf-8"),
        (format!("/reports/{report_id}.html"), "text/html; charset=utf-8"),
        (format!("/reports/{report_id}.md"), "text/markdown; charset=utf-8"),
        (format!("/reports/{report_id}.json"), "application/json"),
        ("/".to_owned(), "text/html; charset=utf-8"),
    ] {
        let response = worker.get(&path).await;
        assert_eq!(
            (response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()),
            (200, content_type)
        );
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(response.text().await.unwrap().contains("Acme Tools Inc."), "{path}");
    }
}

#[tokio::test]
async fn a_failed_job_says_why() {
    let worker = Worker::start(&[]).await;
    worker.generate(&json!({"job_id": "j", "ticker": "NOPE"})).await;
    let status = worker.ended("j").await;
    insta::assert_snapshot!(status, @r#"{"current_step":"Failed","error":"No company has the ticker NOPE: check it, or type the company's CIK, which those that are no longer listed have too.","progress":0,"status":"failed","ticker":"NOPE"}"#);
}

#[tokio::test]
async fn an_id_is_made_when_none_is_given() {
    let worker = Worker::start(&[]).await;
    let (status, body) = worker.generate(&json!({"ticker": "ACME"})).await;
    assert_eq!(status, 202);
    assert!(body["job_id"].as_str().unwrap().parse::<uuid::Uuid>().is_ok(), "{body}");
}

#[tokio::test]
async fn the_same_again_is_the_same_answer_and_another_body_a_conflict() {
    let worker = Worker::start(&[]).await;
    let first = worker.generate(&json!({"job_id": "j", "ticker": "ACME"})).await;
    worker.ended("j").await;
    assert_eq!(worker.generate(&json!({"job_id": "j", "ticker": "ACME"})).await, first);
    let (status, problem) = worker.generate(&json!({"job_id": "j", "ticker": "SOLO"})).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("conflict")));
}

#[tokio::test]
async fn every_fault_of_a_body_is_told_at_once() {
    let worker = Worker::start(&[]).await;
    let body = json!({"job_id": "no spaces", "user_id": 7, "ticker": "A;B", "callback_url": "http://169.254.169.254/"});
    let (status, problem) = worker.generate(&body).await;
    assert_eq!(status, 400);
    insta::assert_snapshot!(serde_json::to_string_pretty(&problem).unwrap());
}

#[tokio::test]
async fn bodies_that_are_no_requests_are_refused() {
    let worker = Worker::start(&[]).await;
    let long = format!(r#"{{"ticker": "{}"}}"#, "A".repeat(LARGEST_BODY_BYTES));
    for (body, status) in
        [("", 400), ("[]", 400), ("{", 400), ("{}", 400), (r#"{"ticker": null}"#, 400), (&long, 413)]
    {
        let request = worker.request(Method::POST, "/generate-report").body(body.to_owned());
        assert_eq!(request.send().await.unwrap().status().as_u16(), status, "{body:.40}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem() {
    let worker = Worker::start(&[]).await;
    let response = worker.get("/jobs/unknown/status").await;
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let (status, problem) = shown(response).await;
    assert_eq!(status, 404);
    insta::assert_snapshot!(problem, @r#"{"code":"not_found","detail":"Job not found","error":"Job not found","status":404,"title":"Not Found","type":"about:blank"}"#);
    for (method, path, status) in [
        (Method::GET, "/reports/unknown", 404),
        (Method::GET, "/elsewhere", 404),
        (Method::GET, "/generate-report", 405),
    ] {
        let response = worker.request(method, path).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), response.headers()["content-type"].as_bytes()),
            (status, &b"application/problem+json"[..])
        );
    }
}

#[tokio::test]
async fn with_a_secret_only_its_bearers_are_let_in() {
    let worker = Worker::start(&[("WORKER_SECRET", "new-one,old-one")]).await;
    for (path, authorization, status) in [
        ("/health", "", 200),
        ("/", "", 401),
        ("/jobs/x/status", "", 401),
        ("/reports/x", "", 401),
        ("/jobs/x/status", "Bearer wrong", 401),
        ("/jobs/x/status", "Basic new-one", 401),
        ("/jobs/x/status", "Bearer ", 401),
        ("/jobs/x/status", "Bearer new-one", 404),
        ("/jobs/x/status", "bearer old-one", 404),
    ] {
        let request = worker.request(Method::GET, path).header("authorization", authorization);
        assert_eq!(request.send().await.unwrap().status().as_u16(), status, "{path} {authorization}");
    }
}

#[tokio::test]
async fn without_a_secret_other_sites_are_refused() {
    let worker = Worker::start(&[]).await;
    let own = worker.address.clone();
    for (header, value, status) in [
        ("host", "localhost", 200),
        ("host", "[::1]:8000", 200),
        ("host", "evil.example", 403),
        ("host", "127.0.0.1.evil.example", 403),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("origin", own.as_str(), 200),
    ] {
        let request = worker.request(Method::GET, "/").header(header, value);
        assert_eq!(request.send().await.unwrap().status().as_u16(), status, "{header}: {value}");
    }
}

#[tokio::test]
async fn the_caller_is_told() {
    let caller = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&caller).await;
    let worker = Worker::start(&[("CALLBACK_ORIGINS", &caller.uri())]).await;
    let callback_url = format!("{}/done", caller.uri());
    worker
        .generate(&json!({"job_id": "j", "user_id": "u", "ticker": "NOPE", "callback_url": callback_url}))
        .await;
    worker.ended("j").await;
    let requests = loop {
        let requests = caller.received_requests().await.unwrap();
        if !requests.is_empty() {
            break requests;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    let mut body: Value = requests[0].body_json().unwrap();
    assert!(body["error_log_id"].take().is_string());
    insta::assert_snapshot!(body, @r#"{"error":"No company has the ticker NOPE: check it, or type the company's CIK, which those that are no longer listed have too.","error_log_id":null,"job_id":"j","refunded":true,"status":"failed"}"#);
}
