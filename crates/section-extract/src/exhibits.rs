//! Items that stand in the annual report to shareholders, Exhibit 13 (Form 10-K General Instruction G(2)): taken from the
//! exhibit when it is at hand.

use filing_model::{Confidence, Extraction, Item, Section, Status, word_count};

use crate::{
    blocks::Blocks,
    candidate::{Document, Place},
    cut, furniture,
    numbering::Numbering,
    outline, pointers, statements, titles,
};

/// Items of Part II may be incorporated from the annual report.
const FROM_ANNUAL_REPORT: [Item; 5] = [Item::I5, Item::I6, Item::I7, Item::I7A, Item::I8];
/// Shorter texts are an entry of a contents list, not the section.
const FEWEST_WORDS: usize = 60;
/// Headings are short.
const LONGEST_HEADING: usize = 160;

/// Fills in Items that point to the annual report from the text of that exhibit.
pub(crate) fn follow(extraction: &mut Extraction, kind: &str, text: &str) {
    let pointing = |item: &Item| {
        extraction.items.get(item).is_some_and(|section| {
            section.status == Status::ByReference
                && section.refers_to.as_deref().is_some_and(is_annual_report)
        })
    };
    let wanted: Vec<Item> = FROM_ANNUAL_REPORT.into_iter().filter(pointing).collect();
    if wanted.is_empty() {
        return;
    }
    let blocks = Blocks::read(text);
    let marks = furniture::mark(&blocks);
    let exhibit = Document::new(&blocks, &marks, Numbering::TenK);
    let mut begins: Vec<(Item, Place, Place)> =
        wanted.iter().filter_map(|item| begin(&exhibit, extraction, *item)).collect();
    begins.sort_by_key(|(_, heading, _)| *heading);
    for (index, &(item, _, body)) in begins.iter().enumerate() {
        let next = begins
            .get(index + 1)
            .map_or(Place { block: blocks.list.len(), offset: 0 }, |(_, heading, _)| *heading);
        take(extraction, &exhibit, item, kind, body, next);
    }
}

/// Whether a pointer's target is the annual report that Exhibit 13 holds.
fn is_annual_report(target: &str) -> bool {
    target.starts_with("Exhibit 13") || target.starts_with("annual report")
}

/// Where an Item begins in the exhibit: the statements themselves for Item 8; for others, and where there are none, the
/// heading that the pointer quotes, else the caption.
fn begin(exhibit: &Document<'_>, extraction: &Extraction, item: Item) -> Option<(Item, Place, Place)> {
    if item == Item::I8
        && let Some((start, _)) = statements::find(exhibit, 0, &[])
    {
        return Some((item, start, start));
    }
    let pointer = &extraction.items.get(&item)?.text;
    let quoted: Vec<String> = pointers::quoted(pointer).map(key).collect();
    let heading = (0..exhibit.blocks.list.len()).find(|&block| is_heading(exhibit, block, item, &quoted));
    let block = heading?;
    Some((item, Place { block, offset: 0 }, Place { block: exhibit.next(block)?, offset: 0 }))
}

fn is_heading(exhibit: &Document<'_>, block: usize, item: Item, quoted: &[String]) -> bool {
    let look = &exhibit.blocks.list[block];
    let text = exhibit.text(block);
    let shown = look.emphasised() || look.center || !text.chars().any(char::is_lowercase);
    if exhibit.furniture[block]
        || look.is_row()
        || look.link.is_some()
        || text.len() > LONGEST_HEADING
        || !shown
    {
        return false;
    }
    let words = titles::words(text, 40);
    let caption = titles::best_match(item, &words).is_some_and(|found| {
        found.share > 0.8 && found.skipped == 0 && found.used + 1 >= words.len() && found.length > 2
    });
    (caption || quoted.contains(&key(text))) && prose_follows(exhibit, block)
}

/// A contents list has its next entry there, a section its text.
fn prose_follows(exhibit: &Document<'_>, block: usize) -> bool {
    const NEAR: usize = 6;
    const WORDS: u32 = 40;
    let end = (block + 1 + NEAR).min(exhibit.blocks.list.len());
    exhibit.words_before[end] - exhibit.words_before[block + 1] >= WORDS
}

/// The letters and digits of a heading.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn take(extraction: &mut Extraction, exhibit: &Document<'_>, item: Item, kind: &str, from: Place, to: Place) {
    let cut = cut::cut(exhibit, from, to);
    let Some(pointer) =
        extraction.items.get(&item).filter(|_| word_count(&cut.text) >= FEWEST_WORDS).cloned()
    else {
        return;
    };
    let section = Section {
        status: Status::Found,
        words: word_count(&cut.text),
        tables: cut.tables,
        confidence: Confidence::High,
        reason: Some(format!("Item {item} is incorporated by reference; its text was taken from {kind}")),
        headings: outline::headings(exhibit, &cut),
        text: cut.text,
        // Another document than the one whose words are counted.
        span: None,
        ..pointer
    };
    extraction.items.insert(item, section);
}
