//! The Messages API as it is on the wire.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{ModelCall, Usage};

/// The body of a call. There are no sampling parameters: current models reject them.
pub(super) fn request(call: &ModelCall) -> Value {
    let mut body = prompt(call);
    body["max_tokens"] = call.max_tokens.into();
    body["output_config"] =
        json!({"effort": call.effort, "format": {"type": "json_schema", "schema": call.schema}});
    body
}

/// The body of a call whose answer comes in pieces.
pub(super) fn streamed_request(call: &ModelCall) -> Value {
    let mut body = request(call);
    body["stream"] = true.into();
    body
}

/// What is read by the model, without what is said about its answer: the body of a count of tokens.
pub(super) fn prompt(call: &ModelCall) -> Value {
    json!({
        "model": call.model,
        // The rules are the same for every report, so they are worth keeping on the provider's side.
        "system": [{"type": "text", "text": call.system, "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": [{"type": "text", "text": call.prompt}]}],
    })
}

/// `{"input_tokens": n}`
#[derive(Debug, Deserialize)]
pub(super) struct Counted {
    pub(super) input_tokens: u64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub(super) model: String,
    #[serde(default)]
    pub(super) content: Vec<Block>,
    pub(super) stop_reason: Option<String>,
    pub(super) stop_details: Option<StopDetails>,
    #[serde(default)]
    pub(super) usage: Counters,
}

impl Answer {
    /// The text blocks; a block of thinking may stand before them.
    pub(super) fn text(&self) -> String {
        self.content.iter().filter(|block| block.kind == "text").map(|block| block.text.as_str()).collect()
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Block {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct StopDetails {
    pub(super) category: Option<String>,
}

/// Counters that an older or newer API leaves out are zero.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Counters {
    #[serde(rename = "input_tokens")]
    input: Option<u64>,
    #[serde(rename = "output_tokens")]
    output: Option<u64>,
    #[serde(rename = "cache_creation_input_tokens")]
    cache_written: Option<u64>,
    #[serde(rename = "cache_read_input_tokens")]
    cache_read: Option<u64>,
    cache_creation: Option<CacheWrites>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct CacheWrites {
    #[serde(default)]
    ephemeral_1h_input_tokens: u64,
}

impl Counters {
    /// Takes in what a later event of the stream says. Its counters are totals, not additions, and some are left out
    /// or zero there; none ever falls.
    pub(super) fn update(&mut self, later: &Self) {
        self.input = self.input.max(later.input);
        self.output = self.output.max(later.output);
        self.cache_written = self.cache_written.max(later.cache_written);
        self.cache_read = self.cache_read.max(later.cache_read);
        self.cache_creation = self.cache_creation.max(later.cache_creation);
    }
}

impl From<&Counters> for Usage {
    fn from(counters: &Counters) -> Self {
        let written = counters.cache_written.unwrap_or(0);
        let for_an_hour = counters
            .cache_creation
            .as_ref()
            .map_or(0, |writes| writes.ephemeral_1h_input_tokens)
            .min(written);
        Self {
            input: counters.input.unwrap_or(0),
            output: counters.output.unwrap_or(0),
            cache_write_5m: written - for_an_hour,
            cache_write_1h: for_an_hour,
            cache_read: counters.cache_read.unwrap_or(0),
        }
    }
}

/// One event of a streamed answer, by its `type`.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum StreamEvent {
    MessageStart {
        message: Answer,
    },
    ContentBlockStart {
        index: usize,
        content_block: Block,
    },
    ContentBlockDelta {
        index: usize,
        delta: Delta,
    },
    MessageDelta {
        delta: Ending,
        #[serde(default)]
        usage: Counters,
    },
    MessageStop,
    Error(Failure),
    /// `ping`, `content_block_stop`, and what is still to be invented.
    #[serde(other)]
    Other,
}

/// A piece of a block: of text, of thinking, or of a signature.
#[derive(Debug, Deserialize)]
pub(super) struct Delta {
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) text: String,
}

/// How a streamed answer ends.
#[derive(Debug, Deserialize)]
pub(super) struct Ending {
    pub(super) stop_reason: Option<String>,
    pub(super) stop_details: Option<StopDetails>,
}

/// `{"type": "error", "error": {...}, "request_id": "..."}`
#[derive(Debug, Default, Deserialize)]
pub(super) struct Failure {
    #[serde(default)]
    pub(super) error: FailureDetail,
    #[serde(default)]
    pub(super) request_id: Option<String>,
}

#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct FailureDetail {
    #[serde(rename = "type", default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) message: String,
    #[serde(default)]
    pub(super) details: Value,
}
