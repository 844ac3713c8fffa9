//! Answers that come in pieces, from a server that sends them as slowly as it is told.
#![cfg(feature = "claude")]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test may fail")]

mod claude_api_support;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use ai_analyze::{AnalyzeError, ChatModel, ClaudeConfig, ClaudeModel, ModelAnswer, ModelCall, Usage};
use claude_api_support::{call, message};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What the server does next.
#[derive(Clone)]
enum Step {
    Send(Vec<u8>),
    Wait(Duration),
    /// Says nothing more, and keeps the connection.
    Stall,
}

/// A server with a script for each request in turn, the last one for good.
async fn server(scripts: Vec<Vec<Step>>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    tokio::spawn(async move {
        loop {
            let (connection, _) = listener.accept().await.unwrap();
            let number = counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(play(connection, scripts[number.min(scripts.len() - 1)].clone()));
        }
    });
    (address, asked)
}

async fn play(mut connection: TcpStream, script: Vec<Step>) {
    let mut request = vec![0; 64 << 10];
    let length = connection.read(&mut request).await.unwrap();
    let request = String::from_utf8_lossy(&request[..length]);
    assert!(request.starts_with("POST /v1/messages "), "{request}");
    for step in script {
        match step {
            Step::Send(bytes) => {
                // The other side may have gone.
                let _ = connection.write_all(&bytes).await;
                let _ = connection.flush().await;
            }
            Step::Wait(pause) => tokio::time::sleep(pause).await,
            Step::Stall => std::future::pending().await,
        }
    }
}

fn head(kind: &str) -> Step {
    Step::Send(
        format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nrequest-id: req_01\r\nconnection: close\r\n\r\n")
            .into(),
    )
}

fn event(data: &Value) -> String {
    format!("event: {}\ndata: {data}\n\n", data["type"].as_str().unwrap())
}

fn start() -> String {
    event(
        &json!({"type": "message_start", "message": {"id": "msg_01", "type": "message", "role": "assistant",
        "model": "claude-sonnet-5-5", "content": [], "stop_reason": null, "stop_sequence": null,
        "usage": {"input_tokens": 20, "output_tokens": 2, "cache_creation_input_tokens": 300,
            "cache_read_input_tokens": 4000,
            "cache_creation": {"ephemeral_5m_input_tokens": 200, "ephemeral_1h_input_tokens": 100}}}}),
    )
}

fn text(text: &str) -> String {
    event(&json!({"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": text}}))
}

fn end(stop_reason: &str) -> String {
    let ending = json!({"type": "message_delta", "delta": {"stop_reason": stop_reason, "stop_sequence": null},
        "usage": {"input_tokens": 20, "cache_creation_input_tokens": 300, "cache_read_input_tokens": 4000, "output_tokens": 9}});
    event(&ending) + &event(&json!({"type": "message_stop"}))
}

/// All events of an answer that is whole.
fn whole(stop_reason: &str) -> String {
    let block = |index: usize, block: Value| {
        event(&json!({"type": "content_block_start", "index": index, "content_block": block}))
    };
    let thinking = |delta: Value| event(&json!({"type": "content_block_delta", "index": 0, "delta": delta}));
    [
        start(),
        block(0, json!({"type": "thinking", "thinking": "", "signature": ""})),
        event(&json!({"type": "ping"})),
        thinking(json!({"type": "thinking_delta", "thinking": "Let me count."})),
        thinking(json!({"type": "signature_delta", "signature": "c2ln"})),
        event(&json!({"type": "content_block_stop", "index": 0})),
        block(1, json!({"type": "text", "text": ""})),
        text("{\"pu"),
        ": a comment\n\n".into(),
        text("mps\": 4, \"of\": \"Müller\"}"),
        event(&json!({"type": "content_block_stop", "index": 1})),
        end(stop_reason),
    ]
    .concat()
}

fn stream(body: &str) -> Vec<Step> {
    vec![head("text/event-stream; charset=utf-8"), Step::Send(body.into())]
}

/// A call whose answer may be long.
fn long_call() -> ModelCall {
    ModelCall { max_tokens: 16_000, ..call() }
}

async fn ask(scripts: Vec<Vec<Step>>) -> (Result<ModelAnswer, AnalyzeError>, usize) {
    let (address, asked) = server(scripts).await;
    let config = ClaudeConfig {
        base_url: address.parse().unwrap(),
        retry_pause: Duration::from_millis(1),
        idle_timeout: Duration::from_secs(1),
        ..ClaudeConfig::new("key-of-a-test")
    };
    let answer = ClaudeModel::new(config).unwrap().answer(&long_call()).await;
    (answer, asked.load(Ordering::SeqCst))
}

fn is_whole(answer: &ModelAnswer) -> bool {
    let usage = Usage { input: 20, output: 9, cache_write_5m: 200, cache_write_1h: 100, cache_read: 4000 };
    answer.value == json!({"pumps": 4, "of": "Müller"}) && answer.usage == usage
}

#[tokio::test]
async fn a_stream_is_an_answer_however_its_pieces_are_cut() {
    let with_returns = whole("end_turn").replace('\n', "\r\n");
    let bytes = with_returns.as_bytes();
    let mut in_pieces = vec![head("text/event-stream")];
    for piece in bytes.chunks(23) {
        in_pieces.push(Step::Send(piece.to_vec()));
        in_pieces.push(Step::Wait(Duration::from_millis(1)));
    }
    for script in [stream(&whole("end_turn")), stream(&with_returns), in_pieces] {
        let (answer, asked) = ask(vec![script]).await;
        assert!(is_whole(&answer.unwrap()));
        assert_eq!(asked, 1);
    }
}

#[tokio::test]
async fn a_slow_stream_lives_as_long_as_it_says_something() {
    let mut slow = vec![head("text/event-stream")];
    for _ in 0..6 {
        slow.push(Step::Wait(Duration::from_millis(200)));
        slow.push(Step::Send(event(&json!({"type": "ping"})).into()));
    }
    slow.push(Step::Send(whole("end_turn").into()));
    let (answer, asked) = ask(vec![slow]).await;
    assert!(is_whole(&answer.unwrap()));
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn a_stream_that_stalls_or_is_cut_is_tried_again() {
    let beginning = start() + &text("{\"pumps\": 3");
    let mut stalled = stream(&beginning);
    stalled.push(Step::Stall);
    let without_stop =
        whole("end_turn").replace("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", "");
    assert_ne!(without_stop, whole("end_turn"));
    let not_json = stream(&(start() + "data: {\"type\": \"content_bl\n\n"));
    let nothing = stream("");
    for broken in [stalled, stream(&beginning), stream(&without_stop), not_json, nothing] {
        let (answer, asked) = ask(vec![broken, stream(&whole("end_turn"))]).await;
        assert!(is_whole(&answer.unwrap()));
        assert_eq!(asked, 2);
    }
    let (answer, asked) = ask(vec![stream(&beginning)]).await;
    assert!(matches!(answer.unwrap_err(), AnalyzeError::Transport { .. }));
    assert_eq!(asked, 4);
}

#[tokio::test]
async fn an_error_within_a_stream_is_what_its_kind_says() {
    let failing = |kind: &str, details: Value| {
        let error = json!({"type": "error", "error": {"type": kind, "message": "something", "details": details}, "request_id": "req_02"});
        stream(&(start() + &text("{") + &event(&error)))
    };
    for kind in ["overloaded_error", "api_error", "rate_limit_error", "timeout_error"] {
        let (answer, asked) = ask(vec![failing(kind, Value::Null), stream(&whole("end_turn"))]).await;
        assert!(is_whole(&answer.unwrap()));
        assert_eq!(asked, 2, "{kind}");
    }
    let (answer, asked) = ask(vec![failing("overloaded_error", Value::Null)]).await;
    let error = answer.unwrap_err();
    assert!(matches!(error, AnalyzeError::Unavailable { status: 529, .. }), "{error:?}");
    assert_eq!((error.request_id(), asked), (Some("req_02"), 4));

    let (answer, asked) = ask(vec![failing("invalid_request_error", Value::Null)]).await;
    assert!(matches!(answer.unwrap_err(), AnalyzeError::Rejected { status: 400, .. }));
    assert_eq!(asked, 1);
    let spend_limit = json!({"error_code": "enforced_spend_limit_reached"});
    let (answer, asked) = ask(vec![failing("rate_limit_error", spend_limit)]).await;
    assert!(matches!(answer.unwrap_err(), AnalyzeError::OutOfCredit));
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn a_stream_that_did_not_end_by_itself_is_no_answer_but_is_paid() {
    for (stop_reason, expected) in
        [("max_tokens", "TooLong"), ("model_context_window_exceeded", "TooLong"), ("refusal", "Declined")]
    {
        let (answer, asked) = ask(vec![stream(&whole(stop_reason))]).await;
        let error = answer.unwrap_err();
        assert!(format!("{error:?}").starts_with(expected), "{stop_reason}: {error:?}");
        assert_eq!((error.usage().total(), asked), (4329, 1));
    }
    let cut = start() + &text("{\"pumps\": ") + &end("end_turn");
    let (answer, asked) = ask(vec![stream(&cut)]).await;
    let error = answer.unwrap_err();
    assert!(matches!(error, AnalyzeError::Shape { .. }));
    assert_eq!((error.usage().total(), asked), (4329, 1));
}

#[tokio::test]
async fn a_gateway_that_cannot_stream_is_understood() {
    let body = message("end_turn", r#"{"pumps": 4, "of": "Müller"}"#).to_string();
    let (answer, _) = ask(vec![vec![head("application/json"), Step::Send(body.into())]]).await;
    assert!(is_whole(&answer.unwrap()));
}
