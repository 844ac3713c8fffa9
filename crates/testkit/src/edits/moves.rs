//! Where moved paragraphs go.

use std::ops::Range;

use super::{
    draft::{Draft, Moving, Planned},
    random::Random,
    truth::{EditKind, Extent},
};

/// Tries to find a place.
const TRIES: usize = 30;

/// Puts every moved run at a place that leaves no doubt which paragraphs moved: more words stay between its old and its new place
/// than move in the whole text. A run without such a place stays.
pub(super) fn place(draft: &mut Draft<'_>, random: &mut Random) {
    let moving = std::mem::take(&mut draft.moving);
    let all: usize = moving.iter().map(|moving| words(draft, moving.older.clone())).sum();
    let still = staying_words(draft);
    for run in moving {
        match (0..TRIES).find_map(|_| free_place(draft, &still, all, &run.older, random)) {
            Some(slot) => put(draft, slot, run),
            None => run.older.for_each(|at| draft.keep(at)),
        }
    }
}

fn words(draft: &Draft<'_>, older: Range<usize>) -> usize {
    draft.pieces[older].iter().map(|piece| piece.words + 1).sum()
}

/// Words of each paragraph that surely keeps its place.
fn staying_words(draft: &Draft<'_>) -> Vec<usize> {
    let mut still = vec![0; draft.pieces.len()];
    for planned in &draft.passages {
        let kept = matches!(
            planned.kind,
            EditKind::Unchanged | EditKind::Rephrased(Extent::Little) | EditKind::Rolled | EditKind::Cosmetic
        );
        if kept {
            still[planned.older.start] = draft.pieces[planned.older.start].words;
        }
    }
    still
}

/// A slot behind a paragraph that is no heading, far enough.
fn free_place(
    draft: &Draft<'_>,
    still: &[usize],
    moving: usize,
    older: &Range<usize>,
    random: &mut Random,
) -> Option<usize> {
    let slot = random.below(draft.pieces.len());
    let between = if slot < older.start { slot + 1..older.start } else { older.end..slot + 1 };
    let stays: usize = still.get(between)?.iter().sum();
    let below_heading = draft.pieces[slot].level().is_some();
    (stays > moving + 50 && !below_heading && !older.contains(&slot)).then_some(slot)
}

fn put(draft: &mut Draft<'_>, slot: usize, run: Moving) {
    for at in run.older {
        let piece = draft.pieces[at];
        let (kind, percent, text) = match &run.edited {
            Some((edited, percent)) => (EditKind::MovedAndEdited, *percent, edited.clone()),
            None => (EditKind::Moved, 0, piece.text.to_owned()),
        };
        draft.write(slot, Planned { kind, older: at..at + 1, percent }, vec![(text, piece.level())]);
    }
}
