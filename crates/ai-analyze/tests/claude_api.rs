//! The Messages API with answers in its real shapes, served on this machine.
#![cfg(feature = "claude")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

mod claude_api_support;

use std::time::Duration;

use ai_analyze::{AnalyzeError, ChatModel, ClaudeConfig, ClaudeModel, ModelAnswer};
use claude_api_support::{call, config, error, json_answer, message, whole};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, method, path},
};

/// Asks a server that gives these answers in turn, the last one for good; says how often it was asked.
async fn ask(answers: Vec<ResponseTemplate>) -> (Result<ModelAnswer, AnalyzeError>, usize) {
    let server = MockServer::start().await;
    let last = answers.len() - 1;
    for (index, answer) in answers.into_iter().enumerate() {
        let mock = Mock::given(method("POST")).and(path("/v1/messages")).respond_with(answer);
        if index < last { mock.up_to_n_times(1).mount(&server).await } else { mock.mount(&server).await }
    }
    let answer = ClaudeModel::new(config(&server)).unwrap().answer(&call()).await;
    (answer, server.received_requests().await.unwrap().len())
}

#[tokio::test]
async fn the_request_is_what_current_models_take() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1/messages"))
        .and(header("x-api-key", "key-of-a-test"))
        .and(header("anthropic-version", "2023-06-01"))
        .and(header("content-type", "application/json"))
        .respond_with(whole())
        .mount(&server)
        .await;
    ClaudeModel::new(config(&server)).unwrap().answer(&call()).await.unwrap();
    let body: Value = server.received_requests().await.unwrap()[0].body_json().unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&body).unwrap());
}

#[tokio::test]
async fn thinking_comes_first_and_all_tokens_are_counted() {
    let (answer, _) = ask(vec![whole()]).await;
    let answer = answer.unwrap();
    assert_eq!(answer.value, json!({"pumps": 4}));
    let usage = answer.usage;
    assert_eq!(
        (usage.input, usage.output, usage.cache_write_5m, usage.cache_write_1h, usage.cache_read),
        (20, 9, 200, 100, 4000)
    );
    assert_eq!(usage.total(), 4329);
}

#[tokio::test]
async fn an_answer_that_did_not_end_by_itself_is_no_answer_but_is_paid() {
    for (stop_reason, expected) in
        [("max_tokens", "TooLong"), ("model_context_window_exceeded", "TooLong"), ("refusal", "Declined")]
    {
        let (answer, asked) = ask(vec![json_answer(200, &message(stop_reason, r#"{"pumps": 4}"#))]).await;
        let error = answer.unwrap_err();
        assert!(format!("{error:?}").starts_with(expected), "{stop_reason}: {error:?}");
        assert_eq!((error.usage().total(), asked), (4329, 1));
    }
    let (answer, _) = ask(vec![json_answer(200, &message("end_turn", r#"{"pumps": "#))]).await;
    assert!(matches!(answer.unwrap_err(), AnalyzeError::Shape { .. }));
}

#[tokio::test]
async fn trouble_that_passes_is_tried_again() {
    let overloaded = || json_answer(529, &error("overloaded_error", &Value::Null));
    let limited =
        json_answer(429, &error("rate_limit_error", &Value::Null)).insert_header("retry-after", "0");
    let cut = ResponseTemplate::new(200).set_body_string(r#"{"id": "msg_01", "type": "mess"#);
    let slow = whole().set_delay(Duration::from_secs(5));
    let error_after_200 = json_answer(200, &error("overloaded_error", &Value::Null));
    for passing in [overloaded(), limited, cut, slow, error_after_200, json_answer(500, &json!({}))] {
        let (answer, asked) = ask(vec![passing, whole()]).await;
        assert_eq!((answer.unwrap().value, asked), (json!({"pumps": 4}), 2));
    }
    let (answer, asked) = ask(vec![overloaded()]).await;
    assert_eq!((answer.unwrap_err().is_transient(), asked), (true, 4));
}

#[tokio::test]
async fn trouble_that_stays_is_not_tried_again() {
    let spend_limit = json!({"error_code": "enforced_spend_limit_reached"});
    for (status, kind, details) in [
        (400, "invalid_request_error", Value::Null),
        (401, "authentication_error", Value::Null),
        (402, "billing_error", Value::Null),
        (403, "permission_error", Value::Null),
        (404, "not_found_error", Value::Null),
        (429, "rate_limit_error", spend_limit),
    ] {
        let (answer, asked) = ask(vec![json_answer(status, &error(kind, &details))]).await;
        assert_eq!((answer.unwrap_err().is_transient(), asked), (false, 1), "{status} {kind}");
    }
}

#[tokio::test]
async fn a_long_pause_is_left_to_the_caller() {
    let limited =
        json_answer(429, &error("rate_limit_error", &Value::Null)).insert_header("retry-after", "600");
    let (answer, asked) = ask(vec![limited, whole()]).await;
    assert_eq!((answer.unwrap_err().retry_after(), asked), (Some(Duration::from_mins(10)), 1));
}

#[tokio::test]
async fn the_key_is_sent_to_no_other_host() {
    let other = MockServer::start().await;
    let redirect =
        ResponseTemplate::new(307).insert_header("location", format!("{}/v1/messages", other.uri()));
    let (answer, _) = ask(vec![redirect]).await;
    assert!(matches!(answer.unwrap_err(), AnalyzeError::Rejected { status: 307, .. }));
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[test]
fn a_key_that_is_no_header_is_a_wrong_setting() {
    let refused = ClaudeModel::new(ClaudeConfig::new("a\nb")).err().unwrap();
    assert_eq!(
        refused.to_string(),
        "the analyzer cannot be set up: the key of the API has characters that no key has"
    );
}

#[tokio::test]
async fn a_prompt_that_is_too_long_is_for_smaller_parts() {
    let body = json!({"type": "error", "error": {
        "type": "invalid_request_error", "message": "prompt is too long: 1203412 tokens > 1000000 maximum"}});
    let too_large = error("request_too_large", &Value::Null);
    for (status, body) in [(400, body), (413, too_large)] {
        let (answer, asked) = ask(vec![json_answer(status, &body)]).await;
        assert!(matches!(answer.unwrap_err(), AnalyzeError::TooLong { .. }));
        assert_eq!(asked, 1);
    }
}

#[tokio::test]
async fn an_error_has_the_name_of_the_call_but_not_the_key() {
    for status in [400, 500] {
        let (answer, _) = ask(vec![json_answer(status, &error("some_error", &Value::Null))]).await;
        let error = answer.unwrap_err();
        assert_eq!(error.request_id(), Some("req_01"));
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("key-of-a-test") && !shown.contains("How many"), "{shown}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read() {
    let endless = ResponseTemplate::new(200).set_body_bytes(vec![b' '; 17 << 20]);
    let (answer, asked) = ask(vec![endless]).await;
    assert!(matches!(answer.unwrap_err(), AnalyzeError::Shape { .. }));
    assert_eq!(asked, 1);
}

/// Twenty jobs at once.
async fn ask_together(
    model: &ClaudeModel,
    server: &MockServer,
) -> (Vec<Result<ModelAnswer, AnalyzeError>>, usize) {
    let mut callers = JoinSet::new();
    for _ in 0..20 {
        let model = model.clone();
        callers.spawn(async move { model.answer(&call()).await });
    }
    let answers = callers.join_all().await;
    (answers, server.received_requests().await.unwrap().len())
}

#[tokio::test]
async fn twenty_callers_in_an_outage_do_not_storm() {
    let server = MockServer::start().await;
    let overloaded = json_answer(529, &error("overloaded_error", &Value::Null));
    Mock::given(method("POST")).respond_with(overloaded).mount(&server).await;
    let model = ClaudeModel::new(config(&server)).unwrap();
    let (answers, asked) = ask_together(&model, &server).await;
    assert!(
        answers.iter().all(|answer| matches!(answer, Err(AnalyzeError::Unavailable { status: 529, .. })))
    );
    // Not 80: those in flight when it began, and a probe after each pause.
    assert!((4..=24).contains(&asked), "{asked}");
}

#[tokio::test]
async fn twenty_callers_get_their_answers_after_a_short_overload() {
    let server = MockServer::start().await;
    let limited =
        json_answer(429, &error("rate_limit_error", &Value::Null)).insert_header("retry-after", "0.01");
    Mock::given(method("POST")).respond_with(limited).up_to_n_times(2).mount(&server).await;
    Mock::given(method("POST")).respond_with(whole()).mount(&server).await;
    let model = ClaudeModel::new(config(&server)).unwrap();
    let (answers, asked) = ask_together(&model, &server).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(asked, 22);
}

#[tokio::test]
async fn limits_in_the_headers_are_heeded_by_all() {
    let server = MockServer::start().await;
    let in_ten_minutes = jiff::Timestamp::now() + Duration::from_mins(10);
    let last_one = whole()
        .insert_header("anthropic-ratelimit-requests-limit", "50")
        .insert_header("anthropic-ratelimit-requests-remaining", "0")
        .insert_header("anthropic-ratelimit-requests-reset", in_ten_minutes.to_string());
    Mock::given(method("POST")).respond_with(last_one).mount(&server).await;
    let model = ClaudeModel::new(config(&server)).unwrap();
    model.answer(&call()).await.unwrap();
    let (answers, asked) = ask_together(&model, &server).await;
    for answer in answers {
        let error = answer.unwrap_err();
        let AnalyzeError::RateLimited { retry_after: Some(pause) } = error else { panic!("{error:?}") };
        assert!(pause > Duration::from_mins(5) && pause < Duration::from_mins(11), "{pause:?}");
    }
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn a_gateway_below_a_path_is_asked_there() {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/claude/v1/messages")).respond_with(whole()).mount(&server).await;
    let config =
        ClaudeConfig { base_url: format!("{}/claude", server.uri()).parse().unwrap(), ..config(&server) };
    assert!(ClaudeModel::new(config).unwrap().answer(&call()).await.is_ok());
}
