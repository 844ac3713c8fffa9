use std::time::Instant;

use ai_analyze::{AnalyzeError, Analyzer};
use filing_model::{Analysis, Comparison};

use crate::progress::{Progress, Stage};

/// Has the analyzer say what the changes mean.
pub(crate) async fn analyze(
    analyzer: &dyn Analyzer,
    comparison: &Comparison,
    progress: &dyn Progress,
) -> Result<Analysis, AnalyzeError> {
    let began = Instant::now();
    let items = comparison.sections.iter().filter(|section| !section.changes.is_empty()).count();
    progress.working(Stage::Analysing, 0.0, &format!("{items} Items with changes"));
    let analysis = analyzer.analyze(comparison).await?;
    let summary = format!(
        "{} of {items} Items, {} statements, {} dropped",
        analysis.summaries.len().min(items),
        analysis.findings.len(),
        analysis.dropped.len()
    );
    progress.done(Stage::Analysing, Some(&summary), began.elapsed());
    Ok(analysis)
}
