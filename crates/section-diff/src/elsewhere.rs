//! Passages that are new or gone in their Item and stand in another Item of the other filing: they changed their place,
//! not the report.

use filing_model::{Change, Item, SectionDiff};
use rustc_hash::FxHashMap;

use crate::passage::Text;

/// Shorter paragraphs stand anywhere.
const FEWEST_WORDS: usize = 10;

/// Both texts of an Item, the older first.
pub(crate) type Texts<'a> = (Item, Text<'a>, Text<'a>);

/// Names the other Item in every such change.
pub(crate) fn mark(sections: &mut [SectionDiff], texts: &[Texts<'_>]) {
    let before = places(texts.iter().map(|(item, older, _)| (*item, older)));
    let after = places(texts.iter().map(|(item, _, newer)| (*item, newer)));
    for (section, (item, older, newer)) in sections.iter_mut().zip(texts) {
        for change in &mut section.changes {
            let place = match change {
                Change { older: None, newer: Some(passage), .. } => {
                    before.get(&newer.paragraphs[passage.paragraph].loose)
                }
                Change { older: Some(passage), newer: None, .. } => {
                    after.get(&older.paragraphs[passage.paragraph].loose)
                }
                _ => None,
            };
            change.elsewhere = place.copied().filter(|other| other != item);
        }
    }
}

/// The first Item that each paragraph stands in.
fn places<'a, 'b: 'a>(texts: impl Iterator<Item = (Item, &'a Text<'b>)>) -> FxHashMap<u64, Item> {
    let mut places = FxHashMap::default();
    for (item, text) in texts {
        for paragraph in text.paragraphs.iter().filter(|paragraph| paragraph.words >= FEWEST_WORDS) {
            places.entry(paragraph.loose).or_insert(item);
        }
    }
    places
}
