use super::prices;
use crate::{AnalyzeError, Effort};

/// Good at quoting exactly, at a fraction of the price of the larger ones.
pub const DEFAULT_MODEL: &str = "claude-sonnet-5-5";

/// Room for the changes of a large company without the least telling ones, by our own estimate of tokens.
pub const DEFAULT_PROMPT_TOKENS: usize = 30_000;

/// Whom to ask, how much, and for how much.
#[derive(Debug, Clone, PartialEq)]
pub struct Asking {
    /// The model's name.
    pub model: String,
    /// How hard the model thinks; thinking is billed as output.
    pub effort: Effort,
    /// Estimated tokens of changes in all calls of one report; the more telling half of the changes is sent whatever it takes.
    pub prompt_tokens: usize,
    /// The most that one report may cost, in US dollars.
    pub max_cost_usd: Option<f64>,
}

impl Default for Asking {
    fn default() -> Self {
        Self {
            model: DEFAULT_MODEL.into(),
            effort: Effort::Medium,
            prompt_tokens: DEFAULT_PROMPT_TOKENS,
            max_cost_usd: None,
        }
    }
}

impl Asking {
    /// A limit that cannot be kept is refused before anything is paid.
    pub(super) fn check(&self) -> Result<(), AnalyzeError> {
        let refused = |reason: String| Err(AnalyzeError::Config { reason });
        match self.max_cost_usd {
            Some(limit) if !limit.is_finite() || limit <= 0.0 => {
                refused("the limit of a report’s cost is not an amount above zero".into())
            }
            Some(_) if !prices::is_known(&self.model) => refused(format!(
                "the price of the model {} is not known, so a limit of a report’s cost cannot be kept",
                self.model
            )),
            _ => Ok(()),
        }
    }
}
