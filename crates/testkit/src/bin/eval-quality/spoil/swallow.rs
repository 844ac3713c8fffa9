//! The heading of the next Item not seen, or one further down taken for it.

use filing_model::{Extraction, Item, Section, Span};
use testkit::edits::Random;

use super::draft::{self, Paragraph};

/// A neighbour that says less does no harm.
const FEWEST_WORDS: usize = 200;

/// The next Item is gone, and its text stands in this one; so do the short ones between them.
pub(super) fn whole(extraction: &mut Extraction, item: Item) -> Option<String> {
    let mut swallowed = Vec::new();
    let mut at = item;
    loop {
        at = draft::next(extraction, at)?;
        swallowed.push(at);
        if extraction.items[&at].words >= FEWEST_WORDS {
            break;
        }
    }
    let section = extraction.items[&item].clone();
    let mut text = draft::read(&section);
    let mut end = section.span?.end;
    for other in &swallowed {
        let host = extraction.items.insert(*other, Section::missing())?;
        text.extend(with_heading(&host));
        end = host.span?.end;
    }
    let mut longer = draft::write(item, &section, &text);
    longer.span = Some(Span { start: section.span?.start, end });
    let told = format!("{} words and {} of Items {swallowed:?}", section.words, longer.words - section.words);
    extraction.items.insert(item, longer);
    Some(told)
}

/// The next Item begins too late.
pub(super) fn part(extraction: &mut Extraction, item: Item, random: &mut Random) -> Option<String> {
    let next = draft::next(extraction, item)?;
    let host = extraction.items[&next].clone();
    let moved = random.between(FEWEST_WORDS, host.words.checked_sub(2)?.max(FEWEST_WORDS));
    if host.words < 2 * FEWEST_WORDS {
        return None;
    }
    let body = draft::read(&host);
    let mut at = 1;
    while at + 1 < body.len() && draft::words_of(&body[..at]) < moved {
        at += 1;
    }
    let section = extraction.items[&item].clone();
    let mut text = draft::read(&section);
    text.extend(with_heading(&Section { ..host.clone() }).take(at + usize::from(host.heading.is_some())));
    let mut longer = draft::write(item, &section, &text);
    let mut shorter = draft::write(next, &host, &body[at..]);
    let border = section.span?.end + longer.words - section.words;
    longer.span = Some(Span { start: section.span?.start, end: border });
    shorter.span = Some(Span { start: border, end: host.span?.end });
    let told = format!("{} of {} words of Item {next}", draft::words_of(&body[..at]), host.words);
    extraction.items.insert(item, longer);
    extraction.items.insert(next, shorter);
    Some(told)
}

/// A text below what was its heading.
fn with_heading(section: &Section) -> impl Iterator<Item = Paragraph> + use<> {
    let heading = section.heading.clone().map(|heading| Paragraph { text: heading, level: Some(1) });
    heading.into_iter().chain(draft::read(section))
}
