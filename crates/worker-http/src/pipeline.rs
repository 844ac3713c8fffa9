//! The product on one screen: from a ticker, or from two documents, to a report.

use std::{sync::Arc, time::Instant};

use ai_analyze::{AnalyzeError, Analyzer};
use filing_model::{Company, DISCLAIMER, Document, FilingRef, Report, SCHEMA_VERSION, Ticker};
use quality::Profile;
use sec_fetch::{FetchError, FilingSource, Pair, Years};
use section_diff::SectionDiffer;
use uuid::Uuid;

use crate::{
    progress::{Progress, Stage},
    stages::{self, Texts},
};

/// The stages of a report but the source of the filings.
#[derive(Clone)]
pub(crate) struct Pipeline {
    pub differ: Arc<dyn SectionDiffer + Send + Sync>,
    pub analyzer: Arc<dyn Analyzer>,
    pub profile: Arc<Profile>,
}

impl Pipeline {
    /// The report on a company's two latest annual reports, or on the years that were picked.
    pub(crate) async fn report(
        &self,
        source: &dyn FilingSource,
        ticker: &Ticker,
        years: &Years,
        progress: &dyn Progress,
    ) -> Result<Report, PipelineError> {
        let began = Instant::now();
        let pair = stages::choose(source, ticker, years, progress).await?;
        self.report_on(source, ticker, pair, began, progress).await
    }

    /// The report on two filings that were chosen; `began` is when the work on it did.
    pub(crate) async fn report_on(
        &self,
        source: &dyn FilingSource,
        ticker: &Ticker,
        pair: Pair,
        began: Instant,
        progress: &dyn Progress,
    ) -> Result<Report, PipelineError> {
        let documents = stages::fetch(source, &pair, progress).await?;
        let texts = stages::extract(documents.newer, documents.older, progress).await?;
        let texts = stages::with_annual_reports(source, texts, &pair.newer, &pair.older, progress).await?;
        let subject = Subject {
            ticker: Some(ticker.clone()),
            company: pair.company,
            newer: FilingRef::from(&pair.newer),
            older: FilingRef::from(&pair.older),
            notes: pair.notes,
            began,
        };
        self.finish(subject, texts, progress).await
    }

    /// The report on two documents at hand.
    pub(crate) async fn compare(
        &self,
        newer: Document,
        older: Document,
        progress: &dyn Progress,
    ) -> Result<Report, PipelineError> {
        let began = Instant::now();
        let texts = stages::extract(newer, older, progress).await?;
        let (company, newer, older, notes) = stages::describe(&texts)?;
        progress.company(&company);
        self.finish(Subject { ticker: None, company, newer, older, notes, began }, texts, progress).await
    }

    async fn finish(
        &self,
        subject: Subject,
        texts: Texts,
        progress: &dyn Progress,
    ) -> Result<Report, PipelineError> {
        let comparison = stages::compare(&self.differ, &subject, &texts, progress).await?;
        let analysis = stages::analyze(self.analyzer.as_ref(), &comparison, progress).await?;
        let (comparison, analysis, quality) =
            stages::check(&self.profile, comparison, texts, analysis, progress).await?;
        Ok(Report {
            schema_version: SCHEMA_VERSION,
            report_id: Uuid::new_v4().to_string(),
            ticker: subject.ticker,
            company: comparison.company,
            newer: comparison.newer,
            older: comparison.older,
            sections: comparison.sections,
            signals: comparison.signals,
            analysis,
            quality,
            notes: subject.notes,
            made_on: jiff::ZonedDateTime::now().date(),
            generation_time_seconds: subject.began.elapsed().as_secs_f64(),
            disclaimer: DISCLAIMER.to_owned(),
        })
    }
}

/// What a report is about.
pub(crate) struct Subject {
    pub ticker: Option<Ticker>,
    pub company: Company,
    pub newer: FilingRef,
    pub older: FilingRef,
    pub notes: Vec<String>,
    pub began: Instant,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PipelineError {
    #[error("the filings could not be fetched")]
    Fetch(#[from] FetchError),
    #[error("the changes could not be analysed")]
    Analyze(#[from] AnalyzeError),
    /// No Item of Form 10-K was found in it.
    #[error("{name} is not an annual report: no Item of Form 10-K was found in it")]
    NotAFiling { name: String },
    /// A panic in a stage: a fault of this program.
    #[error("{} stopped unexpectedly", stage.name())]
    Crashed { stage: Stage, source: tokio::task::JoinError },
}
