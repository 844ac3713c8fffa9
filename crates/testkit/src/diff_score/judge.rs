//! The rule.

use std::ops::Range;

use filing_model::{EditOp, SectionDiff};

use super::told::{Told, told};
use crate::edits::{Class, KnownEdits, KnownPassage};

/// What came of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Came {
    /// Its paragraphs together and nothing else, classed so.
    As(Class),
    /// The older paragraphs as removed, the newer as added.
    Apart,
    /// Some of its paragraphs together, others left as added or removed.
    InPart,
    /// Together with paragraphs of another passage.
    WithOthers,
}

impl Came {
    /// Every answer, in the order of tables.
    pub const ALL: [Self; 11] = [
        Self::As(Class::Unchanged),
        Self::As(Class::Cosmetic),
        Self::As(Class::Modified),
        Self::As(Class::FiguresOnly),
        Self::As(Class::Moved),
        Self::As(Class::MovedAndEdited),
        Self::As(Class::Added),
        Self::As(Class::Removed),
        Self::Apart,
        Self::InPart,
        Self::WithOthers,
    ];

    /// For a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::As(Class::Unchanged) => "same",
            Self::As(Class::Cosmetic) => "cosmetic",
            Self::As(Class::Modified) => "modified",
            Self::As(Class::FiguresOnly) => "figures",
            Self::As(Class::Moved) => "moved",
            Self::As(Class::MovedAndEdited) => "moved+",
            Self::As(Class::Added) => "added",
            Self::As(Class::Removed) => "removed",
            Self::Apart => "apart",
            Self::InPart => "in part",
            Self::WithOthers => "others",
        }
    }
}

/// A passage and what came of it.
#[derive(Debug)]
pub struct Verdict<'a> {
    /// What was done.
    pub passage: &'a KnownPassage,
    /// What came.
    pub came: Came,
    /// What to look at when it is wrong.
    pub miss: Option<Miss>,
}

/// What a comparison did instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Older and newer paragraphs that came together and touch the passage, with how they are classed.
    pub told: Vec<(Range<usize>, Range<usize>, Class)>,
    /// The word edits when the right paragraphs came together and the class is another.
    pub edits: Vec<(EditOp, String)>,
}

impl Verdict<'_> {
    /// Whether it came as is due.
    pub fn is_right(&self) -> bool {
        self.miss.is_none()
    }
}

/// Judges every passage that is scored.
pub fn judge<'a>(known: &'a KnownEdits, diff: &SectionDiff) -> Vec<Verdict<'a>> {
    let told = told(diff);
    let of_older = index(&told, |told| told.older.clone());
    let of_newer = index(&told, |told| told.newer.clone());
    let scored = known.passages.iter().filter(|passage| passage.unscored.is_none());
    let verdict = |passage: &'a KnownPassage| {
        let older = passage.older.clone().map(|at| of_older.get(at).copied().flatten());
        let newer = passage.newer.clone().map(|at| of_newer.get(at).copied().flatten());
        let mut touching: Vec<usize> = older.chain(newer).flatten().collect();
        touching.sort_unstable();
        touching.dedup();
        let touching: Vec<&Told<'_>> = touching.into_iter().map(|at| &told[at]).collect();
        let came = came(passage, &touching);
        let all = || touching.iter().map(|told| (told.older.clone(), told.newer.clone(), told.class));
        let edits = || match (came, touching.as_slice()) {
            (Came::As(_), [only]) => {
                only.edits.iter().filter(|(op, _)| *op != EditOp::Equal).cloned().collect()
            }
            _ => Vec::new(),
        };
        let miss = (!is_right(passage, came)).then(|| Miss { told: all().collect(), edits: edits() });
        Verdict { passage, came, miss }
    };
    scored.map(verdict).collect()
}

fn is_right(passage: &KnownPassage, came: Came) -> bool {
    matches!(came, Came::As(class) if passage.is_rightly(class))
}

/// For each paragraph, which entry tells of it.
fn index(told: &[Told<'_>], side: impl Fn(&Told<'_>) -> Range<usize>) -> Vec<Option<usize>> {
    let end = told.iter().map(|told| side(told).end).max().unwrap_or(0);
    let mut entries = vec![None; end];
    for (entry, told) in told.iter().enumerate() {
        entries[side(told)].fill(Some(entry));
    }
    entries
}

fn came(passage: &KnownPassage, touching: &[&Told<'_>]) -> Came {
    if let [only] = touching
        && same(&only.older, &passage.older)
        && same(&only.newer, &passage.newer)
    {
        return Came::As(only.class);
    }
    let inside = |range: &Range<usize>, all: &Range<usize>| {
        range.is_empty() || (range.start >= all.start && range.end <= all.end)
    };
    if !touching.iter().all(|told| inside(&told.older, &passage.older) && inside(&told.newer, &passage.newer))
    {
        return Came::WithOthers;
    }
    if touching.iter().any(|told| !told.older.is_empty() && !told.newer.is_empty()) {
        return Came::InPart;
    }
    Came::Apart
}

fn same(one: &Range<usize>, other: &Range<usize>) -> bool {
    one == other || (one.is_empty() && other.is_empty())
}
