//! Nothing where a text should be.

use filing_model::{Extraction, Item, Section};
use testkit::edits::Random;

use super::draft::{self, Paragraph};

/// No trace, a heading without text, or a heading with a line of text.
pub(super) fn empty(extraction: &mut Extraction, item: Item, random: &mut Random) -> String {
    let section = extraction.items[&item].clone();
    let first = draft::read(&section).into_iter().next();
    let (text, told): (Vec<Paragraph>, _) = match random.below(3) {
        0 => {
            extraction.items.insert(item, Section::missing());
            return "no trace".to_owned();
        }
        1 => (Vec::new(), "a heading without text"),
        _ => (first.into_iter().collect(), "the first paragraph alone"),
    };
    let mut spoiled = draft::write(item, &section, &text);
    let lost = section.words - spoiled.words;
    if let Some(span) = &mut spoiled.span {
        span.end -= lost.min(span.end);
    }
    let told = format!("{told}, {} words", spoiled.words);
    extraction.items.insert(item, spoiled);
    told
}
