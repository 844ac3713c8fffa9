use filing_model::{Change, Comparison, Item, NotSentWords, SectionDiff};

use super::prompt::{change_text, estimated_tokens};
use crate::text::edited_words;

/// Items whose changes are sent; those of the others are listed in the report and counted as not sent.
const SENT_ITEMS: [Item; 8] =
    [Item::I1, Item::I1A, Item::I1C, Item::I3, Item::I7, Item::I7A, Item::I8, Item::I9A];

/// A change with its Item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent<'a> {
    pub(super) item: Item,
    pub(super) change: &'a Change,
}

/// The changes that tell most, in reading order, as far as the budget goes.
///
/// A change is sent whole or not at all. One that does not fit leaves room for smaller ones after it.
pub(super) fn pack(comparison: &Comparison, budget_tokens: usize) -> Vec<Sent<'_>> {
    let sections =
        comparison.sections.iter().enumerate().filter(|(_, section)| SENT_ITEMS.contains(&section.item));
    let mut candidates: Vec<(usize, usize, Sent<'_>)> =
        sections.flat_map(|(at, section)| of_section(at, section)).collect();
    candidates.sort_by(|(.., one), (.., other)| other.change.weight.total_cmp(&one.change.weight));
    let mut left = budget_tokens;
    candidates.retain(|(.., sent)| {
        let tokens = estimated_tokens(&change_text(*sent));
        let fits = tokens <= left;
        left -= if fits { tokens } else { 0 };
        fits
    });
    candidates.sort_by_key(|(section, change, _)| (*section, *change));
    candidates.into_iter().map(|(.., sent)| sent).collect()
}

fn of_section(at: usize, section: &SectionDiff) -> impl Iterator<Item = (usize, usize, Sent<'_>)> {
    let with_words = section.changes.iter().enumerate().filter(|(_, change)| words(change) > 0);
    with_words.map(move |(index, change)| (at, index, Sent { item: section.item, change }))
}

/// Edited words of all changes that are not among the sent ones.
pub(super) fn not_sent_words(comparison: &Comparison, sent: &[Sent<'_>]) -> NotSentWords {
    let mut not_sent = NotSentWords::default();
    for section in &comparison.sections {
        let is_sent = |change: &Change| {
            sent.iter().any(|sent| sent.item == section.item && sent.change.id == change.id)
        };
        let words: usize = section.changes.iter().filter(|change| !is_sent(change)).map(words).sum();
        if words > 0 {
            not_sent.total += words;
            not_sent.by_item.insert(format!("Item {}", section.item), words);
        }
    }
    not_sent
}

fn words(change: &Change) -> usize {
    let counts = edited_words(change);
    counts.added + counts.removed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{added, comparison, modified, placed, section};

    fn ids(sent: &[Sent<'_>]) -> String {
        sent.iter().map(|sent| sent.change.id.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_tells_most_is_sent_in_reading_order_and_the_rest_is_counted() {
        let long = "A plant makes pumps for mines. ".repeat(40);
        let comparison = comparison(vec![
            section(
                Item::I1,
                vec![
                    placed(added("1-1", 0, &long), 1, 1.0, ""),
                    placed(added("1-2", 1, "A new plant."), 2, 3.0, ""),
                ],
            ),
            section(Item::I2, vec![added("2-1", 0, "We lease two plants.")]),
            section(Item::I7, vec![placed(modified("7-1", 0, "Margin [-rose-]{+fell+}."), 1, 9.0, "")]),
        ]);
        let all = pack(&comparison, 10_000);
        assert_eq!(ids(&all), "1-1 1-2 7-1");
        assert_eq!(not_sent_words(&comparison, &all).by_item, [("Item 2".to_owned(), 4)].into());
        let some = pack(&comparison, 100);
        assert_eq!(ids(&some), "1-2 7-1");
        assert_eq!(not_sent_words(&comparison, &some).total, 240 + 4);
    }
}
