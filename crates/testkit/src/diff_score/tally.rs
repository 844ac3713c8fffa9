//! Counts of what came, by kind of edit.

use std::collections::BTreeMap;

use super::{Came, Verdict};
use crate::edits::{EditKind, KnownEdits, Unscored};

/// What came of how many passages of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditTally {
    came: BTreeMap<(EditKind, Came), usize>,
    right: BTreeMap<(EditKind, Came), usize>,
    unscored: BTreeMap<(EditKind, Unscored), usize>,
}

impl EditTally {
    /// Counts one text.
    pub fn count(&mut self, known: &KnownEdits, verdicts: &[Verdict<'_>]) {
        for verdict in verdicts {
            let key = (verdict.passage.kind, verdict.came);
            *self.came.entry(key).or_default() += 1;
            *self.right.entry(key).or_default() += usize::from(verdict.is_right());
        }
        for passage in &known.passages {
            if let Some(reason) = passage.unscored {
                *self.unscored.entry((passage.kind, reason)).or_default() += 1;
            }
        }
    }

    /// Adds the counts of another.
    pub fn add(&mut self, other: &Self) {
        for (key, count) in &other.came {
            *self.came.entry(*key).or_default() += count;
        }
        for (key, count) in &other.right {
            *self.right.entry(*key).or_default() += count;
        }
        for (key, count) in &other.unscored {
            *self.unscored.entry(*key).or_default() += count;
        }
    }

    /// How many passages of a kind came so.
    pub fn came(&self, kind: EditKind, came: Came) -> usize {
        self.came.get(&(kind, came)).copied().unwrap_or(0)
    }

    /// How many of them are right.
    pub fn right(&self, kind: EditKind, came: Came) -> usize {
        self.right.get(&(kind, came)).copied().unwrap_or(0)
    }

    /// How many passages of a kind are not scored for this reason.
    pub fn unscored(&self, kind: EditKind, reason: Unscored) -> usize {
        self.unscored.get(&(kind, reason)).copied().unwrap_or(0)
    }

    /// Right ones and all scored ones of some kinds.
    pub fn right_of(&self, kinds: impl IntoIterator<Item = EditKind>) -> (usize, usize) {
        kinds.into_iter().fold((0, 0), |(right, all), kind| {
            let came = Came::ALL.iter();
            came.fold((right, all), |(right, all), came| {
                (right + self.right(kind, *came), all + self.came(kind, *came))
            })
        })
    }

    /// Per cent of all scored passages that are right.
    pub fn right_percent(&self) -> f64 {
        percent(self.right_of(EditKind::ALL))
    }

    /// Per cent of the edited ones that are right: whatever is not left unchanged.
    pub fn edited_right_percent(&self) -> f64 {
        percent(self.right_of(EditKind::ALL.into_iter().filter(|kind| *kind != EditKind::Unchanged)))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of paragraphs")]
fn percent((part, all): (usize, usize)) -> f64 {
    100.0 * part as f64 / all.max(1) as f64
}
