use std::fmt;

use async_trait::async_trait;
use filing_model::{Analysis, Comparison};

use super::{
    asking::Asking, client::ClaudeModel, config::ClaudeConfig, groups::not_sent_words, judging::judge,
    plan::plan, session::Session, summary,
};
use crate::{AnalyzeError, Analyzer, ChatModel, Estimate, Method};

/// Raised when the prompts, the schema or the packing change: other words may come of the same filings.
pub const PROMPT_VERSION: &str = "claude-2";

/// Asks a model in two steps: judgements on the changes, then a summary of those that were verified.
///
/// ```no_run
/// # async fn run(comparison: filing_model::Comparison) -> Result<(), ai_analyze::AnalyzeError> {
/// use ai_analyze::{Analyzer, Asking, Claude, ClaudeConfig};
///
/// let asking = Asking { max_cost_usd: Some(0.25), ..Asking::default() };
/// let claude = Claude::new(ClaudeConfig::new("sk-ant-..."), asking)?;
/// let analysis = claude.analyze(&comparison).await?;
/// # Ok(()) }
/// ```
pub struct Claude {
    model: Box<dyn ChatModel>,
    asking: Asking,
}

impl Claude {
    /// Over HTTP.
    pub fn new(config: ClaudeConfig, asking: Asking) -> Result<Self, AnalyzeError> {
        Self::with_model(ClaudeModel::new(config)?, asking)
    }

    /// Through another model, or a cache before it.
    pub fn with_model(model: impl ChatModel + 'static, asking: Asking) -> Result<Self, AnalyzeError> {
        asking.check()?;
        Ok(Self { model: Box::new(model), asking })
    }
}

#[async_trait]
impl Analyzer for Claude {
    fn name(&self) -> &'static str {
        "claude"
    }

    fn method(&self) -> Method {
        Method {
            analyzer: self.name(),
            model: Some(self.asking.model.clone()),
            prompt_version: PROMPT_VERSION,
        }
    }

    fn estimate(&self, comparison: &Comparison) -> Option<Estimate> {
        let plan = plan(comparison, &self.asking, self.model.rate(), today());
        Some(Estimate { model: plan.model, calls: plan.packs.len(), cost_usd: plan.cost_usd })
    }

    async fn analyze(&self, comparison: &Comparison) -> Result<Analysis, AnalyzeError> {
        let day = today();
        let plan = plan(comparison, &self.asking, self.model.rate(), day);
        tracing::info!(
            model = plan.model,
            calls = plan.packs.len(),
            cost_usd = plan.cost_usd,
            "the analysis is planned"
        );
        let mut session = Session::new(self.model.as_ref(), &plan, self.asking.max_cost_usd, day);
        let judged = judge(&mut session, comparison, plan.packs).await?;
        let summary = summary::of(&mut session, comparison, &judged.accepted).await?;
        Ok(Analysis {
            analyzer: self.name().into(),
            model: Some(session.spend.model.unwrap_or(plan.model)),
            prompt_version: PROMPT_VERSION.into(),
            executive_summary: summary.executive,
            summaries: summary.by_item,
            findings: judged.accepted,
            dropped: judged.dropped,
            degraded: (!session.gaps.is_empty()).then(|| session.gaps.join("; ")),
            not_sent_words: not_sent_words(comparison, &judged.sent),
            total_tokens: session.spend.tokens,
            total_cost_usd: session.spend.cost_usd,
            estimated_cost_usd: plan.cost_usd,
        })
    }
}

/// The day whose prices count.
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date()
}

impl fmt::Debug for Claude {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claude").field("asking", &self.asking).finish_non_exhaustive()
    }
}
