#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::Duration;

use async_trait::async_trait;
use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};
use reqwest::{Client, Method, Response};
use sec_fetch::{FetchError, FilingSource, Recording};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::oneshot};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use super::{router::LARGEST_BODY_BYTES, *};
use crate::{
    answers, app,
    config::Variables,
    engine::Engine,
    invented,
    server::{self, Parts},
    source::Source,
};

/// Invented filings, and a company whose filings never come.
struct Invented(Recording);

#[async_trait]
impl FilingSource for Invented {
    async fn resolve(&self, ticker: &Ticker) -> Result<Company, FetchError> {
        if ticker.as_str() == "HANG" { std::future::pending().await } else { self.0.resolve(ticker).await }
    }

    async fn filings(&self, cik: Cik) -> Result<Vec<Filing>, FetchError> {
        self.0.filings(cik).await
    }

    async fn document(&self, filing: &Filing) -> Result<Document, FetchError> {
        self.0.document(filing).await
    }

    async fn exhibits(&self, filing: &Filing, kind: &str) -> Result<Vec<Exhibit>, FetchError> {
        self.0.exhibits(filing, kind).await
    }
}

/// A worker in this process, over a store in memory and invented filings.
pub(crate) struct Worker {
    pub address: String,
    client: Client,
    /// Dropping it stops the worker.
    stop: Option<oneshot::Sender<()>>,
}

impl Worker {
    pub(crate) async fn start(variables: &[(&str, &str)]) -> Self {
        Self::over(Engine::in_memory().0, variables).await
    }

    pub(crate) async fn over(engine: Engine, variables: &[(&str, &str)]) -> Self {
        let variables: Variables =
            variables.iter().map(|&(name, value)| (name.into(), value.into())).collect();
        let config = Config::read(&variables).unwrap();
        let parts = Parts {
            engine,
            source: Source::at_hand(Invented(invented::recording())),
            pipeline: app::pipeline(&config.analysis, answers::for_this_run()).unwrap(),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let stopped = async { stopped.await.unwrap_or(()) };
            server::serve(listener, parts, &config, stopped).await.unwrap();
        });
        Self { address, client: Client::builder().no_proxy().build().unwrap(), stop: Some(stop) }
    }

    fn stop(&mut self) {
        self.stop = None;
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.address))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    pub(crate) async fn generate(&self, body: &Value) -> (u16, Value) {
        shown(self.request(Method::POST, "/generate-report").json(body).send().await.unwrap()).await
    }

    /// The status of a job once nothing happens to it any more.
    pub(crate) async fn ended(&self, job_id: &str) -> Value {
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
        (format!("/reports/{report_id}.csv"), "text/csv; charset=utf-8"),
        (format!("/reports/{report_id}.similarities.csv"), "text/csv; charset=utf-8"),
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

#[tokio::test]
async fn what_is_running_can_be_cancelled_and_listed() {
    let worker = Worker::start(&[]).await;
    worker.generate(&json!({"job_id": "j", "user_id": "u", "ticker": "NOPE"})).await;
    worker.ended("j").await;
    let (status, job) = shown(worker.request(Method::DELETE, "/jobs/j").send().await.unwrap()).await;
    assert_eq!((status, job["status"].as_str()), (200, Some("failed")), "one that ended is left as it is");
    let (status, _) = shown(worker.request(Method::DELETE, "/jobs/none").send().await.unwrap()).await;
    assert_eq!(status, 404);

    let (status, list) = shown(worker.get("/jobs?limit=1").await).await;
    assert_eq!((status, list["jobs"][0]["job_id"].as_str()), (200, Some("j")));
    assert_eq!((&list["jobs"][0]["refunded"], &list["jobs"][0]["attempts"]), (&json!(true), &json!(1)));
    for wrong in ["0", "501", "x", "-1"] {
        let (status, problem) = shown(worker.get(&format!("/jobs?limit={wrong}")).await).await;
        assert_eq!((status, problem["code"].as_str()), (400, Some("validation_error")), "{wrong}");
    }
}

#[tokio::test]
async fn events_tell_how_a_job_goes_on_and_end_with_it() {
    let worker = Worker::start(&[]).await;
    worker.generate(&json!({"job_id": "j", "ticker": "ACME"})).await;
    let response = worker.get("/jobs/j/events").await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let told = response.text().await.unwrap();
    let last = told.trim().rsplit("\n\n").next().unwrap();
    assert!(
        last.contains("event: status") && last.contains(r#""status":"completed","progress":100"#),
        "{told}"
    );

    // Whoever has seen the end is told nothing more.
    let id = last.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
    let again = worker.request(Method::GET, "/jobs/j/events").header("last-event-id", id);
    assert_eq!(again.send().await.unwrap().text().await.unwrap(), "");
    assert_eq!(worker.get("/jobs/none/events").await.status().as_u16(), 404);
}

#[tokio::test]
async fn a_full_queue_and_a_hasty_user_are_told_when_to_come_back() {
    let worker = Worker::start(&[("QUEUE_LIMIT", "1"), ("WORKER_THREADS", "1")]).await;
    let refused = loop {
        let request = worker.request(Method::POST, "/generate-report").json(&json!({"ticker": "ACME"}));
        let response = request.send().await.unwrap();
        if response.status().as_u16() != 202 {
            break response;
        }
    };
    assert!(refused.headers().contains_key("retry-after"));
    let (status, problem) = shown(refused).await;
    assert_eq!((status, problem["code"].as_str()), (429, Some("queue_full")));

    let worker = Worker::start(&[("USER_LIMIT_PER_MINUTE", "2")]).await;
    let ask = async |job_id: &str| {
        worker.generate(&json!({"job_id": job_id, "user_id": "u", "ticker": "ACME"})).await
    };
    assert_eq!((ask("1").await.0, ask("2").await.0), (202, 202));
    let (status, problem) = ask("3").await;
    assert_eq!((status, problem["code"].as_str()), (429, Some("rate_limited")));
    assert_eq!(ask("1").await.0, 202, "what is known is no new job");
}

#[tokio::test]
async fn a_user_without_tokens_is_told_so_where_the_worker_charges() {
    let worker = Worker::start(&[("CHARGE", "worker")]).await;
    let (status, problem) = worker.generate(&json!({"user_id": "u", "ticker": "ACME"})).await;
    assert_eq!((status, problem["code"].as_str()), (402, Some("insufficient_tokens")));
    let (status, _) = worker.generate(&json!({"ticker": "ACME"})).await;
    assert_eq!(status, 202, "without a user nobody is charged");
}

#[tokio::test]
async fn a_signed_request_needs_no_bearer_and_opens_nothing_else() {
    let worker = Worker::start(&[("WORKER_SECRET", "a-secret")]).await;
    let signer = standardwebhooks::Webhook::from_bytes(b"a-secret".to_vec()).unwrap();
    let now = jiff::Timestamp::now().as_second();
    let send = async |method: Method, path: &str, body: &str, signed: &str, at: i64| {
        let request = worker
            .request(method, path)
            .header("webhook-id", "m1")
            .header("webhook-timestamp", at)
            .header("webhook-signature", signer.sign("m1", at, signed.as_bytes()).unwrap())
            .body(body.to_owned());
        request.send().await.unwrap().status().as_u16()
    };
    let body = r#"{"ticker":"ACME"}"#;
    assert_eq!(send(Method::POST, "/generate-report", body, body, now).await, 202);
    assert_eq!(send(Method::POST, "/generate-report", body, "{}", now).await, 401, "another body");
    assert_eq!(send(Method::POST, "/generate-report", body, body, now - 600).await, 401, "an old one");
    assert_eq!(send(Method::GET, "/jobs", "", "", now).await, 401);
}

#[tokio::test]
async fn a_link_opens_one_report_without_a_secret() {
    let worker = Worker::start(&[("WORKER_SECRET", "a-secret")]).await;
    let ask = |method, path: &str| worker.request(method, path).bearer_auth("a-secret");
    let asked = ask(Method::POST, "/generate-report").json(&json!({"job_id": "j", "ticker": "ACME"}));
    assert_eq!(asked.send().await.unwrap().status().as_u16(), 202);
    let report_id = loop {
        let status: Value = ask(Method::GET, "/jobs/j/status").send().await.unwrap().json().await.unwrap();
        if let Some(report_id) = status["report_id"].as_str() {
            break report_id.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    };
    let link = Links::new(&["a-secret".into()]).to(&report_id, jiff::Timestamp::now()).unwrap();
    assert_eq!(worker.get(&link).await.status().as_u16(), 200);
    assert_eq!(worker.get(&link.replace(&report_id, "other")).await.status().as_u16(), 401);
    assert_eq!(worker.get(&format!("/reports/{report_id}")).await.status().as_u16(), 401);
}

#[tokio::test]
async fn whoever_only_tries_wrong_secrets_is_no_longer_listened_to() {
    let worker = Worker::start(&[("WORKER_SECRET", "a-secret")]).await;
    let wrong = || worker.request(Method::GET, "/jobs").bearer_auth("guess").send();
    let mut tries = 0;
    while wrong().await.unwrap().status().as_u16() == 401 {
        tries += 1;
    }
    assert_eq!(tries, 19);
    let right = worker.request(Method::GET, "/jobs").bearer_auth("a-secret").send().await.unwrap();
    assert_eq!((right.status().as_u16(), right.headers().contains_key("retry-after")), (429, true));
}

#[tokio::test]
async fn metrics_are_open_only_where_the_settings_say_so() {
    crate::telemetry::metrics::start();
    let guarded = Worker::start(&[("WORKER_SECRET", "s")]).await;
    assert_eq!(guarded.get("/metrics").await.status().as_u16(), 401);
    let open = Worker::start(&[("WORKER_SECRET", "s"), ("METRICS_OPEN", "on")]).await;
    let text = open.get("/metrics").await.text().await.unwrap();
    assert!(text.contains("worker_queue_jobs{state=\"waiting\"} 0"), "{text}");
    assert_eq!(open.get("/jobs").await.status().as_u16(), 401);
}

#[tokio::test]
async fn the_document_has_every_route_and_its_page_needs_no_network() {
    let worker = Worker::start(&[]).await;
    let document: Value = worker.get("/openapi.json").await.json().await.unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut routes: Vec<_> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{method} {path}"))
        })
        .collect();
    routes.sort();
    insta::assert_snapshot!(routes.join("\n"), @r"
    delete /jobs/{job_id}
    get /health
    get /jobs
    get /jobs/{job_id}/events
    get /jobs/{job_id}/status
    get /metrics
    get /ready
    get /reports/{report_id}
    post /generate-report
    ");
    let page = worker.get("/docs/").await.text().await.unwrap();
    assert!(page.contains("swagger-ui") && !page.contains("https://"), "{page}");
}

#[tokio::test]
async fn every_answer_has_an_id_and_an_error_its_shape() {
    let worker = Worker::start(&[]).await;
    let own = worker.request(Method::GET, "/health").header("x-request-id", "mine").send().await.unwrap();
    assert_eq!(own.headers()["x-request-id"], "mine");
    assert!(worker.get("/health").await.headers().contains_key("x-request-id"));
    for path in ["/jobs/%FF/status", "/jobs?limit=%FF", "/reports/%00"] {
        let response = worker.get(path).await;
        assert!(response.status().is_client_error(), "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn a_worker_that_drains_still_answers_and_takes_nothing_in() {
    let mut worker = Worker::start(&[("SHUTDOWN_GRACE_SECONDS", "5")]).await;
    assert_eq!(worker.get("/ready").await.status().as_u16(), 200);
    // Its company's filings never come, so it runs until the grace ends.
    worker.generate(&json!({"job_id": "j", "ticker": "HANG"})).await;
    while worker.get("/jobs/j/status").await.json::<Value>().await.unwrap()["status"] != "processing" {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    worker.stop();
    while worker.get("/ready").await.status().as_u16() == 200 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (status, problem) = worker.generate(&json!({"ticker": "ACME"})).await;
    assert_eq!((status, problem["code"].as_str()), (503, Some("draining")));
    assert_eq!(worker.get("/jobs/j/status").await.status().as_u16(), 200);
}

/// Railway's check comes under a name of its own, which is no loopback name.
#[tokio::test]
async fn whether_it_is_up_is_told_to_every_host() {
    for variables in [&[][..], &[("WORKER_SECRET", "s")]] {
        let worker = Worker::start(variables).await;
        for path in ["/health", "/ready"] {
            let request = worker.request(Method::GET, path).header("host", "healthcheck.railway.app");
            assert_eq!(request.send().await.unwrap().status(), 200, "{path}");
        }
    }
}

#[tokio::test]
async fn the_document_asks_for_a_secret_where_the_worker_does() {
    for (variables, security) in
        [(&[][..], Value::Null), (&[("WORKER_SECRET", "s")], json!([{"bearer": []}]))]
    {
        let worker = Worker::start(variables).await;
        let request = worker.request(Method::GET, "/openapi.json").bearer_auth("s");
        let document: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(document["security"], security);
    }
}

#[test]
fn every_operation_tells_what_it_answers_and_why() {
    let document: Value = serde_json::to_value(openapi_document()).unwrap();
    let methods = document["paths"].as_object().unwrap().iter().flat_map(|(path, methods)| {
        methods
            .as_object()
            .unwrap()
            .iter()
            .map(move |(method, operation)| (format!("{method} {path}"), operation))
    });
    for (name, operation) in methods {
        let responses = operation["responses"].as_object().unwrap();
        for (status, response) in responses {
            let told = response["$ref"].as_str().and_then(|pointer| document.pointer(&pointer[1..]));
            let described = told.unwrap_or(response)["description"].as_str();
            assert!(described.is_some_and(|text| !text.is_empty()), "{name} {status}");
        }
        let is_open = operation.get("security").is_some();
        assert_eq!(responses.contains_key("401"), !is_open, "{name}");
    }
}

#[test]
fn the_document_takes_the_tickers_that_the_worker_takes() {
    let document: Value = serde_json::to_value(openapi_document()).unwrap();
    let told = document.pointer("/components/schemas/ReportRequest/properties/ticker/pattern").unwrap();
    let told = regex::Regex::new(told.as_str().unwrap()).unwrap();
    for text in [
        "A",
        "aapl",
        " BRK.B ",
        "brk/b",
        "BF B",
        "ABCDEFGHIJ",
        "ABCDEFGHIJK",
        "0000320193",
        "CIK0000320193",
        "cik-320193",
        "CIK",
        "CIK 5",
        "CIK00003201930",
        "",
        " ",
        "-A",
        "A-",
        "A.",
        "A!",
        "A\nB",
        "É",
        "\tA\n",
        "A--B",
        "CIK-A",
    ] {
        assert_eq!(told.is_match(text), text.parse::<Ticker>().is_ok(), "{text:?}");
    }
}
