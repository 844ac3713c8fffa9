use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Form, Item, SCHEMA_VERSION};

/// What a document holds, Item by Item. Every Item of the form has an entry, the missing ones too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Extraction {
    /// See [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The form named on the cover.
    pub form: Option<Form>,
    /// The last day of the period, from the cover.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub period_end: Option<Date>,
    /// The filer's name, from the cover.
    pub company: Option<String>,
    /// Facts of the cover page.
    pub cover: Cover,
    /// What was found of each Item.
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Section>"))]
    pub items: BTreeMap<Item, Section>,
    /// Words of the document that a reader sees, without page furniture; absent when they were not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document_words: Option<usize>,
    /// The beginning of the words that a reader of the page cannot see and that are in no Item, such as white on white.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hidden_text: String,
    /// What a reader should know of the document as a whole, such as hidden text that was left out.
    pub notes: Vec<String>,
}

impl Extraction {
    /// An extraction that found nothing: every Item is missing.
    pub fn empty() -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            form: None,
            period_end: None,
            company: None,
            cover: Cover::default(),
            items: Item::ALL.into_iter().map(|item| (item, Section::missing())).collect(),
            document_words: None,
            hidden_text: String::new(),
            notes: Vec::new(),
        }
    }

    /// The Item's section if its own text was found.
    pub fn found(&self, item: Item) -> Option<&Section> {
        self.items.get(&item).filter(|section| section.status == Status::Found)
    }
}

/// Facts of the cover page by their `dei` name without prefix, such as `AuditorName`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Cover(pub BTreeMap<String, String>);

impl Cover {
    /// The fact as written.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A yes-or-no fact; `None` when it is absent or neither.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "☒" => Some(true),
            "false" | "no" | "☐" => Some(false),
            _ => None,
        }
    }
}

/// What became of an Item in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Its own text is here.
    Found,
    /// A pointer to another place, which [`Section::refers_to`] names.
    ByReference,
    /// The filer says none, not applicable, reserved or not required.
    Omitted,
    /// No trace of it.
    Missing,
}

/// How sure the extraction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The evidence agrees.
    High,
    /// Something speaks against it; [`Section::reason`] says what.
    Low,
}

/// One Item of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Section {
    /// What became of the Item.
    pub status: Status,
    /// The heading as it stands in the document.
    pub heading: Option<String>,
    /// The text after the heading: paragraphs parted by a blank line, table rows as lines with cells joined by ` | `.
    pub text: String,
    /// White-space tokens of the text without the ` | ` marks.
    pub words: usize,
    /// Number of tables in the text.
    pub tables: usize,
    /// How sure we are.
    pub confidence: Confidence,
    /// Why the confidence is low, or how a pointer was followed.
    pub reason: Option<String>,
    /// Where a pointer points: `Item 10`, `proxy statement`, `Exhibit 13`.
    pub refers_to: Option<String>,
    /// Sub-headings in the order of the text.
    pub headings: Vec<Heading>,
    /// Where heading and text stand in the document; absent when they are not one piece of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// A piece of a document, in words as [`Extraction::document_words`] counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// Words before it.
    pub start: usize,
    /// Words before what comes after it.
    pub end: usize,
}

impl Section {
    /// No trace of the Item.
    pub fn missing() -> Self {
        Self {
            status: Status::Missing,
            heading: None,
            text: String::new(),
            words: 0,
            tables: 0,
            confidence: Confidence::High,
            reason: None,
            refers_to: None,
            headings: Vec::new(),
            span: None,
        }
    }
}

/// A sub-heading inside an Item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Heading {
    /// 1 for the outermost.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// Index of the paragraph in the Item's text that is this heading.
    pub paragraph: usize,
}

/// The paragraphs of a section's text.
pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    // A search for single line breaks is several times as fast as one for pairs.
    let mut rest = text;
    let pieces = std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.match_indices('\n').find(|(at, _)| rest.as_bytes().get(at + 1) == Some(&b'\n'));
        let (piece, after) = end.map_or((rest, ""), |(at, _)| (&rest[..at], &rest[at + 2..]));
        rest = after;
        Some(piece)
    });
    pieces.filter(|paragraph| !paragraph.is_empty())
}
