//! The Messages API as it is on the wire.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{ModelCall, Usage};

/// The body of a call. There are no sampling parameters: current models reject them.
pub(super) fn request(call: &ModelCall) -> Value {
    json!({
        "model": call.model,
        "max_tokens": call.max_tokens,
        // The rules are the same for every report, so they are worth keeping on the provider's side.
        "system": [{"type": "text", "text": call.system, "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": [{"type": "text", "text": call.prompt}]}],
        "output_config": {"effort": call.effort, "format": {"type": "json_schema", "schema": call.schema}},
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub(super) model: String,
    #[serde(default)]
    pub(super) content: Vec<Block>,
    pub(super) stop_reason: Option<String>,
    pub(super) stop_details: Option<StopDetails>,
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
    kind: String,
    #[serde(default)]
    text: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct StopDetails {
    pub(super) category: Option<String>,
}

/// Counters that an older or newer API leaves out are zero.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Counters {
    #[serde(rename = "input_tokens", default)]
    input: u64,
    #[serde(rename = "output_tokens", default)]
    output: u64,
    #[serde(rename = "cache_creation_input_tokens")]
    cache_written: Option<u64>,
    #[serde(rename = "cache_read_input_tokens")]
    cache_read: Option<u64>,
    cache_creation: Option<CacheWrites>,
}

#[derive(Debug, Default, Deserialize)]
struct CacheWrites {
    #[serde(default)]
    ephemeral_1h_input_tokens: u64,
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
            input: counters.input,
            output: counters.output,
            cache_write_5m: written - for_an_hour,
            cache_write_1h: for_an_hour,
            cache_read: counters.cache_read.unwrap_or(0),
        }
    }
}

/// `{"type": "error", "error": {...}}`
#[derive(Debug, Default, Deserialize)]
pub(super) struct Failure {
    #[serde(default)]
    pub(super) error: FailureDetail,
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
