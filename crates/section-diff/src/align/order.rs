//! Which pairs kept their place and which moved.

use super::{Alignment, Pair, Partners};
use crate::passage::{Paragraph, Text};

/// Splits the pairs into those that stand in the same order, with as many words as possible, and those that moved.
pub(crate) fn arrange(older: &Text<'_>, newer: &Text<'_>, partners: &Partners) -> Alignment {
    let pairs: Vec<(usize, usize)> =
        partners.of_older.iter().enumerate().filter_map(|(a, partner)| partner.map(|b| (a, b))).collect();
    let weights: Vec<u64> = pairs.iter().map(|&(a, _)| older.paragraphs[a].words as u64 + 1).collect();
    let stays = heaviest_increasing(&pairs, &weights, newer.paragraphs.len());
    let mut alignment = Alignment::default();
    for (&(a, b), stays) in pairs.iter().zip(stays) {
        if stays || is_move(&older.paragraphs[a], &newer.paragraphs[b]) {
            alignment.pairs.push(Pair { older: a..a + 1, newer: b..b + 1, moved: !stays });
        } else {
            alignment.removed.push(a);
            alignment.added.push(b);
        }
    }
    alignment.removed.extend(partners.free_older());
    alignment.added.extend(partners.free_newer());
    alignment.removed.sort_unstable();
    alignment.added.sort_unstable();
    alignment.pairs.sort_by_key(|pair| pair.newer.start);
    alignment
}

/// A text that moved is nearly the same text; sharing boilerplate with one elsewhere is no move.
const LIKE_MOVED: f64 = 0.75;
/// Less is enough for texts that begin alike: boilerplate begins with what it is said of.
const LIKE_MOVED_AND_EDITED: f64 = 0.62;
/// Scattered edits break most pairs of words; so many of the single words of a longer text must stand then.
const WORDS_MOVED: f64 = 0.75;
const LONG: usize = 20;
/// A few words that turn up elsewhere are no move either.
const SHORTEST_MOVE: usize = 4;

fn is_move(older: &Paragraph<'_>, newer: &Paragraph<'_>) -> bool {
    let due = if older.start == newer.start { LIKE_MOVED_AND_EDITED } else { LIKE_MOVED };
    let like = || {
        let (before, after) = (older.features(), newer.features());
        let scattered =
            older.words.min(newer.words) >= LONG && before.likeness_of_words(after) >= WORDS_MOVED;
        before.likeness(after) >= due || scattered
    };
    older.words >= SHORTEST_MOVE && (older.loose == newer.loose || like())
}

/// For pairs sorted by their first number: whether each is in the heaviest subsequence whose second numbers rise.
/// A Fenwick tree of prefix maxima makes it n log n.
pub(super) fn heaviest_increasing(pairs: &[(usize, usize)], weights: &[u64], width: usize) -> Vec<bool> {
    let mut tree: Vec<(u64, Option<usize>)> = vec![(0, None); width + 1];
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    let (mut best, mut end) = (0, None);
    for (index, &(_, b)) in pairs.iter().enumerate() {
        let (mut sum, mut at) = ((0, None), b);
        while at > 0 {
            if tree[at].0 > sum.0 {
                sum = tree[at];
            }
            at &= at - 1;
        }
        before[index] = sum.1;
        let total = sum.0 + weights[index];
        let mut at = b + 1;
        while at <= width {
            if total > tree[at].0 {
                tree[at] = (total, Some(index));
            }
            at += at & at.wrapping_neg();
        }
        if total > best {
            (best, end) = (total, Some(index));
        }
    }
    let mut chosen = vec![false; pairs.len()];
    while let Some(index) = end {
        chosen[index] = true;
        end = before[index];
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_text_keeps_its_place() {
        let pairs = [(0, 2), (1, 0), (2, 1), (3, 3)];
        assert_eq!(heaviest_increasing(&pairs, &[1, 1, 1, 1], 4), [false, true, true, true]);
        assert_eq!(heaviest_increasing(&pairs, &[9, 1, 1, 1], 4), [true, false, false, true]);
    }
}
