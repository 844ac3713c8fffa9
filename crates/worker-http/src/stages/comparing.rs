use std::{sync::Arc, time::Instant};

use filing_model::{Company, Comparison, Extraction, FilingRef};
use section_diff::SectionDiffer;

use super::extracting::{Text, Texts};
use crate::{
    pipeline::{PipelineError, Subject},
    progress::{Progress, Stage},
};

/// Compares each Item year over year.
#[tracing::instrument(name = "comparing", skip_all)]
pub(crate) async fn compare(
    differ: &Arc<dyn SectionDiffer + Send + Sync>,
    subject: &Subject,
    texts: &Texts,
    progress: &dyn Progress,
) -> Result<Comparison, PipelineError> {
    let began = Instant::now();
    progress.working(Stage::Comparing, 0.0, "Item by Item");
    let differ = Arc::clone(differ);
    let (older, newer) = (Arc::clone(&texts.older.extraction), Arc::clone(&texts.newer.extraction));
    let differences = super::off_thread(Stage::Comparing, move || differ.compare(&older, &newer)).await?;
    let comparison = Comparison {
        company: subject.company.clone(),
        newer: subject.newer.clone(),
        older: subject.older.clone(),
        sections: differences.sections,
        signals: differences.signals,
    };
    progress.done(Stage::Comparing, Some(&counted(&comparison)), began.elapsed());
    Ok(comparison)
}

/// `46 changes in 8 Items, 305 paragraphs unchanged`
fn counted(comparison: &Comparison) -> String {
    let changes: usize = comparison.sections.iter().map(|section| section.changes.len()).sum();
    let items = comparison.sections.iter().filter(|section| !section.changes.is_empty()).count();
    let unchanged: usize = comparison.sections.iter().map(|section| section.counts.unchanged).sum();
    format!("{changes} changes in {items} Items, {unchanged} paragraphs unchanged")
}

/// Whose filings two documents are, by their covers.
pub(crate) fn describe(texts: &Texts) -> Result<(Company, FilingRef, FilingRef, Vec<String>), PipelineError> {
    for text in [&texts.older, &texts.newer] {
        if text.is_empty() {
            return Err(PipelineError::NotAFiling { name: text.document.name.clone() });
        }
    }
    let (newer, older) = (filing_ref(&texts.newer.extraction), filing_ref(&texts.older.extraction));
    let notes = remarks(texts, &newer, &older);
    Ok((company(texts), newer, older, notes))
}

fn company(texts: &Texts) -> Company {
    let known = |field: fn(&Extraction) -> Option<String>| {
        field(&texts.newer.extraction).or_else(|| field(&texts.older.extraction))
    };
    let cik = known(|extraction| extraction.cover.get("EntityCentralIndexKey").map(str::to_owned));
    Company {
        name: known(|extraction| extraction.company.clone())
            .unwrap_or_else(|| texts.newer.document.name.clone()),
        cik: cik.and_then(|cik| cik.parse().ok()),
        ticker: None,
    }
}

fn filing_ref(extraction: &Extraction) -> FilingRef {
    FilingRef { form: extraction.form.clone(), period_end: extraction.period_end, ..FilingRef::default() }
}

/// What looks odd about the two files that were given.
fn remarks(texts: &Texts, newer: &FilingRef, older: &FilingRef) -> Vec<String> {
    let mut notes = Vec::new();
    if let (Some(newer), Some(older)) = (newer.period_end, older.period_end) {
        if newer < older {
            notes.push(format!("The file given as the newer one reports on {newer}, the other on {older}: they may be the wrong way round."));
        } else if newer == older {
            notes.push(format!("Both files report on the period that ended on {newer}."));
        }
    }
    if let (Some(newer), Some(older)) = (cik(&texts.newer), cik(&texts.older))
        && newer.trim_start_matches('0') != older.trim_start_matches('0')
    {
        notes.push(format!("The covers name two companies, with CIK {newer} and {older}."));
    }
    notes
}

fn cik(text: &Text) -> Option<&str> {
    text.extraction.cover.get("EntityCentralIndexKey")
}
