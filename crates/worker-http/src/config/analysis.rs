use ai_analyze::DEFAULT_MODEL;
use secrecy::SecretString;
use url::Url;

use super::Reader;

/// Who writes the statements and who judges the report.
#[derive(Debug, Clone)]
pub(crate) struct AnalysisConfig {
    /// `ANALYZER`; absent means Claude when there is a key.
    pub analyzer: Option<AnalyzerChoice>,
    /// `QUALITY_PROFILE`: the set of checks.
    pub quality_profile: &'static str,
    /// `ANTHROPIC_API_KEY`.
    pub api_key: Option<SecretString>,
    /// `ANTHROPIC_MODEL`.
    model: Option<String>,
    /// `ANTHROPIC_BASE_URL`.
    pub base_url: Option<Url>,
    /// `MAX_REPORT_COST_USD`.
    pub max_report_cost_usd: Option<f64>,
}

/// Who writes the statements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum AnalyzerChoice {
    /// The language model; needs `ANTHROPIC_API_KEY`
    Claude,
    /// No model: the most telling changes, quoted
    Extractive,
}

impl AnalysisConfig {
    /// The key, when Claude is to be asked: unless somebody chose another analyzer.
    pub(crate) fn claude_key(&self) -> Option<&SecretString> {
        let is_claude = self.analyzer.is_none_or(|analyzer| analyzer == AnalyzerChoice::Claude);
        self.api_key.as_ref().filter(|_| is_claude)
    }

    /// The model that Claude is asked as.
    pub(crate) fn model(&self) -> &str {
        self.model.as_deref().unwrap_or(DEFAULT_MODEL)
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let choices = [("claude", AnalyzerChoice::Claude), ("extractive", AnalyzerChoice::Extractive)];
        let analyzer = reader.choice("ANALYZER", &choices);
        if analyzer == Some(AnalyzerChoice::Claude) && !reader.is_set("ANTHROPIC_API_KEY") {
            reader.fault("ANTHROPIC_API_KEY", "must be set too when ANALYZER is claude");
        }
        Self {
            analyzer,
            quality_profile: reader
                .choice("QUALITY_PROFILE", &[("evidence", "evidence"), ("seed", "seed")])
                .unwrap_or("evidence"),
            api_key: reader.secret("ANTHROPIC_API_KEY"),
            model: reader.text("ANTHROPIC_MODEL"),
            base_url: reader.base_url("ANTHROPIC_BASE_URL"),
            max_report_cost_usd: max_report_cost_usd(reader),
        }
    }
}

fn max_report_cost_usd(reader: &mut Reader<'_>) -> Option<f64> {
    const NAME: &str = "MAX_REPORT_COST_USD";
    const EXPECTED: &str = "an amount in US dollars above zero, such as 0.25";
    let amount: f64 = reader.parsed(NAME, EXPECTED)?;
    if amount.is_finite() && amount > 0.0 {
        return Some(amount);
    }
    reader.fault(NAME, format!("must be {EXPECTED}"));
    None
}
