use filing_model::{Confidence, Item, QualityFinding, Side};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Place, name, remark, warning},
};

/// An Item of whose limits the extraction was not sure. Doubt alone is no fault: nothing is refunded for it.
pub(crate) struct LowConfidence;

impl Check for LowConfidence {
    fn name(&self) -> &'static str {
        "low_confidence"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let places = Evidence::SIDES.into_iter().flat_map(|side| Item::ALL.map(|item| (side, item)));
        places.filter_map(|(side, item)| self.item(evidence, side, item)).collect()
    }
}

impl LowConfidence {
    fn item(&self, evidence: &Dossier<'_>, side: Side, item: Item) -> Option<QualityFinding> {
        let section = evidence.extraction(side).found(item)?;
        if section.confidence == Confidence::High {
            return None;
        }
        let place = Place::item(item).on(side);
        let reason = section.reason.as_deref().map_or_else(String::new, |reason| format!(": {reason}"));
        let statement =
            format!("The text of Item {item} of the {} filing may not be right{reason}.", name(side));
        Some(if MAIN_ITEMS.contains(&item) {
            warning(self, place, statement)
        } else {
            remark(self, place, statement)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn doubt_is_passed_on_with_its_reason() {
        let mut case = Case::usual();
        for item in [Item::I7, Item::I2] {
            let section = case.older.items.get_mut(&item).unwrap();
            section.confidence = Confidence::Low;
            section.reason = Some("no heading of the next Item".into());
        }
        insta::assert_snapshot!(texts(&LowConfidence, &case), @"
        info: The text of Item 2 of the older filing may not be right: no heading of the next Item.
        warning: The text of Item 7 of the older filing may not be right: no heading of the next Item.
        ");
    }
}
