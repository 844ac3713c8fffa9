//! Tools to write both texts: words, sentences, paragraphs.

use filing_model::{Extraction, Heading, Item, Section, Status, word_count};

use crate::noise::Noise;

/// The older report and the newer.
pub(super) type Pair = [Extraction; 2];

/// A text while it is being written.
#[derive(Default)]
pub(super) struct Written {
    text: String,
    headings: Vec<Heading>,
    paragraphs: usize,
}

impl Written {
    pub(super) fn paragraph(&mut self, text: &str) {
        if self.paragraphs > 0 {
            self.text.push_str("\n\n");
        }
        self.text.push_str(text);
        self.paragraphs += 1;
    }

    pub(super) fn heading(&mut self, level: u8, title: &str) {
        self.headings.push(Heading { level, title: title.to_owned(), paragraph: self.paragraphs });
        self.paragraph(title);
    }

    /// The text as that of one Item.
    pub(super) fn item(self, item: Item) -> Extraction {
        items([(item, self)])
    }
}

/// A report of these Items.
pub(super) fn items(texts: impl IntoIterator<Item = (Item, Written)>) -> Extraction {
    let mut extraction = Extraction::empty();
    for (item, Written { text, headings, .. }) in texts {
        let section =
            Section { status: Status::Found, words: word_count(&text), text, headings, ..Section::missing() };
        extraction.items.insert(item, section);
    }
    extraction
}

/// Writes both texts piece by piece.
pub(super) fn each(count: usize, mut write: impl FnMut(usize, &mut Written, &mut Written)) -> Pair {
    let (mut older, mut newer) = (Written::default(), Written::default());
    for at in 0..count {
        write(at, &mut older, &mut newer);
    }
    [older.item(Item::I1A), newer.item(Item::I1A)]
}

/// Two texts of these paragraphs.
pub(super) fn both(older: &[String], newer: &[String]) -> Pair {
    [older, newer].map(|list| paragraphs(list).item(Item::I1A))
}

pub(super) fn paragraphs(list: &[String]) -> Written {
    let mut written = Written::default();
    for text in list {
        written.paragraph(text);
    }
    written
}

/// A word of its own for each number, of at least two syllables.
pub(super) fn word(number: usize) -> String {
    const CONSONANTS: &[u8; 20] = b"bcdfghjklmnpqrstvwxz";
    const VOWELS: &[u8; 5] = b"aeiou";
    let mut word = String::new();
    let mut rest = number;
    while rest > 0 || word.len() < 4 {
        word.push(char::from(CONSONANTS[rest % 20]));
        word.push(char::from(VOWELS[rest / 20 % 5]));
        rest /= 100;
    }
    word
}

/// Words that a text is made of.
const VOCABULARY: usize = 5_000;

/// So many words of the vocabulary as usual texts have them: a few often, most seldom.
pub(super) fn words(noise: &mut Noise, length: usize) -> Vec<String> {
    (0..length)
        .map(|_| {
            let rank = noise.below(VOCABULARY) + 1;
            word(noise.below(rank))
        })
        .collect()
}

pub(super) fn sentence(noise: &mut Noise, length: usize) -> String {
    words(noise, length).join(" ")
}

pub(super) fn sentences(noise: &mut Noise, count: usize, length: usize) -> Vec<String> {
    (0..count).map(|_| sentence(noise, length)).collect()
}

/// The same text with another word at one place in so many.
pub(super) fn edited(text: &str, every: usize, noise: &mut Noise) -> String {
    let mut list: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let first = noise.below(every.min(list.len()));
    list.iter_mut().skip(first).step_by(every).for_each(|place| *place = sentence(noise, 1));
    list.join(" ")
}
