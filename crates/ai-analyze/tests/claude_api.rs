//! The Messages API with answers in its real shapes, served on this machine.
#![cfg(feature = "claude")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

use std::time::Duration;

use ai_analyze::{AnalyzeError, ChatModel, ClaudeConfig, ClaudeModel, Effort, ModelAnswer, ModelCall};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header, method, path},
};

fn call() -> ModelCall {
    ModelCall {
        model: "claude-sonnet-5-5".into(),
        effort: Effort::Medium,
        system: "You count pumps.".into(),
        prompt: "How many?".into(),
        schema: json!({"type": "object", "properties": {"pumps": {"type": "integer"}}, "required": ["pumps"], "additionalProperties": false}),
        max_tokens: 500,
    }
}

fn config(server: &MockServer) -> ClaudeConfig {
    ClaudeConfig {
        base_url: server.uri().parse().unwrap(),
        retry_pause: Duration::from_millis(1),
        timeout: Duration::from_millis(500),
        ..ClaudeConfig::new("key-of-a-test")
    }
}

fn message(stop_reason: &str, text: &str) -> Value {
    json!({
        "id": "msg_01", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
        "content": [
            {"type": "thinking", "thinking": "Let me count.", "signature": "c2ln"},
            {"type": "text", "text": text},
        ],
        "stop_reason": stop_reason, "stop_sequence": null, "stop_details": null,
        "usage": {
            "input_tokens": 20, "output_tokens": 9, "cache_creation_input_tokens": 300, "cache_read_input_tokens": 4000,
            "cache_creation": {"ephemeral_5m_input_tokens": 200, "ephemeral_1h_input_tokens": 100},
            "service_tier": "standard",
        },
    })
}

fn error(kind: &str, details: &Value) -> Value {
    json!({"type": "error", "error": {"type": kind, "message": "something", "details": details}, "request_id": "req_01"})
}

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

fn json_answer(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body).insert_header("request-id", "req_01")
}

fn whole() -> ResponseTemplate {
    json_answer(200, &message("end_turn", r#"{"pumps": 4}"#))
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
