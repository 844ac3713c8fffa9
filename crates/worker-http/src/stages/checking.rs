use std::{sync::Arc, time::Instant};

use filing_model::{Analysis, Comparison, QualityReport};
use quality::{Evidence, Profile};

use super::extracting::Texts;
use crate::{
    pipeline::PipelineError,
    progress::{Progress, Stage},
};

/// Judges whether the report can be trusted; gives back what was said, which it takes along.
#[tracing::instrument(name = "checking", skip_all)]
pub(crate) async fn check(
    profile: &Arc<Profile>,
    comparison: Comparison,
    texts: Texts,
    analysis: Analysis,
    progress: &dyn Progress,
) -> Result<(Comparison, Analysis, QualityReport), PipelineError> {
    let began = Instant::now();
    progress.working(Stage::Checking, 0.0, "what was found and what was said");
    let profile = Arc::clone(profile);
    let judged = super::off_thread(Stage::Checking, move || {
        let report = profile.judge(&Evidence {
            older: &texts.older.extraction,
            newer: &texts.newer.extraction,
            company: &comparison.company,
            newer_filing: &comparison.newer,
            older_filing: &comparison.older,
            sections: &comparison.sections,
            analysis: &analysis,
        });
        (comparison, analysis, report)
    });
    let judged = judged.await?;
    progress.done(Stage::Checking, Some(&verdict(&judged.2)), began.elapsed());
    Ok(judged)
}

fn verdict(report: &QualityReport) -> String {
    match (report.is_valid, report.issues.len()) {
        (true, 0) => "complete, nothing to return".to_owned(),
        (true, 1) => "complete, 1 remark".to_owned(),
        (true, remarks) => format!("complete, {remarks} remarks"),
        (false, _) => "not complete, the token would be returned".to_owned(),
    }
}
