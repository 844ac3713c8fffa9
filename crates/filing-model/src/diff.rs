use serde::{Deserialize, Serialize};

use crate::{Company, FilingRef, Item, Side, Status};

/// Two annual reports, compared: what an analyzer reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The filer.
    pub company: Company,
    /// The later filing.
    pub newer: FilingRef,
    /// The earlier filing.
    pub older: FilingRef,
    /// What changed, Item by Item in the order of the form.
    pub sections: Vec<SectionDiff>,
    /// What a rule found without any model.
    pub signals: Vec<Signal>,
}

/// One Item, compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SectionDiff {
    /// Which Item.
    pub item: Item,
    /// Its caption.
    pub title: String,
    /// What became of it in the newer filing.
    pub newer_status: Status,
    /// What became of it in the older filing.
    pub older_status: Status,
    /// Why it was not compared; nothing is then shown as added or removed.
    pub not_compared: Option<String>,
    /// Similarity of the whole Item; `null` when it was not compared.
    pub similarity: Option<Similarity>,
    /// Sub-sections of both filings in reading order.
    pub headings: Vec<HeadingDiff>,
    /// Words of both sides, and words edited.
    pub words: WordCounts,
    /// Paragraphs by what became of them.
    pub counts: ChangeCounts,
    /// Changes in reading order: where the newer text has them, removed ones where they stood.
    pub changes: Vec<Change>,
    /// Unchanged text between the changes; together with them it gives both texts in full.
    pub unchanged: Vec<UnchangedRun>,
    /// What a reader should know of this comparison.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl SectionDiff {
    /// A caption that fits a table.
    pub fn short_title(&self) -> &str {
        if self.title == self.item.title() { self.item.short_title() } else { &self.title }
    }

    /// The share of the words of both filings that no edit touched, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    pub fn share_kept(&self) -> f64 {
        let all = self.words.newer + self.words.older;
        let edited = (self.words.added + self.words.removed).min(all);
        if all == 0 { 1.0 } else { 1.0 - edited as f64 / all as f64 }
    }
}

/// Similarity as in "Lazy Prices" (Cohen, Malloy, Nguyen, Journal of Finance 75(3), 2020): from 0 to 1, where 1 is the same text.
///
/// Tokens are words of two or more letters; figures and stop-words are left out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Similarity {
    /// Cosine of the term-frequency vectors.
    pub cosine: f64,
    /// Shared terms over all terms.
    pub jaccard: f64,
    /// 1 less edited words over all words of both sides; from our own edits, so the true minimum may be smaller.
    pub min_edit: f64,
    /// 1 less words added, deleted and changed over the average length.
    pub simple: f64,
}

/// A sub-section of an Item, matched between the years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeadingDiff {
    /// Its words in the newer filing; of a removed one, in the older.
    pub title: String,
    /// Similarity of the sub-section's text; `null` unless it stands in both filings.
    pub similarity: Option<Similarity>,
    /// 1 for the outermost.
    pub level: u8,
    /// What became of it.
    pub state: HeadingState,
    /// Its words in the older filing when they differ.
    pub older_title: Option<String>,
    /// Index of its paragraph in the older text.
    pub older_paragraph: Option<usize>,
    /// Index of its paragraph in the newer text.
    pub newer_paragraph: Option<usize>,
}

/// What became of a sub-heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HeadingState {
    /// In both, with the same words.
    Kept,
    /// In both, with other words.
    Retitled,
    /// In the newer filing only.
    Added,
    /// In the older filing only.
    Removed,
}

/// Words of an Item, and how many of them were edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WordCounts {
    /// Words in the newer text.
    pub newer: usize,
    /// Words in the older text.
    pub older: usize,
    /// Words inserted, whole new paragraphs included; moved text is not.
    pub added: usize,
    /// Words deleted, whole removed paragraphs included; moved text is not.
    pub removed: usize,
}

/// Paragraphs by what became of them. `figures_only` counts modified ones among `modified`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeCounts {
    /// The same, word for word.
    pub unchanged: usize,
    /// Edited.
    pub modified: usize,
    /// New.
    pub added: usize,
    /// Gone.
    pub removed: usize,
    /// At another place, edited or not.
    pub moved: usize,
    /// Edited in figures, dates and units alone.
    pub figures_only: usize,
    /// Other in case, punctuation or white space alone; shown as unchanged.
    pub cosmetic: usize,
}

/// What happened to a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Edited where it stands.
    Modified,
    /// New.
    Added,
    /// Gone.
    Removed,
    /// At another place; edited too when `edits` hold more than equal text.
    Moved,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// Item and number in reading order, such as `1A-9`; the same in page, JSON and address.
    pub id: String,
    /// What happened.
    pub kind: ChangeKind,
    /// 1 for the change of this Item that tells most.
    pub rank: usize,
    /// How much it tells, comparable between Items; larger is more.
    pub weight: f64,
    /// Whether figures, dates and units alone changed.
    pub figures_only: bool,
    /// Figures that changed, old and new, in reading order.
    pub figures: Vec<[String; 2]>,
    /// The sub-heading it stands under.
    pub heading: Option<String>,
    /// The Item of the other filing that has the same words, when the passage is new or gone in this Item alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elsewhere: Option<Item>,
    /// The passage in the older filing.
    pub older: Option<Passage>,
    /// The passage in the newer filing.
    pub newer: Option<Passage>,
    /// Word edits that turn the older text into the newer: equal and delete give the older text, equal and insert the newer.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<(EditOp, String)>"))]
    pub edits: Vec<(EditOp, String)>,
}

impl Change {
    /// The passage on one side.
    pub fn side(&self, side: Side) -> Option<&Passage> {
        match side {
            Side::Older => self.older.as_ref(),
            Side::Newer => self.newer.as_ref(),
        }
    }
}

/// A passage and where it stands in its Item's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Passage {
    /// Index of its first paragraph.
    pub paragraph: usize,
    /// Its text; paragraphs that were merged or split are parted by a blank line.
    pub text: String,
}

/// A step from the older text to the newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EditOp {
    /// In both.
    Equal,
    /// In the newer text.
    Insert,
    /// In the older text.
    Delete,
}

/// Consecutive paragraphs that are the same in both filings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnchangedRun {
    /// Index of the first paragraph in the older text.
    pub older: usize,
    /// Index of the first paragraph in the newer text.
    pub newer: usize,
    /// The paragraphs as the newer filing has them. What was split or merged without another word stands alone in its run,
    /// its paragraphs parted by a blank line.
    pub text: Vec<String>,
    /// Paragraphs whose older wording differs in case, punctuation or white space: index in `text`, older wording.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cosmetic: Vec<(usize, String)>,
}

/// Something an analyst looks for, found by rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Signal {
    /// What was found.
    pub kind: SignalKind,
    /// The Item it stands in.
    pub item: Item,
    /// A sentence of ours that says it.
    pub statement: String,
    /// The words of the older filing.
    pub older: Option<String>,
    /// The words of the newer filing.
    pub newer: Option<String>,
    /// The change that shows it.
    pub change_id: Option<String>,
}

/// What rules look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SignalKind {
    /// Another firm audits the statements.
    AuditorChanged,
    /// A material weakness in internal control.
    MaterialWeakness,
    /// Disclosure controls or internal control are called not effective.
    ControlsNotEffective,
    /// Substantial doubt about going on as a company.
    GoingConcern,
    /// Earlier statements are restated or corrected.
    Restatement,
    /// Item 9 says more than "None".
    AccountantDisagreement,
    /// Item 1B says more than "None".
    StaffComments,
    /// A legal proceeding that the older filing does not have.
    LegalProceeding,
    /// A legal proceeding that the newer filing calls settled, dismissed or otherwise over.
    LegalProceedingEnded,
    /// A cybersecurity incident.
    CyberIncident,
    /// A customer crosses a tenth of revenue.
    CustomerConcentration,
    /// A reportable segment is new or gone.
    SegmentChanged,
    /// A risk factor is new.
    RiskFactorAdded,
    /// A risk factor is gone.
    RiskFactorRemoved,
    /// Dividend or share classes changed.
    DividendChanged,
    /// The period is not a usual year.
    PeriodChanged,
    /// The filing speaks to machines: text that gives instructions to a reader's model.
    PromptInjection,
}
