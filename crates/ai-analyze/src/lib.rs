//! Says what changed between two annual reports, each statement with quotations that were checked word for word.
//!
//! [`Extractive`] needs no model and no network: it picks the changes that tell most and quotes them.
//!
//! ```
//! use ai_analyze::Extractive;
//! use filing_model::Comparison;
//!
//! let comparison: Comparison = serde_json::from_str(
//!     r#"{"company": {"name": "Acme Corp."}, "newer": {"form": "10-K"}, "older": {"form": "10-K"}, "sections": [], "signals": []}"#,
//! )?;
//! let analysis = Extractive::new().read(&comparison);
//! assert!(analysis.executive_summary.starts_with("No language model was used"));
//! assert!(analysis.findings.is_empty());
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! Where to look next: [`Analyzer`] is the seam of this crate, [`verify()`] the check that every statement of every
//! analyzer goes through. With the feature `claude`, `Claude` asks a model through a [`ChatModel`].

mod analyzer;
mod error;

mod text;

mod verify;

mod extractive;

mod model;

#[cfg(feature = "claude")]
mod cache;

#[cfg(feature = "claude")]
mod claude;

#[cfg(test)]
mod invented;

#[cfg(feature = "claude")]
pub use crate::cache::{AnswerStore, AnswersError, AnswersInMemory, Cached};
#[cfg(feature = "claude")]
pub use crate::claude::{
    Asking, Batch, BatchConfig, BatchCounts, BatchLedger, BatchModel, BatchProgress, BatchRequest,
    BatchResult, BatchResults, BatchState, Batches, BatchesInMemory, Claude, ClaudeConfig, ClaudeModel,
    DEFAULT_BASE_URL, DEFAULT_BATCH_POLL, DEFAULT_BATCH_QUIET, DEFAULT_CALLS_IN_FLIGHT,
    DEFAULT_COUNT_TIMEOUT, DEFAULT_IDLE_TIMEOUT, DEFAULT_LONGEST_PAUSE, DEFAULT_MAX_ATTEMPTS, DEFAULT_MODEL,
    DEFAULT_PROMPT_TOKENS, DEFAULT_RETRY_PAUSE, DEFAULT_STREAM_ABOVE, DEFAULT_STREAM_TIMEOUT,
    DEFAULT_TIMEOUT, Expected, LedgerError, OpenBatch, PROMPT_VERSION, cost_usd, estimated_tokens,
};
pub use crate::{
    analyzer::{Analyzer, Estimate, Method},
    error::AnalyzeError,
    extractive::Extractive,
    model::{ChatModel, Effort, ModelAnswer, ModelCall, Rate, Usage},
    verify::{Checker, FEWEST_WORDS, MOST_QUOTED_WORDS, Verified, verify},
};
