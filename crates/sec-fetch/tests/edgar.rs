//! The live source against a server that answers as EDGAR does, in good times and bad.
#![cfg(feature = "edgar")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use std::time::Duration;

use sec_fetch::{Edgar, FetchConfig, FetchError, FilingSource};
use support::{
    NEWER,
    server::{
        USER_AGENT, config, document, edgar, edgar_with_cache, gzip, packed, report, requests, server,
        server_that_answers,
    },
    ticker,
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, header},
};

const UNDECLARED: &str = "<html><head><title>SEC.gov | Your Request Originates from an Undeclared Automated \
Tool</title></head><body></body></html>";

const TOO_FAST: &str =
    "<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head><body></body></html>";

const DENIED: &str = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>x</Message></Error>";

#[tokio::test]
async fn every_request_says_who_asks_and_takes_gzip() {
    let server = server().await;
    report(&edgar(&server)).await.unwrap();
    for request in server.received_requests().await.unwrap() {
        assert_eq!(request.headers["user-agent"], USER_AGENT);
        assert!(request.headers["accept-encoding"].to_str().unwrap().contains("gzip"));
    }
}

#[tokio::test]
async fn a_missing_user_agent_is_an_error_except_offline() {
    let given = |user_agent: &str| FetchConfig::new(user_agent);
    assert!(matches!(Edgar::new(given("")), Err(FetchError::MissingUserAgent)));
    assert!(matches!(Edgar::new(given("Mozilla/5.0")), Err(FetchError::BadUserAgent { .. })));
    assert!(Edgar::new(FetchConfig { offline: true, ..given("") }).is_ok());
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    let server = server_that_answers(packed(gzip(b"<p>Item 1A.</p>"))).await;
    assert_eq!(document(&edgar(&server)).await.unwrap(), "<p>Item 1A.</p>");
}

#[tokio::test]
async fn a_packed_answer_cut_short_is_repeated_and_never_kept() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Item 7. ".repeat(5000);
    let whole = gzip(text.as_bytes());
    let server = MockServer::start().await;
    let half = packed(whole[..whole.len() / 2].to_vec());
    Mock::given(any()).respond_with(half).up_to_n_times(2).mount(&server).await;
    Mock::given(any()).respond_with(packed(whole)).mount(&server).await;
    assert_eq!(document(&edgar_with_cache(&server, folder.path())).await.unwrap(), text);
    assert_eq!(requests(&server).await, 3);
}

#[tokio::test]
async fn after_a_block_page_nothing_more_is_sent() {
    for (status, page) in [(403, UNDECLARED), (403, TOO_FAST), (429, TOO_FAST), (200, TOO_FAST)] {
        let server = server_that_answers(ResponseTemplate::new(status).set_body_string(page)).await;
        let edgar = edgar(&server);
        let refused = document(&edgar).await.unwrap_err();
        assert_eq!(matches!(refused, FetchError::Undeclared { .. }), page == UNDECLARED, "{refused:?}");
        let until = refused.blocked_until().unwrap();
        assert!(until > jiff::Timestamp::now() && !refused.is_transient());
        let again = report(&edgar.clone()).await.unwrap_err();
        assert!(matches!(again, FetchError::Blocked { until: same } if same == until), "{again:?}");
        assert_eq!(requests(&server).await, 1, "{status} {page}");
    }
}

#[tokio::test]
async fn too_many_requests_stop_until_edgar_says() {
    let answer = ResponseTemplate::new(429).insert_header("retry-after", "120");
    let server = server_that_answers(answer).await;
    let edgar = edgar(&server);
    let refused = document(&edgar).await.unwrap_err();
    let FetchError::RateLimited { until } = refused else { panic!("{refused:?}") };
    assert!(matches!(document(&edgar).await, Err(FetchError::Blocked { until: same }) if same == until));
    assert_eq!(requests(&server).await, 1);
}

#[tokio::test]
async fn a_missing_object_is_not_found_and_stops_nothing() {
    for answer in [ResponseTemplate::new(404), ResponseTemplate::new(403).set_body_string(DENIED)] {
        let server = server_that_answers(answer).await;
        let edgar = edgar(&server);
        for asked in 1..=2 {
            let absent = document(&edgar).await.unwrap_err();
            assert_eq!(absent.to_string(), format!("EDGAR has no {}/{NEWER}", server.uri()));
            assert_eq!(requests(&server).await, asked);
        }
    }
}

#[tokio::test]
async fn a_number_that_no_filer_has_is_an_unknown_ticker() {
    let server = server().await;
    let refused = edgar(&server).resolve(&ticker("77")).await.unwrap_err();
    assert!(matches!(refused, FetchError::UnknownTicker { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_passing_failure_is_repeated() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503);
    Mock::given(any()).respond_with(busy).up_to_n_times(2).mount(&server).await;
    Mock::given(header("user-agent", USER_AGENT))
        .respond_with(ResponseTemplate::new(200).set_body_string("<p>10-K</p>"))
        .mount(&server)
        .await;
    assert_eq!(document(&edgar(&server)).await.unwrap(), "<p>10-K</p>");
    assert_eq!(requests(&server).await, 3);
}

#[tokio::test]
async fn a_failure_that_stays_is_given_up() {
    let long_pause = ResponseTemplate::new(503).insert_header("retry-after", "600");
    for (answer, attempts) in
        [(ResponseTemplate::new(500), 5), (long_pause, 1), (ResponseTemplate::new(400), 1)]
    {
        let server = server_that_answers(answer).await;
        let failed = document(&edgar(&server)).await.unwrap_err();
        assert!(matches!(failed, FetchError::Status { .. }), "{failed:?}");
        assert_eq!(requests(&server).await, attempts);
    }
}

#[tokio::test]
async fn more_than_the_limit_is_refused_packed_or_not() {
    let large = vec![b'a'; 5000];
    for answer in [ResponseTemplate::new(200).set_body_bytes(large.clone()), packed(gzip(&large))] {
        let server = server_that_answers(answer).await;
        for (limit, fits) in [(4999, false), (5000, true)] {
            let config = FetchConfig { largest_document_bytes: limit, ..config(&server.uri()) };
            let result = document(&Edgar::new(config).unwrap()).await;
            assert_eq!(result.is_ok(), fits);
            assert!(fits || matches!(result, Err(FetchError::TooLarge { limit_bytes: 4999, .. })));
        }
    }
}

#[tokio::test]
async fn no_answer_in_time_and_no_server_may_pass() {
    let late = server_that_answers(ResponseTemplate::new(200).set_delay(Duration::from_mins(1))).await;
    for (address, in_time) in [(late.uri(), false), ("http://127.0.0.1:1".to_owned(), true)] {
        let limited =
            FetchConfig { request_timeout: Duration::from_millis(100), retries: 1, ..config(&address) };
        let failed = document(&Edgar::new(limited).unwrap()).await.unwrap_err();
        assert!(failed.is_transient());
        assert_eq!(matches!(failed, FetchError::Transport { .. }), in_time, "{failed:?}");
        assert_eq!(matches!(failed, FetchError::TimedOut { .. }), !in_time, "{failed:?}");
    }
}
