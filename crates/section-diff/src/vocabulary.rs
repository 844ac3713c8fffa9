//! The words of a comparison, each looked at once however often it stands in the texts.

use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHasher};

use crate::words::{is_figure, is_stop_word};

/// What the differ knows of a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// Of its normal form: small letters, without punctuation but for what changes a figure, and the company's names for
    /// itself as one.
    pub(crate) hash: u64,
    /// The letters of its normal form.
    pub(crate) letters: Letters,
    pub(crate) class: Class,
    /// Too common to say what a text is about.
    pub(crate) common: bool,
    /// The term that it counts as in the measures of similarity.
    pub(crate) term: Option<u32>,
}

/// Kinds of tokens that are treated alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Punctuation.
    Mark,
    /// A mark that makes the figure behind it negative.
    Sign,
    Figure,
    The,
    /// `We`, `our`, `the Company`.
    Company,
    Other,
}

/// Words by how they are written.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary<'a> {
    known: FxHashMap<&'a str, Word>,
    terms: FxHashMap<String, u32>,
}

impl<'a> Vocabulary<'a> {
    /// The word that a token is.
    pub(crate) fn word(&mut self, token: &'a str) -> Word {
        if let Some(word) = self.known.get(token) {
            return *word;
        }
        let word = self.read(token);
        self.known.insert(token, word);
        word
    }

    /// The term that a word in small letters counts as, if one of the texts has it.
    pub(crate) fn term(&self, word: &str) -> Option<u32> {
        self.terms.get(word).copied()
    }

    /// How many terms the texts have.
    pub(crate) fn term_count(&self) -> usize {
        self.terms.len()
    }

    fn read(&mut self, token: &str) -> Word {
        let normal = normal(token);
        let lower = token.to_lowercase();
        let figure = is_figure(token);
        let class = match normal.as_str() {
            _ if matches!(token, "(" | "-" | "–" | "−") => Class::Sign,
            "" => Class::Mark,
            _ if figure => Class::Figure,
            "the" => Class::The,
            "we" | "our" => Class::Company,
            _ => Class::Other,
        };
        let is_term =
            !figure && token.chars().filter(|c| c.is_alphabetic()).nth(1).is_some() && !is_stop_word(&lower);
        let next = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        Word {
            hash: if figure { hash("#") } else { hash(&normal) },
            letters: Letters::of(&normal),
            class,
            common: is_stop_word(&normal),
            term: is_term.then(|| *self.terms.entry(lower).or_insert(next)),
        }
    }
}

fn normal(text: &str) -> String {
    let figure = is_figure(text);
    let word: String = text
        .chars()
        .filter(|c| c.is_alphanumeric() || figure && *c == '.')
        .flat_map(char::to_lowercase)
        .collect();
    match word.as_str() {
        "we" | "us" | "company" | "corporation" | "registrant" => "we".to_owned(),
        "our" | "companys" | "corporations" | "registrants" => "our".to_owned(),
        _ => word,
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.write_u8(0xFF);
    hasher.finish()
}

/// A run of letters that can be put behind another one: a polynomial over its bytes modulo a prime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letters {
    sum: u64,
    /// The base to the power of the length.
    power: u64,
}

/// A Mersenne prime: what stands above its bits is worth as much as if it stood at their start.
const PRIME: u64 = (1 << 61) - 1;
const BASE: u64 = 1_111_111_111_111_111_003;

#[expect(clippy::cast_possible_truncation, reason = "either part has 61 bits")]
fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    sum((product >> 61) as u64, (product & u128::from(PRIME)) as u64)
}

fn sum(a: u64, b: u64) -> u64 {
    let sum = a + b;
    if sum >= PRIME { sum - PRIME } else { sum }
}

impl Letters {
    /// None.
    pub(crate) const NONE: Self = Self { sum: 0, power: 1 };
    /// Parts two figures, since `1 2` and `12` do not read the same.
    pub(crate) const BREAK: Self = Self { sum: 0xFF, power: BASE };

    fn of(text: &str) -> Self {
        let letter = |byte: u8| Self { sum: u64::from(byte) + 1, power: BASE };
        text.bytes().fold(Self::NONE, |all, byte| all.and(letter(byte)))
    }

    /// These and the others behind them.
    pub(crate) fn and(self, others: Self) -> Self {
        Self { sum: sum(times(self.sum, others.power), others.sum), power: times(self.power, others.power) }
    }

    /// As a key.
    pub(crate) fn key(self) -> u64 {
        self.sum
    }

    pub(crate) fn minus() -> Self {
        Self::of("minus")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_do_not_tell_where_a_word_ends() {
        assert_eq!(Letters::of("high").and(Letters::of("performance")), Letters::of("highperformance"));
        assert_ne!(Letters::of("12"), Letters::of("1").and(Letters::BREAK).and(Letters::of("2")));
        assert_ne!(Letters::of("ab"), Letters::of("ba"));
    }

    #[test]
    fn the_company_has_many_names() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.word("We").hash, vocabulary.word("Company").hash);
        assert_eq!(vocabulary.word("Company’s").hash, vocabulary.word("our").hash);
        assert_eq!(vocabulary.word("Pumps").term, vocabulary.word("pumps").term);
        assert_eq!(vocabulary.word("the").term, None);
    }
}
