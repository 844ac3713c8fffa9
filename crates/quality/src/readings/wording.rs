//! Runs of words: what two texts share, whatever became of figures, case and punctuation.

use std::{collections::BTreeMap, hash::Hasher as _};

use filing_model::{Extraction, Item, Status};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

/// Words of a run: texts of two companies rarely share four in a row, texts of two years mostly do.
const RUN_WORDS: usize = 4;

/// Shorter texts are remarks that everybody words alike.
const TELLING_WORDS: usize = 100;

/// The runs of words of a filing's Items, and the Items that each stands in.
#[derive(Debug)]
pub(crate) struct Wording {
    items: BTreeMap<Item, Vec<u64>>,
    places: FxHashMap<u64, u32>,
}

impl Wording {
    /// Item 15 is left out: the statements of Item 8 often stand in it, and the rest is a list.
    pub(crate) fn of(extraction: &Extraction) -> Self {
        let telling = extraction.items.iter().filter(|(item, section)| {
            **item < Item::I15 && section.status == Status::Found && section.words >= TELLING_WORDS
        });
        let items: BTreeMap<Item, Vec<u64>> =
            telling.map(|(item, section)| (*item, runs(&section.text))).collect();
        let runs = items.values().map(Vec::len).sum();
        let mut places: FxHashMap<u64, u32> = FxHashMap::with_capacity_and_hasher(runs, FxBuildHasher);
        for (item, runs) in &items {
            for run in runs {
                *places.entry(*run).or_default() |= bit(*item);
            }
        }
        Self { items, places }
    }

    /// An Item's runs of words in the order of its text; none of an Item that says little.
    pub(crate) fn runs(&self, item: Item) -> &[u64] {
        self.items.get(&item).map_or(&[], Vec::as_slice)
    }

    /// The Items whose text is long enough to tell.
    pub(crate) fn items(&self) -> impl Iterator<Item = Item> + '_ {
        self.items.keys().copied()
    }

    /// Whether a run of words stands in an Item.
    pub(crate) fn has(&self, item: Item, run: u64) -> bool {
        self.places.get(&run).is_some_and(|places| places & bit(item) != 0)
    }

    /// What of each Item stands in the Items of another filing.
    pub(crate) fn shares_in(&self, other: &Self) -> Shares {
        let shares = self.items.iter().map(|(item, runs)| {
            let mut counts = [0_usize; Item::ALL.len()];
            for places in runs.iter().filter_map(|run| other.places.get(run)) {
                let mut left = *places;
                while left != 0 {
                    counts[left.trailing_zeros() as usize] += 1;
                    left &= left - 1;
                }
            }
            (*item, counts.map(|count| share(count, runs.len())))
        });
        Shares(shares.collect())
    }
}

/// The shares of an Item's runs of words that stand in each Item of another filing.
#[derive(Debug)]
pub(crate) struct Shares(BTreeMap<Item, [f64; Item::ALL.len()]>);

impl Shares {
    pub(crate) fn of(&self, item: Item, other: Item) -> f64 {
        self.0.get(&item).map_or(0.0, |shares| shares[other as usize])
    }
}

#[expect(clippy::cast_precision_loss, reason = "words of an Item are far fewer than 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn bit(item: Item) -> u32 {
    1 << (item as u32)
}

/// Every four words in a row, as numbers; words with figures are passed over.
fn runs(text: &str) -> Vec<u64> {
    let run = |words: &[u64]| {
        let mut hasher = FxHasher::default();
        for word in words {
            hasher.write_u64(*word);
        }
        hasher.finish()
    };
    words(text).windows(RUN_WORDS).map(run).collect()
}

/// Words as numbers. A filing has a hundred thousand, most of them ASCII between blanks of one byte.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 6);
    for token in text.as_bytes().split(|byte| matches!(byte, b' ' | b'\t'..=b'\r')) {
        if token.is_ascii() {
            words.extend(ascii_word(token));
        } else {
            let token = std::str::from_utf8(token).expect("cut at ASCII");
            words.extend(token.split_whitespace().filter_map(word));
        }
    }
    words
}

/// Letters alone, in small letters.
fn word(token: &str) -> Option<u64> {
    let small = token.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    hashed(small.map(u32::from))
}

/// The same, sooner.
fn ascii_word(token: &[u8]) -> Option<u64> {
    let small = token.iter().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
    hashed(small.map(u32::from))
}

/// A number for the letters, if there are any and no figures.
fn hashed(letters: impl Iterator<Item = u32>) -> Option<u64> {
    let mut hasher = FxHasher::default();
    let mut none = true;
    for letter in letters {
        if (u32::from('0')..=u32::from('9')).contains(&letter) {
            return None;
        }
        hasher.write_u32(letter);
        none = false;
    }
    (!none).then(|| hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_case_and_punctuation_do_not_count() {
        let older = "We sold 12 pumps, mostly in Ohio, and leased the rest.";
        let newer = "We sold 1,450 pumps mostly in OHIO and leased the rest";
        assert_eq!(runs(older), runs(newer));
        assert_eq!(runs(older).len(), 7);
        assert_ne!(runs(older)[0], runs("We sold no pumps in Ohio")[0]);
        // The typesetter's apostrophe is no letter either.
        assert_eq!(word("Ohio's"), word("OHIO\u{2019}s"));
    }

    #[test]
    fn words_lie_between_blanks_of_any_width() {
        let text = "Net\u{a0}sales of\tpumps\u{b}rose.\u{2003}– See\u{85}note 7";
        let one_by_one: Vec<u64> = text.split_whitespace().filter_map(word).collect();
        assert_eq!((words(text).len(), words(text)), (7, one_by_one));
    }
}
