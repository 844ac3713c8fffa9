//! Sentences that speak of a thing, found by a search for its words before any sentence is cut or lower-cased.

use memchr::memmem;

use super::sentences;

/// A sentence and its lower-case form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention<'a> {
    pub(super) text: &'a str,
    pub(super) lower: String,
}

impl<'a> Mention<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, lower: text.to_lowercase().replace('’', "'") }
    }

    /// Whether one of the words stands in the sentence.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.lower.contains(word))
    }

    /// Whether the sentence says what may be; the month of May does not.
    pub(super) fn has_may(&self) -> bool {
        self.text.contains(" may ")
    }
}

/// Sentences of the prose in a text that hold one word of each group, in reading order. A word is given without its
/// first letter when that may be a capital one: `ustomer`.
pub(super) fn of<'a>(text: &'a str, groups: &[&[&str]]) -> Vec<Mention<'a>> {
    let Some((first, others)) = groups.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    for paragraph in paragraphs(text, first).into_iter().filter(|paragraph| !is_table(paragraph)) {
        if others.iter().all(|words| holds(paragraph, words)) {
            let sentences = sentences::of(paragraph)
                .filter(|sentence| groups.iter().all(|words| holds(sentence, words)))
                .map(Mention::new);
            found.extend(sentences);
        }
    }
    found
}

/// Paragraphs, tables too, that hold one of the words, in reading order.
pub(super) fn paragraphs<'a>(text: &'a str, words: &[&str]) -> Vec<&'a str> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for word in words {
        let mut from = 0;
        while let Some(at) = memmem::find(&text.as_bytes()[from..], word.as_bytes()) {
            let (start, end) = around(text, from + at);
            places.push((start, end));
            from = end;
        }
    }
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|(start, end)| &text[start..end]).collect()
}

/// Whether a paragraph is a table.
pub(super) fn is_table(paragraph: &str) -> bool {
    memmem::find(paragraph.as_bytes(), b" | ").is_some()
}

/// The paragraph around a byte of a text.
fn around(text: &str, at: usize) -> (usize, usize) {
    const BREAK: &[u8] = b"\n\n";
    let bytes = text.as_bytes();
    let start = memmem::rfind(&bytes[..at], BREAK).map_or(0, |place| place + BREAK.len());
    let end = memmem::find(&bytes[at..], BREAK).map_or(text.len(), |place| at + place);
    (start, end)
}

fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_hold_a_word_of_each_group() {
        let text = "We sell gauges. Customers pay late; one customer owes 9 %.\n\nA customer | 12 %\n\n\
                    Costs rose 3 %. CUSTOMERS left. One customer is 12 percent of sales.";
        let found = of(text, &[&["ustomer", "istributor"], &["%", "percent"]]);
        let lines: Vec<_> = found.iter().map(|mention| mention.text).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        Customers pay late; one customer owes 9 %.
        One customer is 12 percent of sales.
        ");
    }
}
