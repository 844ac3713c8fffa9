//! Other words: phrases and single ones replaced, inserted and deleted.

use super::{
    donors::Donors,
    random::Random,
    words::{bare, is_telling},
};

/// Of fewer words nothing might be left.
const FEWEST_WORDS: usize = 4;
/// Phrases of at most so many words.
const LONGEST_PHRASE: usize = 12;
/// Tries to find words that no edit touched yet.
const TRIES: usize = 400;

/// Who lends words.
pub(super) struct Lender<'a> {
    pub(super) donors: &'a Donors<'a>,
    /// Its own words are not foreign.
    pub(super) company: &'a str,
}

/// How words are touched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Touch {
    Phrases,
    Words,
}

impl Touch {
    /// One as often as the other.
    pub(super) fn any(random: &mut Random) -> Self {
        if random.happens(500) { Self::Phrases } else { Self::Words }
    }
}

/// A text with so many per cent of its words touched. `None` when it came out without an edit that a reader would call one.
pub(super) fn reword(
    text: &str,
    (percent, touch): (usize, Touch),
    lender: &Lender<'_>,
    random: &mut Random,
) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let longest = if touch == Touch::Phrases { LONGEST_PHRASE } else { 1 };
    let mut kept = vec![true; words.len()];
    let mut inserted: Vec<Vec<&str>> = vec![Vec::new(); words.len()];
    let mut left = (words.len() * percent).div_ceil(100);
    for _ in 0..TRIES {
        let length = random.between(1, longest.min(left));
        let at = random.below((words.len() + 1).checked_sub(length)?);
        let free = (at..at + length).all(|place| kept[place] && inserted[place].is_empty());
        if left == 0 || !free {
            if left == 0 {
                break;
            }
            continue;
        }
        let lot = random.below(10);
        if lot < 8 {
            // Of ten edits six replace, two insert, two delete.
            let size = if lot < 6 { (length + random.below(3)).saturating_sub(1).max(1) } else { length };
            let Some(phrase) = lender.donors.phrase(lender.company, size, random) else { continue };
            inserted[at] = phrase;
        }
        if !(6..8).contains(&lot) {
            kept[at..at + length].fill(false);
        }
        left -= length;
    }
    let mut newer: Vec<&str> = Vec::with_capacity(words.len());
    for ((word, kept), inserted) in words.iter().zip(kept).zip(&inserted) {
        newer.extend(inserted);
        newer.extend(kept.then_some(word));
    }
    (!newer.is_empty() && told(&words) != told(&newer)).then(|| newer.join(" "))
}

/// Words that say something, sorted.
fn told(words: &[&str]) -> Vec<String> {
    let mut told: Vec<String> = words.iter().filter(|word| is_telling(word)).map(|word| bare(word)).collect();
    told.sort_unstable();
    told
}
