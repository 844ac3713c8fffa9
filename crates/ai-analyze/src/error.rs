use std::time::Duration;

use crate::Usage;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why an analysis, or one call of a model, came to nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalyzeError {
    /// The settings cannot be used.
    #[error("the analyzer cannot be set up: {reason}")]
    Config {
        /// What is wrong with them.
        reason: String,
    },
    /// The key is wrong, or may not use this model.
    #[error("the model's provider refused the key (status {status})")]
    Unauthorized {
        /// The HTTP status: 401 or 403.
        status: u16,
    },
    /// Nothing more is paid for: a person has to act.
    #[error("the account of the model's provider has no credit, or its spend limit is reached")]
    OutOfCredit,
    /// Too many requests or tokens for now.
    #[error("the model's provider asks for a pause")]
    RateLimited {
        /// How long it wants to be left alone, if it says so.
        retry_after: Option<Duration>,
    },
    /// The provider has trouble of its own.
    #[error("the model's provider is overloaded or broken (status {status})")]
    Unavailable {
        /// The HTTP status, such as 500 or 529.
        status: u16,
        /// How long it wants to be left alone, if it says so.
        retry_after: Option<Duration>,
        /// The provider's name for the call, to be quoted when asking it for help.
        request_id: Option<String>,
    },
    /// The request itself is at fault; the same one fails again.
    #[error("the model's provider rejected the request (status {status}, {kind})")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// The provider's name for the error, such as `invalid_request_error`.
        kind: String,
        /// The provider's own words, for a developer.
        message: String,
        /// The provider's name for the call, to be quoted when asking it for help.
        request_id: Option<String>,
    },
    /// No whole answer came over the wire.
    #[error("the model could not be reached")]
    Transport {
        /// What the connection said.
        source: Source,
    },
    /// The model declined to answer.
    #[error("the model declined to answer")]
    Declined {
        /// The provider's category, if it names one.
        category: Option<String>,
        /// What it took all the same.
        usage: Usage,
    },
    /// The prompt or the answer is too long: smaller parts may pass.
    #[error("the model stopped before its answer was whole ({stop_reason})")]
    TooLong {
        /// What the provider calls it, such as `max_tokens`.
        stop_reason: String,
        /// What it took all the same.
        usage: Usage,
    },
    /// A batch ended before it came to this call.
    #[error("the batch ended without an answer to this call ({outcome})")]
    Unanswered {
        /// What became of the call: `expired`, `canceled`, or `missing` when the batch does not speak of it.
        outcome: String,
    },
    /// The record of open batches failed. Without it a call could be paid for twice.
    #[error("the record of open batches cannot be read")]
    Ledger {
        /// What the ledger said.
        source: Source,
    },
    /// The answer does not have the shape that was asked for.
    #[error("the model's answer does not have the shape that was asked for")]
    Shape {
        /// What the parser said.
        source: Source,
        /// What it took all the same.
        usage: Usage,
    },
}

impl AnalyzeError {
    /// Whether the same call may succeed soon.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::Unavailable { .. }
            | Self::Transport { .. }
            | Self::Ledger { .. } => true,
            // Whoever cancels a batch wants no answer.
            Self::Unanswered { outcome } => outcome != "canceled",
            _ => false,
        }
    }

    /// What a call took that came to nothing.
    pub fn usage(&self) -> Usage {
        match self {
            Self::Declined { usage, .. } | Self::TooLong { usage, .. } | Self::Shape { usage, .. } => *usage,
            _ => Usage::default(),
        }
    }

    /// The provider's name for the call that failed, where it helps to know it.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Unavailable { request_id, .. } | Self::Rejected { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// How long the provider wants to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Unavailable { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}
