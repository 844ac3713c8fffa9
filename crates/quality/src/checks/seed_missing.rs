use filing_model::{Item, QualityFinding, Status};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier,
    check::{Place, fault},
};

/// First version, first check: the main Items of the newer filing are there.
pub(crate) struct SeedMissing;

impl Check for SeedMissing {
    fn name(&self) -> &'static str {
        "seed_missing"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let is_missing = |item: &Item| {
            evidence.newer.items.get(item).is_none_or(|section| section.status == Status::Missing)
        };
        let missing: Vec<String> =
            MAIN_ITEMS.iter().filter(|item| is_missing(item)).map(|item| format!("Item {item}")).collect();
        if missing.is_empty() {
            return Vec::new();
        }
        vec![fault(self, Place::whole_report(), format!("Missing sections: {}", missing.join(", ")))]
    }
}

#[cfg(test)]
mod tests {
    use filing_model::Side;

    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn missing_items_are_listed_in_one_text() {
        let mut case = Case::usual();
        assert_eq!(texts(&SeedMissing, &case), "");
        case.remove(Side::Newer, Item::I7);
        case.remove(Side::Newer, Item::I1A);
        assert_eq!(texts(&SeedMissing, &case), "refund: Missing sections: Item 1A, Item 7");
    }
}
