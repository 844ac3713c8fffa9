//! A section's paragraphs, prepared for comparison.

use std::cell::OnceCell;

use filing_model::{Heading, Section, paragraphs, word_count};

use crate::{
    features::{Features, Said},
    vocabulary::{Class, Letters, Vocabulary, Word},
    words::{has_cells, is_stop_word, tokens},
};

/// One paragraph or table.
#[derive(Debug)]
pub(crate) struct Paragraph<'a> {
    pub(crate) text: &'a str,
    /// The words alone: without case, punctuation, white space, and with the company's names for itself as one.
    letters: Letters,
    /// The key of those.
    pub(crate) loose: u64,
    said: Vec<Said>,
    features: OnceCell<Features>,
    /// The terms in it, for the measures of similarity.
    pub(crate) terms: Vec<u32>,
    pub(crate) words: usize,
    pub(crate) is_table: bool,
    /// Its first two words in small letters.
    pub(crate) start: u64,
    /// The proper name it begins with, such as that of an officer or a case: its first two words.
    pub(crate) name: Option<[u64; 2]>,
    /// Index among the section's headings when it is one.
    pub(crate) heading: Option<usize>,
}

/// One side of a comparison.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) paragraphs: Vec<Paragraph<'a>>,
    pub(crate) headings: &'a [Heading],
    /// Of each heading the last one before it that is of a level above.
    parents: Vec<Option<usize>>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(section: &'a Section, vocabulary: &mut Vocabulary<'a>) -> Self {
        let mut list: Vec<Paragraph<'a>> =
            paragraphs(&section.text).map(|text| Paragraph::new(text, vocabulary)).collect();
        for (index, heading) in section.headings.iter().enumerate() {
            if let Some(paragraph) = list.get_mut(heading.paragraph) {
                paragraph.heading = Some(index);
            }
        }
        Self { paragraphs: list, headings: &section.headings, parents: parents(&section.headings) }
    }

    /// The key of the words of a run of paragraphs.
    pub(crate) fn loose(&self, range: std::ops::Range<usize>) -> u64 {
        self.paragraphs[range].iter().fold(Letters::NONE, |all, paragraph| all.and(paragraph.letters)).key()
    }

    /// The heading that a paragraph is, or the last one before it.
    pub(crate) fn heading_at(&self, paragraph: usize) -> Option<&'a Heading> {
        let behind = self.headings.partition_point(|heading| heading.paragraph <= paragraph);
        self.headings.get(behind.checked_sub(1)?)
    }

    /// The deepest heading above a paragraph; of a heading, the one above it.
    pub(crate) fn heading_of(&self, paragraph: usize) -> Option<&'a Heading> {
        let own = self.paragraphs.get(paragraph).and_then(|paragraph| paragraph.heading);
        let Some(own) = own.map(|own| &self.headings[own]) else { return self.heading_at(paragraph) };
        let before =
            self.headings.partition_point(|heading| heading.paragraph < own.paragraph).checked_sub(1);
        // What stands between a heading and its parent is of no level above the heading's.
        let mut above = std::iter::successors(before, |&at| self.parents[at]).map(|at| &self.headings[at]);
        above.find(|heading| heading.level < own.level)
    }

    /// The text of a run of paragraphs.
    pub(crate) fn joined(&self, range: std::ops::Range<usize>) -> String {
        self.paragraphs[range].iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n\n")
    }
}

/// One walk with the open headings on a stack, so that no paragraph has to look back over all of them.
fn parents(headings: &[Heading]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(headings.len());
    for (at, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|&last| headings[last].level >= heading.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}

impl<'a> Paragraph<'a> {
    pub(crate) fn new(text: &'a str, vocabulary: &mut Vocabulary<'a>) -> Self {
        let mut terms = Vec::new();
        let words = normal_words(text, vocabulary, &mut terms);
        let letters = letters(&words);
        Self {
            text,
            letters,
            loose: letters.key(),
            said: words.iter().map(Said::new).collect(),
            features: OnceCell::new(),
            terms,
            words: word_count(text),
            is_table: has_cells(text),
            start: self::letters(&words[..words.len().min(2)]).key(),
            name: name(text, &words),
            heading: None,
        }
    }

    /// What it is about; most paragraphs stand in the other text as they are and are never asked.
    pub(crate) fn features(&self) -> &Features {
        self.features.get_or_init(|| Features::of(&self.said))
    }
}

/// The words without marks, a sign before a figure as a word of its own; `the Company` says no more than `we`.
fn normal_words<'a>(text: &'a str, vocabulary: &mut Vocabulary<'a>, terms: &mut Vec<u32>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let mut signed = false;
    for token in tokens(text) {
        let word = vocabulary.word(token.text);
        terms.extend(word.term);
        let behind_sign = std::mem::replace(&mut signed, word.class == Class::Sign);
        match word.class {
            Class::Mark | Class::Sign => continue,
            Class::Figure if behind_sign && token.space.is_empty() => words.push(minus(&word)),
            Class::Company if words.last().is_some_and(|before| before.class == Class::The) => {
                words.pop();
            }
            _ => {}
        }
        words.push(word);
    }
    words
}

fn minus(figure: &Word) -> Word {
    let letters = Letters::minus();
    Word { hash: letters.key(), letters, class: Class::Other, common: false, ..*figure }
}

fn letters(words: &[Word]) -> Letters {
    let mut after_figure = false;
    words.iter().fold(Letters::NONE, |all, word| {
        let figure = word.class == Class::Figure;
        let parted = if std::mem::replace(&mut after_figure, figure) && figure {
            all.and(Letters::BREAK)
        } else {
            all
        };
        parted.and(word.letters)
    })
}

/// Two words with capitals at the start, of which neither is common.
fn name(text: &str, words: &[Word]) -> Option<[u64; 2]> {
    let mut first = text.split_ascii_whitespace();
    let proper = |token: &str| {
        token.starts_with(char::is_uppercase)
            && token.contains(char::is_lowercase)
            && !is_stop_word(&token.to_lowercase())
    };
    let both = proper(first.next()?) && proper(first.next()?);
    match words {
        [first, second, ..] if both => Some([first.hash, second.hash]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(a: &str, b: &str, look: impl Fn(&Paragraph<'_>, &Paragraph<'_>) -> T) -> T {
        let mut vocabulary = Vocabulary::default();
        look(&Paragraph::new(a, &mut vocabulary), &Paragraph::new(b, &mut vocabulary))
    }

    #[test]
    fn what_a_reader_would_not_notice_is_the_same() {
        for (a, b) in [
            ("The Company’s sales, however, grew.", "the company's sales however grew"),
            ("We think the Company grows.", "The Company think we grows."),
            ("high-performance pumps", "high performance pumps"),
        ] {
            assert!(with(a, b, |a, b| a.loose == b.loose), "{a}");
        }
    }

    #[test]
    fn a_point_or_a_sign_makes_another_figure() {
        for (a, b) in
            [("a loss of $1.5 million", "a loss of $15 million"), ("Net | (5)", "Net | 5"), ("1 2", "12")]
        {
            assert!(with(a, b, |a, b| a.loose != b.loose), "{a}");
        }
    }

    #[test]
    fn rolled_years_are_alike() {
        let (a, b) = ("Net sales for 2023 were $1.2 billion.", "Net sales for 2024 were $1.4 billion.");
        assert!(with(a, b, |a, b| a.features().likeness(b.features()) > 0.99 && a.loose != b.loose));
    }
}
