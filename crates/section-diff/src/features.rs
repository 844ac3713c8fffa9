//! What a paragraph is about: its telling words and the pairs of words in it.

use crate::vocabulary::Word;

/// A word for this purpose: its hash, and whether it is too common to tell what a text is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said {
    hash: u64,
    common: bool,
}

impl Said {
    pub(crate) fn new(word: &Word) -> Self {
        Self { hash: word.hash, common: word.common }
    }
}

/// Words, then pairs of neighbours, sorted; every figure counts as the same.
#[derive(Debug)]
pub(crate) struct Features {
    pub(crate) all: Vec<u64>,
    /// How many of them are single words.
    singles: usize,
}

/// Set in the features that are a pair of words, so that they sort behind the single ones.
const PAIR: u64 = 1 << 63;
/// A text of fewer words is about the common ones too.
const FEW_WORDS: usize = 4;

impl Features {
    pub(crate) fn of(words: &[Said]) -> Self {
        let mut all: Vec<u64> = Vec::with_capacity(words.len() * 2);
        let telling = words.iter().filter(|word| !word.common || words.len() < FEW_WORDS);
        all.extend(telling.map(|word| word.hash & !PAIR));
        all.extend(words.windows(2).map(|pair| (pair[0].hash.rotate_left(17) ^ pair[1].hash) | PAIR));
        all.sort_unstable();
        all.dedup();
        let singles = all.partition_point(|feature| feature & PAIR == 0);
        Self { all, singles }
    }

    /// Dice's coefficient: 0 nothing in common, 1 the same.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        dice(&self.all, &other.all)
    }

    /// The same of the single words alone: scattered edits break most pairs of words and leave most words.
    pub(crate) fn likeness_of_words(&self, other: &Self) -> f64 {
        dice(&self.all[..self.singles], &other.all[..other.singles])
    }

    /// How many of these, sorted, are among its own: the cost is that of the few, not of the many.
    pub(crate) fn contains(&self, few: &[u64]) -> usize {
        few.iter().filter(|feature| self.all.binary_search(feature).is_ok()).count()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn dice(a: &[u64], b: &[u64]) -> f64 {
    let total = a.len() + b.len();
    if total == 0 { 0.0 } else { 2.0 * shared(a, b) as f64 / total as f64 }
}

/// How many features of two sorted lists are the same.
pub(crate) fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut at, mut other, mut count) = (0, 0, 0);
    while at < a.len() && other < b.len() {
        match a[at].cmp(&b[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                at += 1;
                other += 1;
            }
        }
    }
    count
}
