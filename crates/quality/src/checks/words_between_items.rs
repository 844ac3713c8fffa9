use filing_model::{Extraction, Item, QualityFinding, Side, Span};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, fault, name, warning},
};

/// Text between two Items that belongs to none: one of them was cut.
///
/// An Item ends where the next one begins, or at the heading of its Part. A cross-reference index sends to places all over
/// the document; there, text between Items is usual.
pub(crate) struct WordsBetweenItems;

/// In 166 real filings with Items in the order of the form, at most 124 words stand between two Items (the median is 0):
/// titles of Parts, a preface to one, and the pointer of an Item 8 whose statements stand elsewhere.
const MOST_WORDS: usize = 150;

impl Check for WordsBetweenItems {
    fn name(&self) -> &'static str {
        "words_between_items"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        Evidence::SIDES.into_iter().flat_map(|side| self.side(evidence, side)).collect()
    }
}

impl WordsBetweenItems {
    fn side(&self, evidence: &Dossier<'_>, side: Side) -> Vec<QualityFinding> {
        let placed = placed(evidence.extraction(side));
        if !placed.is_sorted_by_key(|(item, _)| *item) {
            return Vec::new();
        }
        let pairs = placed.windows(2).filter_map(|pair| {
            let [(before, ended), (after, begun)] = *pair else { return None };
            let words = begun.start.saturating_sub(ended.end);
            (words > MOST_WORDS).then(|| self.finding(side, before, after, words))
        });
        pairs.collect()
    }

    fn finding(&self, side: Side, before: Item, after: Item, words: usize) -> QualityFinding {
        let statement = format!(
            "{words} words of the {} filing stand between Item {before} and Item {after} and belong to no Item.",
            name(side)
        );
        let lost = MAIN_ITEMS.into_iter().find(|item| (before..after).contains(item));
        let place = Place::item(lost.unwrap_or(before)).on(side);
        let finding =
            if lost.is_some() { fault(self, place, statement) } else { warning(self, place, statement) };
        finding.based_on(format!("{words} words between two Items; usual are fewer than 125"))
    }
}

/// Items with the piece of the document that is theirs, in its order. Statements behind the last Item, to which Item 8
/// points, are no part of that order.
pub(super) fn placed(extraction: &Extraction) -> Vec<(Item, Span)> {
    let own =
        extraction.items.iter().filter(|(item, section)| **item != Item::I8 || section.refers_to.is_none());
    let mut placed: Vec<(Item, Span)> =
        own.filter_map(|(item, section)| Some((*item, section.span?))).collect();
    placed.sort_by_key(|(item, span)| (span.start, *item));
    placed
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn text_of_no_item_behind_a_main_item_is_refunded() {
        let mut case = Case::usual();
        assert_eq!(texts(&WordsBetweenItems, &case), "");
        case.newer.items.get_mut(&Item::I1A).unwrap().span.as_mut().unwrap().end -= 2_000;
        insta::assert_snapshot!(texts(&WordsBetweenItems, &case), @"refund: 2000 words of the newer filing stand between Item 1A and Item 1B and belong to no Item.");
    }

    #[test]
    fn an_order_that_is_not_the_forms_says_nothing() {
        let mut case = Case::usual();
        case.newer.items.get_mut(&Item::I1A).unwrap().span = Some(Span { start: 90_000, end: 92_000 });
        assert_eq!(texts(&WordsBetweenItems, &case), "");
    }
}
