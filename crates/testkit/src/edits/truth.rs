//! What was done to a text.

use std::ops::Range;

use filing_model::Section;

/// An older text, the newer text made from it, and what became of every paragraph.
#[derive(Debug, Clone)]
pub struct KnownEdits {
    /// The source, untouched.
    pub older: Section,
    /// The source, edited.
    pub newer: Section,
    /// Every paragraph of either text is in exactly one of them.
    pub passages: Vec<KnownPassage>,
}

/// Paragraphs that belong together, and what was done to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPassage {
    /// What was done.
    pub kind: EditKind,
    /// Paragraphs in the older text; none of an inserted one.
    pub older: Range<usize>,
    /// Paragraphs in the newer text; none of a deleted one.
    pub newer: Range<usize>,
    /// How many per cent of its words the edit was to touch; 0 where that has no meaning.
    pub percent: usize,
    /// Why it is not scored.
    pub unscored: Option<Unscored>,
}

impl KnownPassage {
    /// Whether a comparison may class it so. Paragraphs split or merged without another word are edited and the same, as one
    /// likes.
    pub fn is_rightly(&self, class: Class) -> bool {
        let layout = matches!(self.kind, EditKind::Split | EditKind::Merged | EditKind::RunIn);
        let same = matches!(class, Class::Unchanged | Class::Cosmetic);
        class == self.kind.due() || (layout && self.percent == 0 && same)
    }
}

/// Edits that the generator makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EditKind {
    /// Left as it was.
    Unchanged,
    /// Taken from another company's report.
    Inserted,
    /// Put in the place of a deleted paragraph, half of the time from another Item of the same company.
    InItsPlace,
    /// Left out.
    Deleted,
    /// Phrases replaced, inserted and deleted.
    Rephrased(Extent),
    /// Single words replaced, inserted and deleted all over.
    Reworded(Extent),
    /// Put elsewhere.
    Moved,
    /// Put elsewhere, with 5 to 20 % of the words touched.
    MovedAndEdited,
    /// Cut in two at the end of a sentence, often with a small edit.
    Split,
    /// Two neighbours made one, often with a small edit.
    Merged,
    /// A sub-heading made the start of the paragraph below it.
    RunIn,
    /// A sub-heading with other words over the same or nearly the same text.
    Retitled,
    /// Years, dates and amounts of prose moved on.
    Rolled,
    /// Years and amounts of a table moved on, often by a column.
    TableRolled,
    /// Rows of a table added, taken out or renamed, half of the time with other figures too.
    TableRows,
    /// Other case, punctuation or quotation marks.
    Cosmetic,
    /// "the Company" became "we", or the other way round.
    CompanyRenamed,
}

/// How many of the words an edit touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// 5 to 20 %.
    Little,
    /// 20 to 40 %.
    Some,
    /// 40 to 60 %.
    Much,
}

impl EditKind {
    /// Every kind, in the order of tables.
    pub const ALL: [Self; 21] = [
        Self::Unchanged,
        Self::Inserted,
        Self::InItsPlace,
        Self::Deleted,
        Self::Rephrased(Extent::Little),
        Self::Rephrased(Extent::Some),
        Self::Rephrased(Extent::Much),
        Self::Reworded(Extent::Little),
        Self::Reworded(Extent::Some),
        Self::Reworded(Extent::Much),
        Self::Moved,
        Self::MovedAndEdited,
        Self::Split,
        Self::Merged,
        Self::RunIn,
        Self::Retitled,
        Self::Rolled,
        Self::TableRolled,
        Self::TableRows,
        Self::Cosmetic,
        Self::CompanyRenamed,
    ];

    /// For a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Inserted => "inserted",
            Self::InItsPlace => "inserted in place",
            Self::Deleted => "deleted",
            Self::Rephrased(Extent::Little) => "phrases 5-20 %",
            Self::Rephrased(Extent::Some) => "phrases 20-40 %",
            Self::Rephrased(Extent::Much) => "phrases 40-60 %",
            Self::Reworded(Extent::Little) => "words 5-20 %",
            Self::Reworded(Extent::Some) => "words 20-40 %",
            Self::Reworded(Extent::Much) => "words 40-60 %",
            Self::Moved => "moved",
            Self::MovedAndEdited => "moved, edited",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::RunIn => "heading run in",
            Self::Retitled => "retitled",
            Self::Rolled => "years rolled",
            Self::TableRolled => "table rolled",
            Self::TableRows => "table rows",
            Self::Cosmetic => "cosmetic",
            Self::CompanyRenamed => "Company or we",
        }
    }

    /// How a comparison is to class it.
    pub fn due(self) -> Class {
        match self {
            Self::Unchanged => Class::Unchanged,
            Self::Inserted | Self::InItsPlace => Class::Added,
            Self::Deleted => Class::Removed,
            Self::Rephrased(_)
            | Self::Reworded(_)
            | Self::Split
            | Self::Merged
            | Self::RunIn
            | Self::Retitled
            | Self::TableRows => Class::Modified,
            Self::Moved => Class::Moved,
            Self::MovedAndEdited => Class::MovedAndEdited,
            Self::Rolled | Self::TableRolled => Class::FiguresOnly,
            Self::Cosmetic | Self::CompanyRenamed => Class::Cosmetic,
        }
    }
}

/// What a comparison can say of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The same.
    Unchanged,
    /// The same to a reader.
    Cosmetic,
    /// Edited in place.
    Modified,
    /// Edited in place in figures, dates and units alone.
    FiguresOnly,
    /// At another place, word for word.
    Moved,
    /// At another place and edited.
    MovedAndEdited,
    /// New.
    Added,
    /// Gone.
    Removed,
}

/// Why a passage is not scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unscored {
    /// So few words turn up anywhere.
    Short,
    /// The same words stand in the text more than once.
    Repeated,
    /// Another edited paragraph reads as much like it as its own partner, or an inserted one like a deleted one.
    Twin,
    /// So few of its words were kept in order that a reader would call it replaced.
    Replaced,
}

impl Unscored {
    /// Every reason, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Short, Self::Repeated, Self::Twin, Self::Replaced];

    /// For a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Repeated => "repeated",
            Self::Twin => "twins",
            Self::Replaced => "replaced",
        }
    }
}
