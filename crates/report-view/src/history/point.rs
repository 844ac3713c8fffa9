use filing_model::{ChangeCounts, FilingRef, Item, Report, SectionDiff, Similarity, WordCounts};
use serde::{Deserialize, Serialize};

/// One pair of annual reports in the history of a company: a [`Report`] without its text.
///
/// Field names are those of the report's JSON, so a point can also be read from there, and the rest is passed over.
///
/// ```
/// # fn read(json: &[u8], report: &filing_model::Report) -> Result<(), serde_json::Error> {
/// use report_view::HistoryPoint;
///
/// let point: HistoryPoint = serde_json::from_slice(json)?;
/// assert_eq!(point, HistoryPoint::of(report));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryPoint {
    /// Names the report.
    pub report_id: String,
    /// The later filing.
    pub newer: FilingRef,
    /// The earlier filing.
    pub older: FilingRef,
    /// Each Item in the order of the form.
    #[serde(rename = "sections")]
    pub items: Vec<HistoryItem>,
    /// Where the page of the report is served, which its year then links to: a path such as `/reports/5f1c0a7e.html`.
    #[serde(skip)]
    pub page: Option<String>,
}

/// One Item of a pair, in figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryItem {
    /// Which Item.
    pub item: Item,
    /// Why it was not compared.
    pub not_compared: Option<String>,
    /// Similarity of the whole Item; `None` when it was not compared.
    pub similarity: Option<Similarity>,
    /// Words of both sides, and words edited.
    pub words: WordCounts,
    /// Paragraphs by what became of them.
    pub counts: ChangeCounts,
}

impl HistoryPoint {
    /// The figures of a report.
    pub fn of(report: &Report) -> Self {
        Self {
            report_id: report.report_id.clone(),
            newer: report.newer.clone(),
            older: report.older.clone(),
            items: report.sections.iter().map(HistoryItem::of).collect(),
            page: None,
        }
    }

    /// The same, linked to the page of its report.
    #[must_use]
    pub fn with_page(mut self, path: impl Into<String>) -> Self {
        self.page = Some(path.into());
        self
    }

    pub(super) fn find(&self, item: Item) -> Option<&HistoryItem> {
        self.items.iter().find(|of| of.item == item)
    }

    /// The path of the report's page. Anything but a path on the same server is left out.
    pub(super) fn path(&self) -> Option<&str> {
        let plain = |path: &&str| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
        self.page.as_deref().filter(plain)
    }
}

impl HistoryItem {
    fn of(section: &SectionDiff) -> Self {
        Self {
            item: section.item,
            not_compared: section.not_compared.clone(),
            similarity: section.similarity,
            words: section.words,
            counts: section.counts,
        }
    }

    /// The similarity, when the Item was compared.
    pub(super) fn measured(&self) -> Option<Similarity> {
        self.similarity.filter(|_| self.not_compared.is_none())
    }

    /// Paragraphs that are not where and what they were.
    pub(super) fn changed_paragraphs(&self) -> usize {
        let counts = self.counts;
        counts.modified + counts.added + counts.removed + counts.moved
    }
}
