use std::{
    fmt::Write as _,
    sync::Arc,
    time::{Duration, Instant},
};

use filing_model::{Document, Extraction, Filing, Side, Status};
use sec_fetch::{FetchError, FilingSource};

use crate::{
    pipeline::PipelineError,
    progress::{Fact, Progress, Stage},
};

/// Companies may put Items 5 to 8 into their printed annual report, filed beside the 10-K.
const ANNUAL_REPORT: &str = "EX-13";

/// Two documents and what was found in them.
pub(crate) struct Texts {
    pub newer: Text,
    pub older: Text,
}

/// One document and what was found in it.
pub(crate) struct Text {
    pub document: Document,
    pub extraction: Arc<Extraction>,
    took: Duration,
}

/// Cuts both documents into their Items, at the same time.
#[tracing::instrument(
    name = "extracting",
    skip_all,
    fields(newer_bytes = newer.bytes.len(), older_bytes = older.bytes.len())
)]
pub(crate) async fn extract(
    newer: Document,
    older: Document,
    progress: &dyn Progress,
) -> Result<Texts, PipelineError> {
    let began = Instant::now();
    progress.working(Stage::Extracting, 0.0, "both filings");
    let (newer, older) = tokio::try_join!(text(newer), text(older))?;
    for (side, text) in [("newer", &newer), ("older", &older)] {
        progress.fact(&Fact {
            stage: Stage::Extracting,
            text: format!("{side}: {}", item_counts(&text.extraction)),
            bytes: None,
            took: text.took,
        });
    }
    progress.done(Stage::Extracting, None, began.elapsed());
    Ok(Texts { newer, older })
}

async fn text(document: Document) -> Result<Text, PipelineError> {
    super::off_thread(Stage::Extracting, move || {
        let began = Instant::now();
        let extraction = Arc::new(section_extract::sections(&document));
        Text { document, extraction, took: began.elapsed() }
    })
    .await
}

/// `18 Items found, 5 by reference`
pub(crate) fn item_counts(extraction: &Extraction) -> String {
    let count = |status| extraction.items.values().filter(|section| section.status == status).count();
    let mut text = format!("{} Items found", count(Status::Found));
    for (status, words) in [(Status::ByReference, "by reference"), (Status::Missing, "missing")] {
        if count(status) > 0 {
            let _ = write!(text, ", {} {words}", count(status));
        }
    }
    text
}

/// Fetches the printed annual report where an Item points to it, and reads that filing again with it.
#[tracing::instrument(name = "extracting", skip_all)]
pub(crate) async fn with_annual_reports(
    source: &dyn FilingSource,
    texts: Texts,
    newer: &Filing,
    older: &Filing,
    progress: &dyn Progress,
) -> Result<Texts, PipelineError> {
    Ok(Texts {
        newer: with_annual_report(source, texts.newer, newer, Side::Newer, progress).await?,
        older: with_annual_report(source, texts.older, older, Side::Older, progress).await?,
    })
}

async fn with_annual_report(
    source: &dyn FilingSource,
    text: Text,
    filing: &Filing,
    side: Side,
    progress: &dyn Progress,
) -> Result<Text, PipelineError> {
    if !points_to_annual_report(&text.extraction) {
        return Ok(text);
    }
    let side = if side == Side::Newer { "newer" } else { "older" };
    progress.working(Stage::Extracting, 0.5, &format!("the annual report beside the {side} filing"));
    let exhibits = match source.exhibits(filing, ANNUAL_REPORT).await {
        // The text stays a pointer then, and the report says so.
        Err(FetchError::NotFound { .. } | FetchError::NotInRecording { .. } | FetchError::Offline { .. }) => {
            Vec::new()
        }
        answer => answer?,
    };
    if exhibits.is_empty() {
        return Ok(text);
    }
    let text = self::text(Document { exhibits, ..text.document }).await?;
    progress.fact(&Fact {
        stage: Stage::Extracting,
        text: format!("{side} with annual report: {}", item_counts(&text.extraction)),
        bytes: None,
        took: text.took,
    });
    Ok(text)
}

fn points_to_annual_report(extraction: &Extraction) -> bool {
    extraction
        .items
        .values()
        .filter(|section| section.status == Status::ByReference)
        .filter_map(|section| section.refers_to.as_deref())
        .any(|target| target.contains("Exhibit 13"))
}

impl Text {
    /// Whether there is no trace of any Item: not an annual report.
    pub(crate) fn is_empty(&self) -> bool {
        self.extraction.items.values().all(|section| section.status == Status::Missing)
    }
}
