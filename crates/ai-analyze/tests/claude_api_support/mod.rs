//! Calls and answers in their real shapes.
#![allow(dead_code, reason = "each test program uses some of it")]

use std::time::Duration;

use ai_analyze::{ClaudeConfig, Effort, ModelCall};
use serde_json::{Value, json};
use wiremock::{MockServer, ResponseTemplate};

pub(crate) fn call() -> ModelCall {
    ModelCall {
        model: "claude-sonnet-5-5".into(),
        effort: Effort::Medium,
        system: "You count pumps.".into(),
        prompt: "How many?".into(),
        schema: json!({"type": "object", "properties": {"pumps": {"type": "integer"}}, "required": ["pumps"], "additionalProperties": false}),
        max_tokens: 500,
    }
}

pub(crate) fn config(server: &MockServer) -> ClaudeConfig {
    ClaudeConfig {
        base_url: server.uri().parse().unwrap(),
        retry_pause: Duration::from_millis(1),
        timeout: Duration::from_secs(1),
        ..ClaudeConfig::new("key-of-a-test")
    }
}

pub(crate) fn message(stop_reason: &str, text: &str) -> Value {
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

pub(crate) fn error(kind: &str, details: &Value) -> Value {
    json!({"type": "error", "error": {"type": kind, "message": "something", "details": details}, "request_id": "req_01"})
}

pub(crate) fn json_answer(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body).insert_header("request-id", "req_01")
}

pub(crate) fn whole() -> ResponseTemplate {
    json_answer(200, &message("end_turn", r#"{"pumps": 4}"#))
}
