//! An entry of the contents taken for the heading: the text is what stands below it there.

use filing_model::{Extraction, Item, Section, Span, Status};
use testkit::edits::Random;

use super::draft::{self, Paragraph};

/// Words of a page, from which entries get their numbers.
const WORDS_OF_A_PAGE: usize = 450;

pub(super) fn in_place_of(extraction: &mut Extraction, item: Item, random: &mut Random) -> Option<String> {
    let section = extraction.items[&item].clone();
    let page = (section.span?.start / WORDS_OF_A_PAGE + 1).to_string();
    let (text, how) = match random.below(4) {
        0 => (vec![Paragraph::plain(page)], "its page number"),
        1 => (rows(extraction, item, false, random), "the rest of the contents"),
        2 => (rows(extraction, item, true, random), "the rest of the contents with sub-headings"),
        _ => return all_of_them(extraction, item, random),
    };
    let mut spoiled = draft::write(item, &section, &text);
    // Contents stand behind the cover.
    spoiled.span = Some(Span { start: COVER_WORDS, end: COVER_WORDS + spoiled.words });
    let told = format!("{} words, {how}", spoiled.words);
    extraction.items.insert(item, spoiled);
    Some(told)
}

const COVER_WORDS: usize = 500;

/// Every heading up to this Item's is one of the contents, so this Item has the rest of them and all that was before it.
fn all_of_them(extraction: &mut Extraction, item: Item, random: &mut Random) -> Option<String> {
    let section = extraction.items[&item].clone();
    let mut text = rows(extraction, item, false, random);
    let earlier: Vec<(Item, Section)> = extraction
        .items
        .iter()
        .filter(|(_, other)| other.span.zip(section.span).is_some_and(|(one, this)| one.start < this.start))
        .map(|(item, section)| (*item, section.clone()))
        .collect();
    for (at, (other, host)) in earlier.iter().enumerate() {
        text.extend(host.heading.clone().map(|heading| Paragraph { text: heading, level: Some(1) }));
        text.extend(draft::read(host));
        let page = (host.span?.start / WORDS_OF_A_PAGE + 1).to_string();
        let mut listed = draft::write(*other, host, &[Paragraph::plain(page)]);
        listed.status = Status::Found;
        listed.span = Some(Span { start: COVER_WORDS + 4 * at, end: COVER_WORDS + 4 * at + 4 });
        extraction.items.insert(*other, listed);
    }
    text.extend(section.heading.clone().map(|heading| Paragraph { text: heading, level: Some(1) }));
    text.extend(draft::read(&section));
    let mut all = draft::write(item, &section, &text);
    all.span = Some(Span { start: COVER_WORDS + 4 * earlier.len(), end: section.span?.end });
    let told = format!("{} words, the rest of the contents and {} Items", all.words, earlier.len());
    extraction.items.insert(item, all);
    Some(told)
}

/// Entries from this Item's own on, laid out in one of the usual ways.
fn rows(extraction: &Extraction, from: Item, with_headings: bool, random: &mut Random) -> Vec<Paragraph> {
    let layout = random.below(3);
    let first_page = extraction.items[&from].span.map_or(1, |span| span.start / WORDS_OF_A_PAGE + 1);
    let mut entries: Vec<(String, usize)> = vec![(String::new(), first_page)];
    for (item, section) in extraction.items.iter().filter(|(item, _)| **item >= from) {
        let Some(start) = section.span.map(|span| span.start) else { continue };
        if *item > from {
            let heading = section.heading.clone().unwrap_or_else(|| format!("Item {item}. {}", item.title()));
            entries.push((heading, start / WORDS_OF_A_PAGE + 1));
        }
        if !with_headings || section.words < 500 {
            continue;
        }
        let outer = section.headings.iter().filter(|heading| heading.level == 1).take(15);
        let far = section.words / WORDS_OF_A_PAGE;
        entries.extend(outer.enumerate().map(|(at, heading)| {
            (heading.title.clone(), start / WORDS_OF_A_PAGE + 1 + (far * at).checked_div(15).unwrap_or(0))
        }));
    }
    let line = |(title, page): &(String, usize)| match (layout, title.is_empty()) {
        (_, true) => page.to_string(),
        (0, _) => format!("{title} | {page}"),
        (1, _) => format!("{title}{} {page}", ".".repeat(20)),
        _ => format!("{title} {page}"),
    };
    if layout == 0 {
        let table: Vec<String> = entries.iter().map(line).collect();
        return vec![Paragraph::plain(table.join("\n"))];
    }
    entries.iter().map(|entry| Paragraph::plain(line(entry))).collect()
}
