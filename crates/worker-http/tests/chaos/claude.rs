//! The language model: it answers, and now and then it has too much to do.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::{Value, json};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use crate::faults::Bursts;

pub(crate) struct Claude {
    server: MockServer,
    seen: Arc<Seen>,
}

struct Seen {
    answered: AtomicUsize,
    limited: AtomicUsize,
    overloaded: AtomicUsize,
    limits: Bursts,
    overloads: Bursts,
}

impl Claude {
    /// One that is too busy at times, or never.
    pub(crate) async fn start(is_busy_at_times: bool) -> Self {
        let seconds = |seconds: f64| Duration::from_secs_f64(if is_busy_at_times { seconds } else { 0.0 });
        let span = Duration::from_secs(9);
        let seen = Arc::new(Seen {
            answered: AtomicUsize::default(),
            limited: AtomicUsize::default(),
            overloaded: AtomicUsize::default(),
            limits: Bursts::new(span, seconds(0.5), seconds(2.5)),
            overloads: Bursts::new(span, seconds(5.0), seconds(6.5)),
        });
        let server = MockServer::builder().disable_request_recording().start().await;
        Mock::given(any()).respond_with(Answers(Arc::clone(&seen))).mount(&server).await;
        Self { server, seen }
    }

    pub(crate) fn url(&self) -> String {
        self.server.uri()
    }
}

impl fmt::Display for Claude {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
        let Seen { answered, limited, overloaded, .. } = &*self.seen;
        let (answered, limited, overloaded) = (count(answered), count(limited), count(overloaded));
        write!(f, "Claude: {answered} calls answered, {limited} limited (429), {overloaded} overloaded (529)")
    }
}

struct Answers(Arc<Seen>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let seen = &self.0;
        if request.url.path() != "/v1/messages" {
            return ResponseTemplate::new(200).set_body_json(json!({"input_tokens": 3_000}));
        }
        if seen.limits.are_on() {
            seen.limited.fetch_add(1, Ordering::Relaxed);
            return error(429, "rate_limit_error").insert_header("retry-after", "1");
        }
        if seen.overloads.are_on() {
            seen.overloaded.fetch_add(1, Ordering::Relaxed);
            return error(529, "overloaded_error");
        }
        seen.answered.fetch_add(1, Ordering::Relaxed);
        ResponseTemplate::new(200).set_body_json(message(&request.body_json().unwrap()))
    }
}

fn error(status: u16, kind: &str) -> ResponseTemplate {
    let body = json!({"type": "error", "error": {"type": kind, "message": "later"}, "request_id": "req_1"});
    ResponseTemplate::new(status).set_body_json(body)
}

/// One thing that the newer filing says and the older one does not.
fn message(asked: &Value) -> Value {
    let properties = &asked["output_config"]["format"]["schema"]["properties"];
    let answer: serde_json::Map<_, _> = properties
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, schema)| (name.clone(), part(name, schema)))
        .collect();
    json!({
        "id": "msg_01", "type": "message", "role": "assistant", "model": asked["model"],
        "content": [{"type": "text", "text": Value::Object(answer).to_string()}],
        "stop_reason": "end_turn", "stop_sequence": null, "stop_details": null,
        "usage": {"input_tokens": 10_000, "output_tokens": 1_000},
    })
}

const QUOTE: &str =
    "Tariffs and export controls have increased our costs and may limit our sales in certain countries.";

fn part(name: &str, schema: &Value) -> Value {
    match (name, schema["type"].as_str()) {
        ("findings", _) => json!([{
            "item": "1A", "category": "risk", "materiality": "high",
            "statement": "A new risk factor says that tariffs and export controls have increased costs.",
            "quotes": [{"side": "newer", "text": QUOTE, "change_id": ""}],
        }]),
        (_, Some("array")) => json!([]),
        (_, Some("object")) => json!({}),
        _ => json!("A new risk factor tells of tariffs and export controls."),
    }
}
