use std::fmt;

use async_trait::async_trait;
use filing_model::{Analysis, Comparison, Finding};

use super::{
    answer,
    client::ClaudeModel,
    config::{ClaudeConfig, DEFAULT_PROMPT_TOKENS},
    packing::{Sent, not_sent_words, pack},
    prompt::changes_prompt,
    spend::Spend,
    summary::{self, Summary},
};
use crate::{AnalyzeError, Analyzer, ChatModel, ModelAnswer, ModelCall, verify};

/// Raised when the prompts, the schema or the packing change: other words may come of the same filings.
pub const PROMPT_VERSION: &str = "claude-1";

/// Room for 25 findings and the model's thinking.
const JUDGE_TOKENS: u32 = 16_000;

/// Room for summaries and the model's thinking.
const SUMMARY_TOKENS: u32 = 8_000;

/// Asks a model in two steps: judgements on the changes, then a summary of those that were verified.
///
/// ```no_run
/// # async fn run(comparison: filing_model::Comparison) -> Result<(), ai_analyze::AnalyzeError> {
/// use ai_analyze::{Analyzer, Claude, ClaudeConfig};
///
/// let claude = Claude::new(ClaudeConfig::new("sk-ant-..."))?;
/// let analysis = claude.analyze(&comparison).await?;
/// # Ok(()) }
/// ```
pub struct Claude {
    model: Box<dyn ChatModel>,
    name: String,
    prompt_tokens: usize,
}

impl Claude {
    /// Over HTTP.
    pub fn new(config: ClaudeConfig) -> Result<Self, AnalyzeError> {
        let name = config.model.clone();
        let prompt_tokens = config.prompt_tokens;
        Ok(Self { prompt_tokens, ..Self::with_model(ClaudeModel::new(config)?, name) })
    }

    /// Through another model, or a cache before it; `name` sets the price of calls that fail.
    pub fn with_model(model: impl ChatModel + 'static, name: impl Into<String>) -> Self {
        Self { model: Box::new(model), name: name.into(), prompt_tokens: DEFAULT_PROMPT_TOKENS }
    }

    /// Judgements on some changes. A part too long is halved; what cannot be read at all is a gap.
    async fn judge<'a>(
        &self,
        comparison: &Comparison,
        sent: Vec<Sent<'a>>,
        read: &mut Reading<'a>,
    ) -> Result<(), AnalyzeError> {
        let mut parts = vec![sent];
        while let Some(part) = parts.pop().filter(|part| !part.is_empty()) {
            let call = ModelCall {
                system: include_str!("../../prompts/judge.md").into(),
                prompt: changes_prompt(comparison, &part),
                schema: answer::findings_schema(),
                max_tokens: JUDGE_TOKENS,
            };
            match self.call(&call, &mut read.spend, answer::findings).await {
                Ok(findings) => {
                    read.findings.extend(findings);
                    read.sent.extend(part);
                }
                Err(AnalyzeError::TooLong { .. }) if part.len() > 1 => {
                    let (first, second) = part.split_at(part.len() / 2);
                    parts.extend([second.to_vec(), first.to_vec()]);
                }
                Err(error @ (AnalyzeError::TooLong { .. } | AnalyzeError::Declined { .. })) => {
                    read.gap = Some(format!("the model did not read some of the changes: {error}"));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The summary of accepted findings; of the statements themselves when the model's own cannot be used.
    async fn summarise(
        &self,
        comparison: &Comparison,
        findings: &[Finding],
        read: &mut Reading<'_>,
    ) -> Result<Summary, AnalyzeError> {
        if findings.is_empty() {
            return Ok(summary::of_statements(findings));
        }
        let call = ModelCall {
            system: include_str!("../../prompts/summary.md").into(),
            prompt: summary::prompt(findings),
            schema: summary::schema(),
            max_tokens: SUMMARY_TOKENS,
        };
        let summary = match self.call(&call, &mut read.spend, Ok).await {
            Ok(value) => summary::accepted(value, findings, comparison),
            Err(
                AnalyzeError::TooLong { .. } | AnalyzeError::Declined { .. } | AnalyzeError::Shape { .. },
            ) => None,
            Err(error) => return Err(error),
        };
        Ok(summary.unwrap_or_else(|| {
            read.gap.get_or_insert_with(|| {
                "the summary is made of the statements, since the model’s own could not be used".into()
            });
            summary::of_statements(findings)
        }))
    }

    /// One call, its answer read, whatever it took added up. An answer out of shape is asked for once more.
    async fn call<T>(
        &self,
        call: &ModelCall,
        spend: &mut Spend,
        read: impl Fn(serde_json::Value) -> Result<T, serde_json::Error>,
    ) -> Result<T, AnalyzeError> {
        let mut asked_again = false;
        loop {
            let answer =
                self.model.answer(call).await.inspect_err(|error| spend.add_usage(&self.name, error.usage()));
            let read = answer.and_then(|answer| {
                spend.add(&answer);
                let ModelAnswer { value, usage, .. } = answer;
                read(value).map_err(|source| AnalyzeError::Shape { source: source.into(), usage })
            });
            match read {
                Err(AnalyzeError::Shape { .. }) if !asked_again => asked_again = true,
                other => return other,
            }
        }
    }
}

/// What came of the calls so far.
struct Reading<'a> {
    spend: Spend,
    findings: Vec<Finding>,
    sent: Vec<Sent<'a>>,
    gap: Option<String>,
}

#[async_trait]
impl Analyzer for Claude {
    fn name(&self) -> &'static str {
        "claude"
    }

    async fn analyze(&self, comparison: &Comparison) -> Result<Analysis, AnalyzeError> {
        let today = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        let mut read = Reading { spend: Spend::on(today), findings: Vec::new(), sent: Vec::new(), gap: None };
        self.judge(comparison, pack(comparison, self.prompt_tokens), &mut read).await?;
        let mut verified = verify(std::mem::take(&mut read.findings), comparison);
        verified.accepted.sort_by_key(|finding| std::cmp::Reverse(finding.materiality));
        let summary = self.summarise(comparison, &verified.accepted, &mut read).await?;
        Ok(Analysis {
            analyzer: self.name().into(),
            model: Some(read.spend.model.unwrap_or_else(|| self.name.clone())),
            prompt_version: PROMPT_VERSION.into(),
            executive_summary: summary.executive,
            summaries: summary.by_item,
            findings: verified.accepted,
            dropped: verified.dropped,
            degraded: read.gap,
            not_sent_words: not_sent_words(comparison, &read.sent),
            total_tokens: read.spend.tokens,
            total_cost_usd: read.spend.cost_usd,
        })
    }
}

impl fmt::Debug for Claude {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claude")
            .field("model", &self.name)
            .field("prompt_tokens", &self.prompt_tokens)
            .finish_non_exhaustive()
    }
}
