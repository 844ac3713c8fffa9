use filing_model::{Item, QualityFinding, Side, Span};

use super::{MAIN_ITEMS, words_between_items::placed};
use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, fault, name},
};

/// One Item out of the order of the form: an entry of the contents, or a heading that names it in passing, was taken for
/// its own.
///
/// Filers with a cross-reference index have most Items in an order of their own. In 166 real filings, two have Items out
/// of order, and both have at least four.
pub(crate) struct ItemNotInOrder;

impl Check for ItemNotInOrder {
    fn name(&self) -> &'static str {
        "item_not_in_order"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        Evidence::SIDES.into_iter().filter_map(|side| self.side(evidence, side)).collect()
    }
}

impl ItemNotInOrder {
    fn side(&self, evidence: &Dossier<'_>, side: Side) -> Option<QualityFinding> {
        let placed = placed(evidence.extraction(side));
        if is_in_order(&placed) {
            return None;
        }
        let alone = |item: &Item| {
            let others: Vec<_> = placed.iter().copied().filter(|(other, _)| other != item).collect();
            is_in_order(&others)
        };
        let item = MAIN_ITEMS.into_iter().find(alone)?;
        let statement = format!(
            "Item {item} of the {} filing was found where another Item belongs, so its text may be of another place.",
            name(side)
        );
        let basis = "all other Items stand in the order of the form";
        Some(fault(self, Place::item(item).on(side), statement).based_on(basis))
    }
}

fn is_in_order(placed: &[(Item, Span)]) -> bool {
    placed.is_sorted_by_key(|(item, _)| *item)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn one_item_out_of_order_is_refunded_and_an_order_of_its_own_is_not() {
        let mut case = Case::usual();
        assert_eq!(texts(&ItemNotInOrder, &case), "");
        case.newer.items.get_mut(&Item::I7).unwrap().span = Some(Span { start: 10, end: 20 });
        insta::assert_snapshot!(texts(&ItemNotInOrder, &case), @"refund: Item 7 of the newer filing was found where another Item belongs, so its text may be of another place.");
        case.newer.items.get_mut(&Item::I5).unwrap().span = Some(Span { start: 0, end: 5 });
        assert_eq!(texts(&ItemNotInOrder, &case), "");
    }
}
