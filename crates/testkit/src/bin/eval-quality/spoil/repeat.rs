//! A text read twice, whole or in part.

use filing_model::{Extraction, Item};
use testkit::edits::Random;

use super::draft;

pub(super) fn repeat(extraction: &mut Extraction, item: Item, random: &mut Random) -> String {
    let section = extraction.items[&item].clone();
    let text = draft::read(&section);
    // Half of the time all of it.
    let length =
        if random.happens(500) { text.len() } else { random.between(text.len() / 10 + 1, text.len()) };
    let from = random.below(text.len() - length + 1);
    let run = &text[from..from + length];
    let one_by_one = random.happens(500);
    let doubled: Vec<_> = if one_by_one {
        run.iter().flat_map(|paragraph| [paragraph.clone(), paragraph.clone()]).collect()
    } else {
        run.iter().chain(run).cloned().collect()
    };
    let spoiled: Vec<_> =
        text[..from].iter().chain(&doubled).chain(&text[from + length..]).cloned().collect();
    let words = draft::words_of(run);
    let spoiled = draft::write(item, &section, &spoiled);
    draft::put_in_document(extraction, item, spoiled);
    let how = if one_by_one { ", paragraph by paragraph" } else { "" };
    format!("{words} of {} words twice{how}", section.words)
}
