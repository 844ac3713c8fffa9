//! Counting tokens before a call.
#![cfg(feature = "claude")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

mod claude_api_support;

use std::time::Duration;

use ai_analyze::{ChatModel, ClaudeConfig, ClaudeModel};
use claude_api_support::{call, config, error, json_answer};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1/messages/count_tokens"))
        .respond_with(answer)
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn tokens_are_counted_for_what_the_model_reads() {
    let server = server(json_answer(200, &json!({"input_tokens": 4321}))).await;
    let model = ClaudeModel::new(config(&server)).unwrap();
    assert_eq!(model.count_tokens(&call()).await, Some(4321));
    let body: Value = server.received_requests().await.unwrap()[0].body_json().unwrap();
    let sent: Vec<_> = body.as_object().unwrap().keys().collect();
    assert_eq!(sent, ["messages", "model", "system"]);
}

#[tokio::test]
async fn counting_that_fails_is_no_error_and_no_storm() {
    for failing in [
        json_answer(429, &error("rate_limit_error", &Value::Null)).insert_header("retry-after", "1"),
        json_answer(500, &json!({})),
        json_answer(404, &error("not_found_error", &Value::Null)),
        json_answer(200, &json!({"tokens": 1})),
        json_answer(200, &json!({"input_tokens": 1})).set_delay(Duration::from_secs(5)),
    ] {
        let server = server(failing).await;
        let config = ClaudeConfig { count_timeout: Duration::from_millis(100), ..config(&server) };
        let model = ClaudeModel::new(config).unwrap();
        let mut callers = JoinSet::new();
        for _ in 0..20 {
            let model = model.clone();
            callers.spawn(async move { model.count_tokens(&call()).await });
        }
        assert!(callers.join_all().await.iter().all(Option::is_none));
        assert_eq!(model.count_tokens(&call()).await, None);
        let asked = server.received_requests().await.unwrap().len();
        assert!((1..=4).contains(&asked), "{asked}");
    }
}
