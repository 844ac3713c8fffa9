//! Everything that can go wrong on the way to EDGAR: what the operator and the user read, and that it ends.
#![cfg(feature = "edgar")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use std::{fmt::Write as _, time::Duration};

use filing_model::Ticker;
use sec_fetch::{Cache, Edgar, FetchConfig, FetchError, FilingSource};
use support::{
    NEWER,
    raw::{dripping_server, raw_server},
    server::{config, document, edgar_with_cache, gzip, packed, server_that_answers, zeros},
    ticker,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

const UNDECLARED: &str = "<html lang=\"en\"><head><title>SEC.gov | Your Request Originates from an Undeclared Automated \
Tool</title></head><body></body></html>";

const TOO_FAST: &str =
    "<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head><body></body></html>";

const ABSENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code></Error>";

fn answer(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status)
}

/// Impatient, and with one repetition.
fn hurried(address: &str) -> FetchConfig {
    FetchConfig {
        retries: 1,
        connect_timeout: Duration::from_millis(300),
        request_timeout: Duration::from_millis(300),
        silence_timeout: Duration::from_millis(150),
        largest_document_bytes: 1_000_000,
        ..config(address)
    }
}

/// Situations that a proper server can bring about.
fn answers() -> Vec<(&'static str, ResponseTemplate)> {
    let cut = gzip("<p>Item 7.</p>".repeat(500).as_bytes());
    let text = |status, body: &str| answer(status).set_body_string(body);
    let later = |status, value: &str| answer(status).insert_header("retry-after", value);
    let compressed_page =
        answer(403).insert_header("content-encoding", "gzip").set_body_bytes(gzip(UNDECLARED.as_bytes()));
    let to = |place: &str| answer(301).insert_header("location", place);
    vec![
        ("block page: undeclared tool", text(403, UNDECLARED)),
        ("block page: too many requests", text(403, TOO_FAST)),
        ("block page with status 200", text(200, TOO_FAST)),
        ("block page, compressed", compressed_page),
        ("403 with an unknown page", text(403, "<h1>Access denied</h1>")),
        ("403 for a missing object", text(403, &ABSENT.replace("NoSuchKey", "AccessDenied"))),
        ("404 for a missing object", text(404, ABSENT)),
        ("429 without a word", answer(429)),
        ("429 with a short pause", later(429, "0")),
        ("429 with a long pause", later(429, "3600")),
        ("429 until a date", later(429, "Fri, 01 Jan 2100 00:00:00 GMT")),
        ("503", answer(503)),
        ("503 with a long pause", later(503, "3600")),
        ("400", answer(400)),
        ("304 that nobody asked for", answer(304)),
        ("redirect to another host", to("https://www.example.com/x.htm")),
        ("redirect to plain http", to("http://www.sec.gov/x.htm")),
        ("redirect in a circle", to(&format!("/{NEWER}"))),
        ("redirect to nowhere", answer(302)),
        ("empty", answer(200)),
        ("larger than the limit", answer(200).set_body_bytes(vec![b'a'; 1_000_001])),
        ("larger than the limit once unpacked", packed(gzip(&zeros(50_000_000)))),
        ("compressed, cut short", packed(cut[..cut.len() - 4].to_vec())),
        ("compressed, checksum wrong", packed([&cut[..cut.len() - 8], &[0; 8]].concat())),
        ("said to be compressed, and is not", packed(b"<p>Item 7.</p>".to_vec())),
        ("no answer in time", answer(200).set_delay(Duration::from_mins(1))),
    ]
}

/// Situations that need a server which breaks the rules.
async fn breaches() -> Vec<(&'static str, String)> {
    let http = |rest: &str| format!("HTTP/1.1 200 OK\r\n{rest}").into_bytes();
    let raw = |rest: &str| raw_server(vec![http(rest)]);
    let drips = Duration::from_millis(20);
    vec![
        ("length announced, cut short", raw("content-length: 100\r\n\r\n<p>Item 1").await),
        ("in pieces, cut short", raw("transfer-encoding: chunked\r\n\r\n9\r\n<p>Item 1\r\n").await),
        ("no length, closed before </html>", raw("\r\n<html><p>Item 1").await),
        ("a length that is no number", raw("content-length: many\r\n\r\n<p>Item 1").await),
        ("huge by its announced length", raw("content-length: 99999999999\r\n\r\n<p>").await),
        ("no HTTP at all", raw_server(vec![b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()]).await),
        ("hangs up at once", raw_server(vec![Vec::new()]).await),
        ("slow drip", dripping_server("HTTP/1.1 200 OK\r\ncontent-length: 500000\r\n\r\n", drips).await),
        ("slow drip of a header", dripping_server("HTTP/1.1 200 OK\r\nx-header: ", drips).await),
        (
            "falls silent",
            dripping_server("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n<p>", Duration::from_mins(1)).await,
        ),
        ("nobody listens", "http://127.0.0.1:1".to_owned()),
        ("no such host", "http://sec.invalid".to_owned()),
    ]
}

/// Message and sentence, without what differs from run to run.
fn said(error: &FetchError, address: &str) -> String {
    let mut said =
        format!("{error}\n  {}", error.sentence()).replace(address.trim_end_matches('/'), "<server>");
    if let Some(until) = error.blocked_until() {
        let left = until.duration_since(jiff::Timestamp::now()).as_secs();
        let minute = until.strftime("%H:%M UTC on %Y-%m-%d").to_string();
        said = said.replace(&until.to_string(), &format!("<in {} min>", (left + 30) / 60));
        said = said.replace(&minute, "<that minute>");
    }
    said
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_ends_in_a_sentence_and_nothing_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut situations = Vec::new();
    let mut servers = Vec::new();
    for (situation, answer) in answers() {
        let server = server_that_answers(answer).await;
        situations.push((situation, server.uri()));
        servers.push(server);
    }
    situations.extend(breaches().await);
    let mut shown = String::new();
    for (situation, address) in situations {
        let config = FetchConfig { cache_dir: Some(folder.path().to_owned()), ..hurried(&address) };
        let error = document(&Edgar::new(config).unwrap()).await.expect_err(situation);
        writeln!(shown, "{situation}:\n  {}", said(&error, &address)).unwrap();
    }
    insta::assert_snapshot!(shown);
    assert_eq!(Cache::new(folder.path()).stats().unwrap().total().files, 0);
}

#[tokio::test]
async fn malformed_lists_are_errors_and_only_cut_ones_are_asked_for_again() {
    let nwtl: Ticker = ticker("NWTL");
    let mut shown = String::new();
    for list in [
        "<html>maintenance</html>",
        "{\"0\": {\"cik_str\": 1",
        "{\"0\": 1}",
        "\u{0}",
        "{\"0\": {\"cik_str\": -1}}",
    ] {
        let server = server_that_answers(answer(200).set_body_string(list)).await;
        let error = Edgar::new(hurried(&server.uri())).unwrap().resolve(&nwtl).await.unwrap_err();
        let attempts = server.received_requests().await.unwrap().len();
        writeln!(shown, "{list:?}, {attempts} attempts:\n  {}", said(&error, &server.uri())).unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[tokio::test]
async fn an_answer_shorter_than_announced_is_repeated() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<p>Item 1".to_vec();
    let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n<p>Item 1.</p>".to_vec();
    let address = raw_server(vec![cut, whole]).await;
    assert_eq!(document(&Edgar::new(config(&address)).unwrap()).await.unwrap(), "<p>Item 1.</p>");
}

#[tokio::test]
async fn a_document_that_does_not_end_as_it_began_is_repeated() {
    let whole = "<html><p>Item 1. Business</p></html>";
    for part in ["<html><p>Item 1", "<html><p>Item 1. Business</p></ht"] {
        let (server, folder) = (MockServer::start().await, tempfile::tempdir().unwrap());
        Mock::given(any())
            .respond_with(answer(200).set_body_string(part))
            .up_to_n_times(1)
            .mount(&server)
            .await;
        Mock::given(any()).respond_with(answer(200).set_body_string(whole)).mount(&server).await;
        let edgar = edgar_with_cache(&server, folder.path());
        assert_eq!(document(&edgar).await.unwrap(), whole);
        assert_eq!(server.received_requests().await.unwrap().len(), 2);
        assert_eq!(Cache::new(folder.path()).stats().unwrap().documents.files, 1);
    }
}

#[tokio::test]
async fn a_document_filed_without_its_end_is_read_but_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let server = server_that_answers(answer(200).set_body_string("<html><p>Item 1.")).await;
    let edgar = edgar_with_cache(&server, folder.path());
    assert_eq!(document(&edgar).await.unwrap(), "<html><p>Item 1.");
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
    assert_eq!(Cache::new(folder.path()).stats().unwrap().total().files, 0);
}

#[tokio::test]
async fn a_redirect_within_the_site_is_followed() {
    let server = MockServer::start().await;
    let moved = answer(301).insert_header("location", "/moved/report.htm");
    Mock::given(wiremock::matchers::path(format!("/{NEWER}"))).respond_with(moved).mount(&server).await;
    Mock::given(wiremock::matchers::path("/moved/report.htm"))
        .respond_with(answer(200).set_body_string("<p>10-K</p>"))
        .mount(&server)
        .await;
    assert_eq!(document(&Edgar::new(config(&server.uri())).unwrap()).await.unwrap(), "<p>10-K</p>");
}

#[tokio::test]
async fn a_short_pause_that_edgar_asks_for_is_waited_for() {
    let server = MockServer::start().await;
    let later = answer(429).insert_header("retry-after", "1");
    Mock::given(any()).respond_with(later).up_to_n_times(1).mount(&server).await;
    Mock::given(any()).respond_with(answer(200).set_body_string("<p>10-K</p>")).mount(&server).await;
    let edgar = Edgar::new(config(&server.uri())).unwrap();
    // Whoever asks meanwhile waits, too, instead of failing.
    let number = ticker("9000001");
    let (first, second) = tokio::join!(document(&edgar), edgar.resolve(&number));
    assert_eq!(first.unwrap(), "<p>10-K</p>");
    assert!(matches!(second, Err(FetchError::Unreadable { .. })), "{second:?}");
}
