//! Words shown as changed beside the fewest that could be.

use filing_model::{ChangeKind, EditOp, SectionDiff, word_count};

use crate::edits::longest_common;

/// Words that a comparison of one Item shows as changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ShownWords {
    /// Inserted and deleted words of every change; cosmetic differences are none, and moved words neither.
    pub shown: usize,
    /// Words that stand at another place, counted once where they were and once where they are, as `least` counts them.
    pub moved: usize,
    /// The fewest words that must be inserted and deleted to make the newer text of the older, paragraphs disregarded.
    pub least: usize,
    /// Words of both texts.
    pub words: usize,
}

impl ShownWords {
    /// Shown words over the fewest; 1 where nothing must change.
    pub fn ratio(&self) -> f64 {
        self.over_least(self.shown)
    }

    /// The same with moved words counted as changed, since whoever knows no moves must show them so.
    pub fn ratio_with_moved(&self) -> f64 {
        self.over_least(self.shown + self.moved)
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of words")]
    fn over_least(&self, words: usize) -> f64 {
        if self.least == 0 { 1.0 } else { words as f64 / self.least as f64 }
    }
}

impl std::ops::Add for ShownWords {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            shown: self.shown + other.shown,
            moved: self.moved + other.moved,
            least: self.least + other.least,
            words: self.words + other.words,
        }
    }
}

/// Measures one Item's comparison.
pub fn shown_words(diff: &SectionDiff, older: &str, newer: &str) -> ShownWords {
    let (before, after) = (words(older), words(newer));
    let all = before.len() + after.len();
    let least = all - 2 * longest_common(&before, &after);
    ShownWords { shown: shown(diff), moved: moved(diff), least, words: all }
}

/// White-space words without the marks between cells, as reports count them.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| *word != "|").collect()
}

fn shown(diff: &SectionDiff) -> usize {
    let edits = diff.changes.iter().flat_map(|change| &change.edits);
    edits.filter(|(op, _)| *op != EditOp::Equal).map(|(_, text)| word_count(text)).sum()
}

fn moved(diff: &SectionDiff) -> usize {
    let moves = diff.changes.iter().filter(|change| change.kind == ChangeKind::Moved);
    let kept = moves.flat_map(|change| &change.edits).filter(|(op, _)| *op == EditOp::Equal);
    kept.map(|(_, text)| 2 * word_count(text)).sum()
}
