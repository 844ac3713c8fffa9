//! A section's paragraphs, prepared for comparison.

use std::hash::Hasher as _;

use filing_model::{Heading, Section, paragraphs, word_count};
use rustc_hash::FxHasher;

use crate::words::{Token, is_figure, is_stop_word, tokens};

/// One paragraph or table.
#[derive(Debug)]
pub(crate) struct Paragraph<'a> {
    pub(crate) text: &'a str,
    /// Of the words alone: without case, punctuation, white space, and with the company's names for itself as one.
    pub(crate) loose: u64,
    /// What it is about: words and pairs of words, figures as one, sorted.
    pub(crate) features: Vec<u64>,
    pub(crate) words: usize,
    pub(crate) is_table: bool,
    /// Index among the section's headings when it is one.
    pub(crate) heading: Option<usize>,
}

/// One side of a comparison.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) paragraphs: Vec<Paragraph<'a>>,
    pub(crate) headings: &'a [Heading],
}

impl<'a> Text<'a> {
    pub(crate) fn new(section: &'a Section) -> Self {
        let mut list: Vec<Paragraph<'a>> = paragraphs(&section.text).map(Paragraph::new).collect();
        for (index, heading) in section.headings.iter().enumerate() {
            if let Some(paragraph) = list.get_mut(heading.paragraph) {
                paragraph.heading = Some(index);
            }
        }
        Self { paragraphs: list, headings: &section.headings }
    }

    /// The headings that a paragraph stands under, the outermost first; of a heading, those above it.
    pub(crate) fn headings_above(&self, paragraph: usize) -> Vec<&'a Heading> {
        let own = self.paragraphs.get(paragraph).and_then(|paragraph| paragraph.heading);
        let before = self.headings.partition_point(|heading| heading.paragraph <= paragraph);
        let mut below = own.map_or(u8::MAX, |own| self.headings[own].level);
        let mut above: Vec<&Heading> = Vec::new();
        for heading in self.headings[..before].iter().rev() {
            if Some(heading.paragraph) == own.map(|own| self.headings[own].paragraph) {
                continue;
            }
            if heading.level < below {
                below = heading.level;
                above.push(heading);
            }
        }
        above.reverse();
        above
    }

    /// The deepest heading above a paragraph.
    pub(crate) fn heading_of(&self, paragraph: usize) -> Option<&'a Heading> {
        self.headings_above(paragraph).pop()
    }

    /// The text of a run of paragraphs.
    pub(crate) fn joined(&self, range: std::ops::Range<usize>) -> String {
        self.paragraphs[range].iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n\n")
    }
}

impl<'a> Paragraph<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let tokens = tokens(text);
        let words = normal_words(&tokens);
        Self {
            text,
            loose: hash_all(&words),
            features: features(&words),
            words: word_count(text),
            is_table: text.contains(" | "),
            heading: None,
        }
    }
}

/// The words in small letters, without punctuation but for what changes a figure: its point and the sign before it.
/// The company's names for itself are one word.
fn normal_words(tokens: &[Token<'_>]) -> Vec<String> {
    let mut words = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let before_figure =
            tokens.get(index + 1).is_some_and(|next| is_figure(next.text) && next.space.is_empty());
        if before_figure && matches!(token.text, "(" | "-" | "–" | "−") {
            words.push("minus".to_owned());
        } else if token.text.chars().any(char::is_alphanumeric) {
            words.push(normal(token.text));
        }
    }
    words
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

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.write_u8(0xFF);
    hasher.finish()
}

fn hash_all(words: &[String]) -> u64 {
    let mut hasher = FxHasher::default();
    let mut after_figure = false;
    for word in words {
        // `high-performance` and `high performance` read the same, `1 2` and `12` do not.
        let figure = is_figure(word);
        if figure && after_figure {
            hasher.write_u8(0xFF);
        }
        word.bytes().for_each(|byte| hasher.write_u8(byte));
        after_figure = figure;
    }
    hasher.finish()
}

/// Words that say something and pairs of neighbours; every figure counts as the same.
fn features(words: &[String]) -> Vec<u64> {
    let general: Vec<&str> =
        words.iter().map(|word| if is_figure(word) { "#" } else { word.as_str() }).collect();
    let mut found: Vec<u64> = general
        .iter()
        .filter(|word| !is_stop_word(word) || words.len() < 4)
        .map(|word| hash(word.as_bytes()))
        .collect();
    found.extend(
        general.windows(2).map(|pair| hash(pair[0].as_bytes()).rotate_left(17) ^ hash(pair[1].as_bytes())),
    );
    found.sort_unstable();
    found.dedup();
    found
}

/// Dice's coefficient of two paragraphs' features: 0 nothing in common, 1 the same.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
pub(crate) fn likeness(a: &Paragraph<'_>, b: &Paragraph<'_>) -> f64 {
    let total = a.features.len() + b.features.len();
    if total == 0 {
        return 0.0;
    }
    2.0 * shared(&a.features, &b.features) as f64 / total as f64
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_would_not_notice_is_the_same() {
        let a = Paragraph::new("The Company’s sales, however, grew.");
        let b = Paragraph::new("the company's sales however grew");
        assert_eq!(a.loose, b.loose);
        assert_ne!(a.text, b.text);
    }

    #[test]
    fn a_point_or_a_sign_makes_another_figure() {
        for (a, b) in [("a loss of $1.5 million", "a loss of $15 million"), ("Net | (5)", "Net | 5")] {
            assert_ne!(Paragraph::new(a).loose, Paragraph::new(b).loose, "{a}");
        }
    }

    #[test]
    fn rolled_years_are_alike() {
        let a = Paragraph::new("Net sales for 2023 were $1.2 billion.");
        let b = Paragraph::new("Net sales for 2024 were $1.4 billion.");
        assert!(likeness(&a, &b) > 0.99 && a.loose != b.loose);
    }
}
