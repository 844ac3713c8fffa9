use std::{collections::VecDeque, fmt, time::Duration};

use reqwest::Response;
use serde::Deserialize;

use crate::{
    AnalyzeError, ModelAnswer,
    claude::{
        api, failure, outcome,
        wire::{Answer, Failure},
    },
};

/// What became of one call in a batch.
#[derive(Debug)]
pub struct BatchResult {
    /// As in [`BatchRequest`](super::BatchRequest).
    pub custom_id: String,
    /// The answer, or why there is none. What an error took is at the price of batches, too.
    pub answer: Result<ModelAnswer, AnalyzeError>,
}

/// The results of a batch as they come, in any order.
pub struct BatchResults {
    response: Response,
    idle: Duration,
    /// A line that has not ended.
    line: Vec<u8>,
    ready: VecDeque<BatchResult>,
    ended: bool,
}

impl BatchResults {
    pub(super) fn new(response: Response, idle: Duration) -> Self {
        Self { response, idle, line: Vec::new(), ready: VecDeque::new(), ended: false }
    }

    /// The next one. After an error the rest is lost; the results can be asked for once more.
    pub async fn next(&mut self) -> Result<Option<BatchResult>, AnalyzeError> {
        loop {
            if let Some(result) = self.ready.pop_front() {
                return Ok(Some(result));
            }
            if self.ended {
                return Ok(None);
            }
            self.read().await?;
        }
    }

    async fn read(&mut self) -> Result<(), AnalyzeError> {
        let silent = |_| AnalyzeError::Transport { source: "the results stopped coming".into() };
        let piece = tokio::time::timeout(self.idle, self.response.chunk()).await.map_err(silent)?;
        let Some(piece) = piece.map_err(api::transport)? else {
            self.ended = true;
            return self.end_line();
        };
        let mut rest = piece.as_ref();
        while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
            self.line.extend_from_slice(&rest[..end]);
            self.end_line()?;
            rest = &rest[end + 1..];
        }
        self.line.extend_from_slice(rest);
        if self.line.len() > api::LONGEST_BODY {
            return Err(api::too_big());
        }
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), AnalyzeError> {
        let line = std::mem::take(&mut self.line);
        if !line.trim_ascii().is_empty() {
            let line: Line = api::parsed(&line)?;
            self.ready.push_back(BatchResult { custom_id: line.custom_id, answer: line.result.answer() });
        }
        Ok(())
    }
}

impl fmt::Debug for BatchResults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("BatchResults").field("ended", &self.ended).finish_non_exhaustive()
    }
}

/// One line of the file.
#[derive(Deserialize)]
struct Line {
    custom_id: String,
    result: Outcome,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Outcome {
    Succeeded {
        message: Answer,
    },
    Errored {
        error: Failure,
    },
    Canceled,
    Expired,
    #[serde(other)]
    Unknown,
}

impl Outcome {
    fn answer(self) -> Result<ModelAnswer, AnalyzeError> {
        let unanswered = |outcome: &str| Err(AnalyzeError::Unanswered { outcome: outcome.into() });
        match self {
            Self::Succeeded { message } => outcome::of(message),
            Self::Errored { error } => Err(failure::without_status(error)),
            Self::Canceled => unanswered("canceled"),
            Self::Expired => unanswered("expired"),
            Self::Unknown => unanswered("unknown"),
        }
    }
}
