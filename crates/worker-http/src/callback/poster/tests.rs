#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::Command,
    thread::{self, JoinHandle},
};

use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use super::*;
use crate::callback::{guard, resolver};

const NEW_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OLD_SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const BODY: &str = r#"{"job_id":"test-123","status":"completed"}"#;

/// More than any test needs.
const PATIENCE: Duration = Duration::from_mins(1);
/// For receivers that would take for ever.
const IMPATIENCE: Duration = Duration::from_millis(200);

/// Names the child process of a test its receiver.
const CHILD_VARIABLE: &str = "WORKER_HTTP_TEST_RECEIVER";

fn config(origin: &str, secrets: &[&str]) -> CallbackConfig {
    let origins = vec![Url::parse(origin).unwrap().origin()];
    let signers = secrets.iter().map(|secret| Arc::new(Webhook::new(secret).unwrap())).collect();
    CallbackConfig { origins, signers, ..CallbackConfig::default() }
}

fn poster(origin: &str, timeout: Duration) -> Poster {
    Poster::with(&config(origin, &[NEW_SECRET]), timeout, SystemNames).unwrap()
}

async fn receiver(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    server
}

/// Posts to a receiver that answers so.
async fn posted(answer: ResponseTemplate) -> Posted {
    let server = receiver(answer).await;
    poster(&server.uri(), PATIENCE).post(&format!("{}/done", server.uri()), "job_1", BODY).await
}

async fn only_request(server: &MockServer) -> wiremock::Request {
    let mut seen = server.received_requests().await.unwrap();
    assert_eq!(seen.len(), 1);
    seen.remove(0)
}

/// A receiver that does with its one connection what it is told, and the bytes that it could send.
fn raw_receiver(behave: fn(TcpStream) -> usize) -> (String, JoinHandle<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let serve = move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        behave(stream)
    };
    (origin, thread::spawn(serve))
}

/// Writes the head and then the same over and over, until the other side is gone.
fn write_for_ever(mut stream: TcpStream, head: &str, again: &str, pause: Duration) -> usize {
    let mut written = 0;
    let mut next = head;
    while stream.write_all(next.as_bytes()).is_ok() {
        written += next.len();
        next = again;
        thread::sleep(pause);
    }
    written
}

async fn posted_to_raw(behave: fn(TcpStream) -> usize, timeout: Duration) -> (Posted, usize) {
    let (origin, serving) = raw_receiver(behave);
    let posted = poster(&origin, timeout).post(&origin, "job_1", BODY).await;
    (posted, tokio::task::spawn_blocking(|| serving.join().unwrap()).await.unwrap())
}

fn error(posted: &Posted) -> &str {
    match &posted.outcome {
        PostOutcome::Failed { error, .. } => error,
        outcome => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn every_secret_signs() {
    let server = receiver(ResponseTemplate::new(204)).await;
    let poster = Poster::new(&config(&server.uri(), &[NEW_SECRET, OLD_SECRET])).unwrap();
    let Posted { status, outcome, .. } = poster.post(&server.uri(), "job_1", BODY).await;
    assert_eq!((status, outcome), (Some(204), PostOutcome::Delivered));
    let request = only_request(&server).await;
    for secret in [NEW_SECRET, OLD_SECRET] {
        Webhook::new(secret).unwrap().verify(&request.body, &request.headers).unwrap();
    }
    let signatures = request.headers[HEADER_WEBHOOK_SIGNATURE].to_str().unwrap();
    assert_eq!(signatures.split(' ').filter(|signature| signature.starts_with("v1,")).count(), 2);
}

#[tokio::test]
async fn nothing_is_sent_but_the_callback_and_its_signature() {
    let server = receiver(ResponseTemplate::new(200)).await;
    poster(&server.uri(), PATIENCE).post(&server.uri(), "job_1", BODY).await;
    let request = only_request(&server).await;
    assert_eq!(request.body, BODY.as_bytes());
    assert_eq!(request.headers["user-agent"], concat!("worker-http/", env!("CARGO_PKG_VERSION")));
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.headers["webhook-id"], "job_1");
    let mut names: Vec<_> = request.headers.keys().map(reqwest::header::HeaderName::as_str).collect();
    names.sort_unstable();
    insta::assert_snapshot!(names.join("\n"), @r"
    accept
    content-length
    content-type
    host
    user-agent
    webhook-id
    webhook-signature
    webhook-timestamp
    ");
}

#[tokio::test]
async fn without_a_secret_there_is_an_id_and_no_signature() {
    let server = receiver(ResponseTemplate::new(200)).await;
    let poster = Poster::new(&config(&server.uri(), &[])).unwrap();
    assert_eq!(poster.post(&server.uri(), "job_1", BODY).await.outcome, PostOutcome::Delivered);
    let request = only_request(&server).await;
    assert_eq!(request.headers[HEADER_WEBHOOK_ID], "job_1");
    assert!(!request.headers.contains_key(HEADER_WEBHOOK_SIGNATURE));
}

#[tokio::test]
async fn only_two_hundreds_are_deliveries_and_410_ends_it() {
    for (status, outcome) in [
        (200, PostOutcome::Delivered),
        (202, PostOutcome::Delivered),
        (204, PostOutcome::Delivered),
        (410, PostOutcome::Gone),
    ] {
        let posted = posted(ResponseTemplate::new(status)).await;
        assert_eq!((posted.status, posted.outcome), (Some(status), outcome));
    }
    for (status, is_busy) in [
        (400, false),
        (401, false),
        (404, false),
        (429, true),
        (500, false),
        (502, true),
        (503, false),
        (504, true),
    ] {
        let outcome = posted(ResponseTemplate::new(status)).await.outcome;
        let error = format!("status {status}");
        assert_eq!(outcome, PostOutcome::Failed { error, retry_after: None, slow_down: is_busy });
    }
}

#[tokio::test]
async fn a_receiver_may_put_us_off() {
    let posted = posted(ResponseTemplate::new(429).insert_header("retry-after", "120")).await;
    let PostOutcome::Failed { retry_after, slow_down: true, .. } = posted.outcome else {
        panic!("{posted:?}")
    };
    assert_eq!(retry_after, Some(Duration::from_mins(2)));
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_not_followed() {
    let elsewhere = receiver(ResponseTemplate::new(200)).await;
    for status in [301, 302, 303, 307, 308] {
        let answer = ResponseTemplate::new(status).insert_header("location", elsewhere.uri());
        let posted = posted(answer).await;
        assert_eq!(error(&posted), format!("status {status}, redirects are not followed"));
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_body_of_an_answer_is_not_read() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let endless = |stream| {
        let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
        write_for_ever(stream, HEAD, &chunk, Duration::ZERO)
    };
    let missing = |mut stream: TcpStream| {
        stream.write_all(HEAD.as_bytes()).unwrap();
        stream.read(&mut [0; 1]).unwrap_or_default()
    };
    for behave in [endless as fn(TcpStream) -> usize, missing] {
        let (posted, written) = posted_to_raw(behave, PATIENCE).await;
        assert_eq!(posted.outcome, PostOutcome::Delivered);
        // What lies in the buffers of two sockets.
        assert!(written < 64_000_000, "{written}");
    }
}

#[tokio::test]
async fn endless_headers_are_given_up() {
    let endless =
        |stream| write_for_ever(stream, "HTTP/1.1 200 OK\r\n", &"x: y\r\n".repeat(1_000), Duration::ZERO);
    let (posted, _) = posted_to_raw(endless, PATIENCE).await;
    assert!(error(&posted).starts_with("no answer: "), "{posted:?}");
}

#[tokio::test]
async fn a_receiver_that_takes_its_time_is_given_up() {
    let silent = |mut stream: TcpStream| stream.read(&mut [0; 1]).unwrap_or_default();
    let dripping = |stream| write_for_ever(stream, "HTTP/1.1 200 OK\r\nx-", "a", Duration::from_millis(10));
    // Interim answers are not the answer.
    let hinting = |stream| {
        let hint = "HTTP/1.1 103 Early Hints\r\n\r\n";
        write_for_ever(stream, hint, hint, Duration::from_millis(10))
    };
    for behave in [silent as fn(TcpStream) -> usize, dripping, hinting] {
        let (posted, _) = posted_to_raw(behave, IMPATIENCE).await;
        assert_eq!(error(&posted), "no answer within 200ms");
        assert_eq!(posted.status, None);
    }
}

#[tokio::test]
async fn an_error_does_not_tell_the_query() {
    let origin = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let posted = poster(&origin, PATIENCE).post(&format!("{origin}/done?token=hunter2"), "job_1", BODY).await;
    assert!(error(&posted).starts_with("no connection: "), "{posted:?}");
    assert!(!format!("{posted:?}").contains("hunter2"), "{posted:?}");
}

#[tokio::test]
async fn hostile_addresses_are_refused_before_any_question() {
    let names = resolver::tests::Script::new(&[&["8.8.8.8"]]);
    let poster = Poster::with(&guard::tests::config(true), PATIENCE, names.clone()).unwrap();
    for (refusal, addresses) in guard::tests::HOSTILE {
        for address in *addresses {
            let outcome = poster.post(address, "job_1", BODY).await.outcome;
            assert_eq!(outcome, PostOutcome::Refused(*refusal), "{address}");
        }
    }
    assert_eq!(names.left(), 1);
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_not_called() {
    let names = resolver::tests::Script::new(resolver::tests::HOSTILE);
    let poster = Poster::with(&guard::tests::config(true), PATIENCE, names.clone()).unwrap();
    for answer in resolver::tests::HOSTILE {
        let attempt = poster.post("https://hooks.example.com/done", "job_1", BODY).await;
        let refused = "no connection: the host leads to an address that is not public";
        assert_eq!(error(&attempt), refused, "{answer:?}");
    }
    assert_eq!(names.left(), 0, "each attempt asks anew");
}

#[tokio::test]
async fn a_name_that_changes_its_mind_does_not_get_through() {
    let server = receiver(ResponseTemplate::new(200)).await;
    let names = resolver::tests::Script::new(&[&["127.0.0.1"], &["127.0.0.9"]]);
    let poster = Poster {
        public: client(PATIENCE).dns_resolver(resolver::tests::all_but_one(names.clone())).build().unwrap(),
        ..poster("https://project.supabase.co", PATIENCE)
    };
    // Beneath the guard, which would admit neither the scheme nor the port.
    let url: Url = format!("http://hooks.example.com:{}/", server.address().port()).parse().unwrap();
    assert_eq!(poster.send(url.clone(), "job_1", BODY).await, (Some(200), PostOutcome::Delivered));
    assert_eq!(names.left(), 1, "nothing is asked between check and connection");
    let (status, outcome) = poster.send(url, "job_1", BODY).await;
    let PostOutcome::Failed { error, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!((status, error.contains("not public")), (None, true), "{error}");
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn strangers_are_called_by_https_alone_even_beneath_the_guard() {
    let poster =
        Poster::with(&guard::tests::config(true), PATIENCE, resolver::tests::Script::new(&[&["8.8.8.8"]]));
    let url = "http://hooks.example.com/".parse().unwrap();
    let (status, outcome) = poster.unwrap().send(url, "job_1", BODY).await;
    assert!(status.is_none() && matches!(outcome, PostOutcome::Failed { .. }), "{outcome:?}");
}

/// The environment of a process cannot be changed while it runs, so another one posts.
#[tokio::test]
async fn proxies_of_the_environment_are_ignored() {
    let (server, proxy) =
        (receiver(ResponseTemplate::new(200)).await, receiver(ResponseTemplate::new(200)).await);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--ignored", "--exact", "callback::poster::tests::posts_for_another_test"]);
    child.env(CHILD_VARIABLE, server.uri());
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child.env(variable, proxy.uri());
    }
    for variable in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        child.env_remove(variable);
    }
    let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    assert!(proxy.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
#[ignore = "another test runs it in a process of its own"]
#[expect(clippy::disallowed_methods, reason = "the only way to tell the child its receiver")]
async fn posts_for_another_test() {
    if let Ok(origin) = std::env::var(CHILD_VARIABLE) {
        assert_eq!(
            poster(&origin, PATIENCE).post(&origin, "job_1", BODY).await.outcome,
            PostOutcome::Delivered
        );
    }
}
