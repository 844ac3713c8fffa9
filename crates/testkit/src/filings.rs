use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use filing_model::Item;
use serde::Deserialize;

/// A folder of real filings with labels, as its README describes it.
#[derive(Debug, Clone)]
pub struct RealFilings {
    folder: PathBuf,
}

/// One line of its index.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    /// File name, gzip.
    pub file: String,
    /// Name without ending, such as `AAPL_FY2024`.
    pub name: String,
    /// The filer's name, read off the cover.
    #[serde(default)]
    pub company: Option<String>,
    /// EDGAR's number of the filer.
    #[serde(default)]
    pub cik: Option<String>,
    /// The submission's number.
    #[serde(default)]
    pub accession: Option<String>,
    /// The form as filed.
    #[serde(default)]
    pub form: Option<String>,
    /// The last day of the period.
    #[serde(default)]
    pub period: Option<String>,
    /// Calendar year of the fiscal period's end.
    pub fiscal_year: Option<i32>,
    /// The same company's report one year earlier.
    pub previous: Option<String>,
    /// Where its labels are.
    pub labels: String,
    /// Oddities.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// How a filing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilerKind {
    /// HTML with tagged facts, since 2019.
    InlineXbrl,
    /// HTML alone.
    Html,
    /// Plain text, to about 2001.
    PlainText,
}

impl FilerKind {
    /// Every kind, the newest first.
    pub const ALL: [Self; 3] = [Self::InlineXbrl, Self::Html, Self::PlainText];

    /// For a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::InlineXbrl => "inline XBRL",
            Self::Html => "HTML",
            Self::PlainText => "plain text",
        }
    }
}

impl Row {
    /// How the filing is written.
    pub fn kind(&self) -> FilerKind {
        if self.has_note("plain text") {
            FilerKind::PlainText
        } else if self.has_note("inline XBRL") {
            FilerKind::InlineXbrl
        } else {
            FilerKind::Html
        }
    }

    /// Whether Items are left to the annual report to shareholders, which comes as Exhibit 13.
    pub fn refers_to_annual_report(&self) -> bool {
        self.has_note("items incorporated by reference to the annual report")
    }

    /// Whether an index of page numbers stands in place of the Items' headings.
    pub fn has_cross_reference_index(&self) -> bool {
        self.has_note("cross-reference index")
    }

    fn has_note(&self, start: &str) -> bool {
        self.notes.iter().any(|note| note.starts_with(start))
    }
}

/// What is known of one Item.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// `present`, `incorporated_by_reference`, `reserved_or_none`, `absent`, `combined_with`, `unsure`.
    pub status: String,
    /// The heading as it stands.
    pub heading: Option<String>,
    /// First words of the body.
    #[serde(default)]
    pub start_words: String,
    /// Last words of the body.
    #[serde(default)]
    pub end_words: String,
    /// White-space words of the body.
    #[serde(default)]
    pub words: usize,
    /// Words that hold a letter or digit.
    pub text_words: Option<usize>,
    /// The whole body refers to another place of the same document.
    #[serde(default)]
    pub internal_pointer: bool,
    /// How it was decided.
    pub decided: Option<String>,
}

#[derive(Deserialize)]
struct Labels {
    items: BTreeMap<Item, Label>,
}

impl RealFilings {
    /// The folder named by `FILINGS_DIR`, else the one beside the repository. `None`, with the reason printed, when it is absent.
    #[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test says why it is skipped")]
    pub fn find() -> Option<Self> {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/filings");
        let folder = std::env::var_os("FILINGS_DIR").map_or(beside, PathBuf::from);
        if folder.join("index.jsonl").is_file() {
            return Some(Self { folder });
        }
        eprintln!("skipped: no real filings at {} (set FILINGS_DIR)", folder.display());
        None
    }

    /// A folder given by name.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Every filing.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn rows(&self) -> anyhow::Result<Vec<Row>> {
        let path = self.folder.join("index.jsonl");
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        text.lines()
            .map(|line| serde_json::from_str(line).with_context(|| format!("{} is damaged", path.display())))
            .collect()
    }

    /// A filing's document, unpacked.
    ///
    /// # Errors
    /// When the file is missing or damaged.
    pub fn document(&self, row: &Row) -> anyhow::Result<filing_model::Document> {
        crate::document(&self.folder.join(&row.file))
    }

    /// A filing's labels.
    ///
    /// # Errors
    /// When the file is missing or damaged.
    pub fn labels(&self, row: &Row) -> anyhow::Result<BTreeMap<Item, Label>> {
        let path = self.folder.join(&row.labels);
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let labels: Labels =
            serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()))?;
        Ok(labels.items)
    }

    /// Filings and the same company's filing one year before, the older first.
    ///
    /// # Errors
    /// When the index is damaged.
    pub fn pairs(&self) -> anyhow::Result<Vec<[Row; 2]>> {
        let rows = self.rows()?;
        let pair = |newer: &Row| {
            let previous = newer.previous.as_ref()?;
            rows.iter().find(|older| older.name == *previous).map(|older| [older.clone(), newer.clone()])
        };
        Ok(rows.iter().filter_map(pair).collect())
    }
}
