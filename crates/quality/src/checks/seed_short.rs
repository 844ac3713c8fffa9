use filing_model::{Item, QualityFinding, Status};

use crate::{
    Check, Dossier,
    check::{Place, fault},
};

/// First version, second check: the main Items of the newer filing have a fixed number of words.
///
/// It sees a pointer as a short text, as the first version did; about a third of large companies fail it.
pub(crate) struct SeedShort;

const FEWEST_WORDS: [(Item, usize); 4] =
    [(Item::I1, 1_000), (Item::I1A, 5_000), (Item::I7, 5_000), (Item::I8, 10_000)];

impl Check for SeedShort {
    fn name(&self) -> &'static str {
        "seed_short"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let short = FEWEST_WORDS.into_iter().filter_map(|(item, fewest)| {
            let section =
                evidence.newer.items.get(&item).filter(|section| section.status != Status::Missing)?;
            (section.words < fewest).then_some((item, section.words, fewest))
        });
        short
            .map(|(item, words, fewest)| {
                fault(
                    self,
                    Place::item(item),
                    format!("Item {item}: Content too short ({words} words, expected {fewest}+)"),
                )
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use filing_model::Side;

    use super::*;
    use crate::invented::{Case, prose, texts};

    #[test]
    fn the_thresholds_are_those_of_the_first_version() {
        for (item, fewest) in FEWEST_WORDS {
            let mut case = Case::usual();
            case.set_text(Side::Newer, item, &prose(fewest, "newer"));
            assert_eq!(texts(&SeedShort, &case), "");
            case.set_text(Side::Newer, item, &prose(fewest - 1, "newer"));
            let expected =
                format!("refund: Item {item}: Content too short ({} words, expected {fewest}+)", fewest - 1);
            assert_eq!(texts(&SeedShort, &case), expected);
        }
    }

    #[test]
    fn a_missing_item_is_not_short_too() {
        let mut case = Case::usual();
        case.remove(Side::Newer, Item::I8);
        assert_eq!(texts(&SeedShort, &case), "");
    }
}
