//! `Not effective` must not be told as `effective`.

use super::{
    context::{is_one_of, words},
    evidence::Evidence,
};

const NOT: [&str; 4] = ["not", "never", "no", "without"];
/// A word behind `not` of fewer letters may have another meaning elsewhere.
const TELLING_LETTERS: usize = 6;

/// Words with which a statement may tell of a `not` in its own way; then nothing is judged.
const HEDGES: &str = "not no never without none neither nor cannot can't won't doesn't didn't isn't aren't wasn't weren't \
    non unable inability ineffective insufficient inadequate unlikely uncertain uncertainty fail fails \
    failed failure lack lacks lost loses less fewer lower risk risks warns whether could might may would \
    ability if ceased stopped ended removed dropped deleted denies absence rather instead";

/// An error when a word that all quotations have behind a `not` alone is said without any.
pub(super) fn kept(said: &str, evidence: &Evidence) -> Result<(), String> {
    let said = words(said);
    if said.iter().any(|word| is_one_of(HEDGES, word) || word.ends_with("n't") || word.starts_with("non-")) {
        return Ok(());
    }
    let quotes: Vec<Vec<String>> =
        evidence.texts().iter().filter(|text| text.is_quoted).map(|text| words(&text.words)).collect();
    let denied = said.iter().find(|word| {
        let is_telling = word.len() >= TELLING_LETTERS && word.chars().all(char::is_alphabetic);
        is_telling && is_always_denied(word, &quotes)
    });
    match denied {
        Some(word) => Err(format!("the quotations have “{word}” behind a “not” alone")),
        None => Ok(()),
    }
}

fn is_always_denied(word: &str, quotes: &[Vec<String>]) -> bool {
    let mut stands = false;
    for quote in quotes {
        for (at, _) in quote.iter().enumerate().filter(|(_, other)| *other == word) {
            let before = at.checked_sub(1).map_or("", |before| quote[before].as_str());
            if !NOT.contains(&before) {
                return false;
            }
            stands = true;
        }
    }
    stands
}
