//! Edits of a few words that turn a sentence round: a `not` that comes or goes, `may` that becomes `did`.

use std::sync::LazyLock;

use filing_model::EditOp;
use rustc_hash::FxHashMap;

use crate::words::{is_month, tokens};

/// A new sentence has its own `not`; only edits up to this many words turn one round that stood before.
const MOST_WORDS: usize = 9;

/// Longer edits have more words than that, so they need not be cut into any.
const MOST_BYTES: usize = 16 * MOST_WORDS;

/// More turns than this add nothing: the passage is another one.
const MOST_POINTS: f64 = 3.0;

/// Words that deny: what was said is said no more, or the other way round.
const DENIALS: [&str; 11] =
    ["not", "no", "never", "cannot", "neither", "nor", "none", "unable", "fail", "failed", "ceased"];

/// Words for what could be. A risk told as possible that has come about misleads (In re Alphabet, 9th Cir. 2021; In re
/// Facebook, 9th Cir. 2023), so a filer whose risk came about must turn them.
const POSSIBLE: [&str; 12] = [
    "may",
    "might",
    "could",
    "can",
    "would",
    "should",
    "possible",
    "possibly",
    "potential",
    "potentially",
    "if",
    "whether",
];

/// Words for what is thought: more than possible, less than fact.
const THOUGHT: [&str; 12] = [
    "believe",
    "believes",
    "expect",
    "expects",
    "intend",
    "intends",
    "anticipate",
    "anticipates",
    "plan",
    "plans",
    "estimate",
    "likely",
];

/// Words for what is.
const FACTS: [&str; 14] = [
    "has",
    "have",
    "had",
    "did",
    "was",
    "were",
    "is",
    "are",
    "been",
    "know",
    "known",
    "determined",
    "concluded",
    "became",
];

/// Words for a direction or a sign, each with its opposite.
const OPPOSITES: [[&[&str]; 2]; 8] = [
    [
        &["increase", "increased", "increases", "increasing", "growth", "grew"],
        &["decrease", "decreased", "decreases", "decreasing", "decline", "declined"],
    ],
    [&["higher"], &["lower"]],
    [&["gain", "gains"], &["loss", "losses"]],
    [&["income", "profit"], &["loss", "losses"]],
    [&["favorable", "favorably"], &["unfavorable", "unfavorably"]],
    [&["benefit"], &["expense"]],
    [&["effective"], &["ineffective"]],
    [&["rose"], &["fell"]],
];

/// A denial that comes or goes.
const OF_DENIALS: f64 = 1.0;

/// From possible to fact.
const CAME_ABOUT: f64 = 1.2;

/// From thought to fact.
const KNOWN_NOW: f64 = 0.7;

/// From possible to words of no list, or from fact back to possible.
const HALF: f64 = 0.5;

/// A direction turns each year in some line of the results.
const OF_OPPOSITES: f64 = 0.35;

/// What the turns in the edits of a passage are worth.
pub(super) fn points(edits: &[(EditOp, String)]) -> f64 {
    let mut points = 0.0;
    let mut deleted: Option<&str> = None;
    for (op, text) in edits {
        match op {
            EditOp::Equal if text.trim_start().is_empty() => {}
            EditOp::Equal => points += deleted.take().map_or(0.0, |old| turn(old, "")),
            EditOp::Delete => points += deleted.replace(text).map_or(0.0, |old| turn(old, "")),
            EditOp::Insert => points += turn(deleted.take().unwrap_or(""), text),
        }
    }
    (points + deleted.map_or(0.0, |old| turn(old, ""))).min(MOST_POINTS)
}

/// What one replacement is worth.
fn turn(old: &str, new: &str) -> f64 {
    let Some((old, new)) = Said::read(old).zip(Said::read(new)) else { return 0.0 };
    if old.has(DENIAL) != new.has(DENIAL) {
        OF_DENIALS
    } else if old.is_opposite_of(new) || new.is_opposite_of(old) {
        OF_OPPOSITES
    } else {
        certainty(old, new)
    }
}

fn certainty(old: Said, new: Said) -> f64 {
    let settled = !new.has(POSSIBILITY) && !new.has(THINKING);
    match settled {
        true if old.has(POSSIBILITY) && new.has(FACT) => CAME_ABOUT,
        true if old.has(THINKING) && new.has(FACT) => KNOWN_NOW,
        true if old.has(POSSIBILITY) && new.has(WORD) => HALF,
        false if old.has(FACT) && !old.has(POSSIBILITY) && new.has(POSSIBILITY) && !new.has(FACT) => HALF,
        _ => 0.0,
    }
}

/// The lists that words of an edit are in, a bit each; behind these, two for each pair of opposites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said(u32);

const WORD: u32 = 1;
const DENIAL: u32 = 1 << 1;
const POSSIBILITY: u32 = 1 << 2;
const THINKING: u32 = 1 << 3;
const FACT: u32 = 1 << 4;
const FIRST_OPPOSITE: u32 = 1 << 5;

static LISTS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let lists: [(&[&str], u32); 4] =
        [(&DENIALS, DENIAL), (&POSSIBLE, POSSIBILITY), (&THOUGHT, THINKING), (&FACTS, FACT)];
    let sides = OPPOSITES.iter().flatten().zip(0..).map(|(words, side)| (*words, FIRST_OPPOSITE << side));
    let mut bits = FxHashMap::default();
    for (words, bit) in lists.into_iter().chain(sides) {
        for word in words {
            *bits.entry(*word).or_default() |= bit;
        }
    }
    bits
});

impl Said {
    /// Of a short edit; `None` of a long one.
    fn read(text: &str) -> Option<Self> {
        if text.len() > MOST_BYTES {
            return None;
        }
        let (mut said, mut count) = (0, 0);
        for token in tokens(text).filter(|token| token.text.starts_with(char::is_alphabetic)) {
            said |= WORD;
            count += 1;
            // `May` is a month more often than the start of a sentence.
            if !is_month(token.text) {
                said |= lists(token.text);
            }
        }
        (count <= MOST_WORDS).then_some(Self(said))
    }

    fn has(self, bits: u32) -> bool {
        self.0 & bits != 0
    }

    /// The first of a pair stands here alone, the second there.
    fn is_opposite_of(self, other: Self) -> bool {
        (0..OPPOSITES.len()).any(|pair| {
            let (first, second) = (FIRST_OPPOSITE << (2 * pair), FIRST_OPPOSITE << (2 * pair + 1));
            self.has(first) && !self.has(second) && other.has(second) && !other.has(first)
        })
    }
}

fn lists(word: &str) -> u32 {
    let bits = LISTS.get(word).copied();
    let capital = || word.as_bytes()[0].is_ascii_uppercase().then(|| word.to_ascii_lowercase());
    bits.or_else(|| LISTS.get(capital()?.as_str()).copied()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits;

    #[test]
    fn turned_sentences_are_told_from_reworded_ones() {
        let cases = [
            ("We may lose customers.", "We did lose customers.", CAME_ABOUT),
            ("Tariffs could raise our costs.", "Tariffs have raised our costs.", CAME_ABOUT),
            ("The claim is covered.", "The claim is not covered.", OF_DENIALS),
            ("We did not pay dividends.", "We did pay dividends.", OF_DENIALS),
            ("We believe that it leaks.", "We know that it leaks.", KNOWN_NOW),
            ("We may lose demand.", "We lost demand.", HALF),
            ("We have lost a supplier.", "We might lose a supplier.", HALF),
            ("Volume increased at Duluth.", "Volume declined at Duluth.", OF_OPPOSITES),
            ("We may lose customers.", "We could lose customers.", 0.0),
            ("The plant opened in March 2024.", "The plant opened in May 2025.", 0.0),
            (
                "We make pumps.",
                "We make pumps. In this region we do not, as of this year, sell any of them.",
                0.0,
            ),
        ];
        for (older, newer, due) in cases {
            let found = points(&edits::between(older, newer).expect("short texts"));
            assert!((found - due).abs() < 1e-9, "{newer}: {found}");
        }
    }
}
