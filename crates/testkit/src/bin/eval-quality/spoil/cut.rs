//! The end of an Item taken to be where it is not: a false heading, or one of a Part or of the signatures.

use filing_model::{Extraction, Item, Section, Span};
use testkit::edits::Random;

use super::draft::{self, Paragraph};

pub(super) fn at_word(
    extraction: &mut Extraction,
    item: Item,
    to_next: bool,
    random: &mut Random,
) -> Option<String> {
    let section = extraction.items[&item].clone();
    let keep = random.between(1, section.words.checked_sub(2)?);
    let (kept, rest) = split(&draft::read(&section), keep);
    cut(extraction, item, &section, &kept, &rest, to_next)
}

pub(super) fn at_paragraph(
    extraction: &mut Extraction,
    item: Item,
    to_next: bool,
    random: &mut Random,
) -> Option<String> {
    let section = extraction.items[&item].clone();
    let text = draft::read(&section);
    let keep = random.between(1, section.words.checked_sub(2)?);
    let mut at = 0;
    while draft::words_of(&text[..at]) < keep {
        at += 1;
    }
    let at = at.clamp(1, text.len().checked_sub(1)?.max(1));
    let (kept, rest) = text.split_at(at);
    cut(extraction, item, &section, kept, rest, to_next)
}

fn cut(
    extraction: &mut Extraction,
    item: Item,
    section: &Section,
    kept: &[Paragraph],
    rest: &[Paragraph],
    to_next: bool,
) -> Option<String> {
    let lost = draft::words_of(rest);
    let next = if to_next { Some(draft::next(extraction, item)?) } else { None };
    let mut short = draft::write(item, section, kept);
    if let Some(span) = &mut short.span {
        span.end -= lost.min(span.end);
    }
    let end = short.span.map(|span| span.end);
    let told = format!("{} of {} words left", short.words, section.words);
    extraction.items.insert(item, short);
    let Some(next) = next else { return Some(told) };
    let host = extraction.items[&next].clone();
    let mut text = rest.to_vec();
    // What was its heading is a line of the text now.
    text.extend(host.heading.clone().map(|heading| Paragraph { text: heading, level: Some(1) }));
    text.extend(draft::read(&host));
    let mut longer = draft::write(next, &host, &text);
    longer.span = end.zip(host.span).map(|(start, span)| Span { start, end: span.end });
    extraction.items.insert(next, longer);
    Some(format!("{told}, the rest in Item {next}"))
}

/// The first words, and the others.
pub(super) fn split(text: &[Paragraph], words: usize) -> (Vec<Paragraph>, Vec<Paragraph>) {
    let (mut kept, mut rest) = (Vec::new(), Vec::new());
    let mut left = words;
    for paragraph in text {
        let length = filing_model::word_count(&paragraph.text);
        if left >= length {
            kept.push(paragraph.clone());
            left -= length;
        } else if left == 0 {
            rest.push(paragraph.clone());
        } else {
            let at = end_of_word(&paragraph.text, left);
            kept.push(Paragraph::plain(paragraph.text[..at].trim().trim_end_matches(" |").trim()));
            rest.push(Paragraph::plain(paragraph.text[at..].trim().trim_start_matches("| ").trim()));
            left = 0;
        }
    }
    (kept, rest)
}

/// The byte behind the word with this number.
fn end_of_word(text: &str, number: usize) -> usize {
    let mut seen = 0;
    let mut at = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        at += token.len();
        let word = token.trim();
        seen += usize::from(!word.is_empty() && word != "|");
        if seen == number {
            return at;
        }
    }
    text.len()
}
