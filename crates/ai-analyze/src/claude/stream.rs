//! An answer that comes in pieces.

use std::{collections::BTreeMap, time::Duration};

use reqwest::Response;

use super::{
    api, failure,
    sse::SseReader,
    wire::{Answer, Block, StreamEvent},
};
use crate::{AnalyzeError, Usage};

/// The longest stream that is read: 128,000 tokens, each in an event of its own.
const LONGEST_STREAM: usize = 128 << 20;

/// Reads a stream to its end. One that stops before its last event, or is silent for too long, is a cut connection.
pub(super) async fn read(mut response: Response, idle: Duration) -> Result<Answer, AnalyzeError> {
    let (mut reader, mut assembly) = (SseReader::default(), Assembly::default());
    let mut length = 0;
    loop {
        let Ok(piece) = tokio::time::timeout(idle, response.chunk()).await else {
            return Err(assembly.cut("the stream was silent for too long"));
        };
        let Some(piece) = piece.map_err(|error| assembly.broken(error))? else {
            return Err(assembly.cut("the stream ended before its answer"));
        };
        length += piece.len();
        if length > LONGEST_STREAM || assembly.text_length > api::LONGEST_BODY {
            return Err(api::too_big());
        }
        for data in reader.push(&piece).map_err(|error| assembly.cut(error))? {
            let event = serde_json::from_str(&data).map_err(|error| assembly.cut(error))?;
            if assembly.take(event)? == Progress::Whole {
                return assembly.finish();
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Progress {
    Going,
    Whole,
}

/// The message so far.
#[derive(Debug, Default)]
struct Assembly {
    message: Option<Answer>,
    /// The text of each block. Thinking is not kept.
    texts: BTreeMap<usize, String>,
    text_length: usize,
}

impl Assembly {
    fn take(&mut self, event: StreamEvent) -> Result<Progress, AnalyzeError> {
        match event {
            StreamEvent::MessageStart { message } => self.message = Some(message),
            StreamEvent::ContentBlockStart { index, content_block } if content_block.kind == "text" => {
                self.add(index, &content_block.text);
            }
            StreamEvent::ContentBlockDelta { index, delta } if delta.kind == "text_delta" => {
                self.add(index, &delta.text);
            }
            StreamEvent::MessageDelta { delta, usage } => {
                if let Some(message) = &mut self.message {
                    message.stop_reason = delta.stop_reason.or(message.stop_reason.take());
                    message.stop_details = delta.stop_details.or(message.stop_details.take());
                    message.usage.update(&usage);
                }
            }
            StreamEvent::MessageStop => return Ok(Progress::Whole),
            StreamEvent::Error(failure) => {
                self.note_loss();
                return Err(failure::without_status(failure));
            }
            StreamEvent::ContentBlockStart { .. }
            | StreamEvent::ContentBlockDelta { .. }
            | StreamEvent::Other => {}
        }
        Ok(Progress::Going)
    }

    fn add(&mut self, index: usize, text: &str) {
        self.text_length += text.len();
        self.texts.entry(index).or_default().push_str(text);
    }

    fn finish(self) -> Result<Answer, AnalyzeError> {
        let Some(mut message) = self.message else {
            return Err(AnalyzeError::Transport { source: "the stream has no beginning".into() });
        };
        message.content = self.texts.into_values().map(|text| Block { kind: "text".into(), text }).collect();
        Ok(message)
    }

    fn broken(&self, error: reqwest::Error) -> AnalyzeError {
        self.note_loss();
        api::transport(error)
    }

    fn cut(&self, why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> AnalyzeError {
        self.note_loss();
        AnalyzeError::Transport { source: why.into() }
    }

    /// The provider has read the prompt, and may charge for it. Nobody tells us, so it is in no sum.
    fn note_loss(&self) {
        let usage = self.message.as_ref().map(|message| Usage::from(&message.usage)).unwrap_or_default();
        tracing::warn!(
            prompt_tokens = usage.prompt(),
            answered_bytes = self.text_length,
            "an answer was lost on its way"
        );
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(events: Vec<serde_json::Value>) -> Answer {
        let mut assembly = Assembly::default();
        for event in events {
            assembly.take(serde_json::from_value(event).expect("an event")).expect("no error");
        }
        assembly.finish().expect("a message")
    }

    #[test]
    fn text_is_joined_by_block_and_totals_are_not_added_up() {
        let text = |index: usize, text: &str| json!({"type": "content_block_delta", "index": index, "delta": {"type": "text_delta", "text": text}});
        let answer = message(vec![
            json!({"type": "message_start", "message": {
                "id": "msg_01", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5", "content": [],
                "stop_reason": null, "stop_details": null,
                "usage": {
                    "input_tokens": 20, "output_tokens": 1, "cache_creation_input_tokens": 300, "cache_read_input_tokens": 4000,
                    "cache_creation": {"ephemeral_5m_input_tokens": 200, "ephemeral_1h_input_tokens": 100}}}}),
            json!({"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": "", "signature": ""}}),
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "Hm."}}),
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "c2ln"}}),
            json!({"type": "content_block_stop", "index": 0}),
            json!({"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}}),
            json!({"type": "ping"}),
            text(1, "{\"a\""),
            text(2, "}"),
            text(1, ": 1"),
            json!({"type": "of_tomorrow", "index": {"strange": true}}),
            json!({"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": null}, "usage": {"output_tokens": 40}}),
            json!({"type": "message_delta", "delta": {"stop_reason": null}, "usage": {
                "input_tokens": 0, "output_tokens": 50, "cache_read_input_tokens": 4000}}),
        ]);
        assert_eq!((answer.text().as_str(), answer.stop_reason.as_deref()), ("{\"a\": 1}", Some("end_turn")));
        let usage =
            Usage { input: 20, output: 50, cache_write_5m: 200, cache_write_1h: 100, cache_read: 4000 };
        assert_eq!(Usage::from(&answer.usage), usage);
    }

    /// Gateways before other providers know the prompt's length only at the end.
    #[test]
    fn counters_that_come_late_count() {
        let answer = message(vec![
            json!({"type": "message_start", "message": {"model": "m", "usage": {"input_tokens": 0, "output_tokens": 0}}}),
            json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"input_tokens": 70, "output_tokens": 5}}),
        ]);
        assert_eq!(Usage::from(&answer.usage).total(), 75);
    }
}
