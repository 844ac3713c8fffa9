use std::time::Instant;

use ai_analyze::{AnalyzeError, Analyzer};
use filing_model::{Analysis, Comparison};

use crate::{
    dollars,
    progress::{Progress, Stage},
};

/// Has the analyzer say what the changes mean.
#[tracing::instrument(name = "analysing", skip_all, fields(analyzer = analyzer.name()))]
pub(crate) async fn analyze(
    analyzer: &dyn Analyzer,
    comparison: &Comparison,
    progress: &dyn Progress,
) -> Result<Analysis, AnalyzeError> {
    let began = Instant::now();
    let items = comparison.sections.iter().filter(|section| !section.changes.is_empty()).count();
    progress.working(Stage::Analysing, 0.0, &format!("{items} Items with changes"));
    if let Some(estimate) = analyzer.estimate(comparison) {
        progress.planned(Stage::Analysing, &estimate);
    }
    let analysis = analyzer.analyze(comparison).await?;
    let summary = format!(
        "{} of {items} Items, {} statements, {} dropped{}",
        analysis.summaries.len().min(items),
        analysis.findings.len(),
        analysis.dropped.len(),
        cost(&analysis)
    );
    progress.done(Stage::Analysing, Some(&summary), began.elapsed());
    Ok(analysis)
}

/// `, $0.17`; nothing when no model was asked.
fn cost(analysis: &Analysis) -> String {
    let usd = analysis.total_cost_usd.filter(|_| analysis.total_tokens > 0);
    usd.map(|usd| format!(", {}", dollars::dollars(usd))).unwrap_or_default()
}
