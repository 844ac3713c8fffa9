//! What a comparison says of each paragraph.

use std::ops::Range;

use filing_model::{Change, ChangeKind, EditOp, Passage, SectionDiff, UnchangedRun, paragraphs};

use crate::edits::Class;

/// Paragraphs that a comparison puts together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told<'a> {
    pub(super) older: Range<usize>,
    pub(super) newer: Range<usize>,
    pub(super) class: Class,
    pub(super) edits: &'a [(EditOp, String)],
}

pub(super) fn told(diff: &SectionDiff) -> Vec<Told<'_>> {
    let mut all: Vec<Told<'_>> = diff.changes.iter().map(of_change).collect();
    for run in &diff.unchanged {
        all.extend(of_run(run).map(|(older, newer, cosmetic, ..)| Told {
            older,
            newer,
            class: if cosmetic { Class::Cosmetic } else { Class::Unchanged },
            edits: &[],
        }));
    }
    all
}

/// One entry of an unchanged run.
pub(super) type Kept<'a> = (Range<usize>, Range<usize>, bool, &'a str, &'a str);

/// The entries of a run: where they stand, whether they differ at all, and their words in both texts. An entry holds several
/// paragraphs where they were split or merged.
pub(super) fn of_run(run: &UnchangedRun) -> impl Iterator<Item = Kept<'_>> {
    let (mut older, mut newer) = (run.older, run.newer);
    run.text.iter().enumerate().map(move |(at, after)| {
        let other_wording = run.cosmetic.iter().find(|(index, _)| *index == at);
        let before = other_wording.map_or(after, |(_, older)| older);
        let start = (older, newer);
        older += paragraphs(before).count();
        newer += paragraphs(after).count();
        (start.0..older, start.1..newer, other_wording.is_some(), before.as_str(), after.as_str())
    })
}

fn of_change(change: &Change) -> Told<'_> {
    let edited = change.edits.iter().any(|(op, _)| *op != EditOp::Equal);
    let class = match change.kind {
        ChangeKind::Modified if change.figures_only => Class::FiguresOnly,
        ChangeKind::Modified => Class::Modified,
        ChangeKind::Moved if edited => Class::MovedAndEdited,
        ChangeKind::Moved => Class::Moved,
        ChangeKind::Added => Class::Added,
        ChangeKind::Removed => Class::Removed,
    };
    Told {
        older: range(change.older.as_ref()),
        newer: range(change.newer.as_ref()),
        class,
        edits: &change.edits,
    }
}

fn range(passage: Option<&Passage>) -> Range<usize> {
    passage.map_or(0..0, |passage| passage.paragraph..passage.paragraph + paragraphs(&passage.text).count())
}
