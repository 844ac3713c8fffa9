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
    let words: Vec<u64> = text.split_whitespace().filter_map(word).collect();
    let run = |words: &[u64]| {
        let mut hasher = FxHasher::default();
        for word in words {
            hasher.write_u64(*word);
        }
        hasher.finish()
    };
    words.windows(RUN_WORDS).map(run).collect()
}

/// Letters alone, in small letters.
fn word(token: &str) -> Option<u64> {
    if token.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut hasher = FxHasher::default();
    let mut letters = false;
    let mut put = |letter: u32| {
        letters = true;
        hasher.write_u32(letter);
    };
    // Most tokens are, and a filing has a hundred thousand.
    if token.is_ascii() {
        let small = token.bytes().filter(u8::is_ascii_alphabetic).map(|byte| byte.to_ascii_lowercase());
        small.for_each(|letter| put(u32::from(letter)));
    } else {
        let small = token.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        small.for_each(|letter| put(u32::from(letter)));
    }
    letters.then(|| hasher.finish())
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
}
