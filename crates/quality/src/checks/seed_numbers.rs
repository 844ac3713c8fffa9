use filing_model::{QualityFinding, Status};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier,
    check::{Place, fault},
};

/// First version, third check: a main Item of the newer filing is not mostly figures.
///
/// In real filings 16 % of words hold a digit at most, so it never acts on them.
pub(crate) struct SeedNumbers;

/// Share of words with a digit, in per cent.
const MOST_PERCENT: usize = 80;

impl Check for SeedNumbers {
    fn name(&self) -> &'static str {
        "seed_numbers"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let seen = MAIN_ITEMS.into_iter().filter_map(|item| {
            let section =
                evidence.newer.items.get(&item).filter(|section| section.status != Status::Missing)?;
            Some((item, section))
        });
        seen.filter_map(|(item, section)| {
            let words = section.text.split_whitespace().filter(|word| *word != "|");
            let with_digit = words.filter(|word| word.contains(|c: char| c.is_ascii_digit())).count();
            let is_mostly = 100 * with_digit > MOST_PERCENT * section.words;
            is_mostly.then(|| {
                let percent = 100 * with_digit / section.words.max(1);
                fault(
                    self,
                    Place::item(item),
                    format!("Item {item}: Content is mostly tables/numbers ({percent}% numeric)"),
                )
            })
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use filing_model::{Item, Side};

    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn four_fifths_are_allowed_and_more_is_not() {
        let mut case = Case::usual();
        case.set_text(Side::Newer, Item::I8, "Sales | 1 | 2 | 3 | 4");
        assert_eq!(texts(&SeedNumbers, &case), "");
        case.set_text(Side::Newer, Item::I8, "Sales | 1 | 2 | 3 | 4 | 5");
        assert_eq!(
            texts(&SeedNumbers, &case),
            "refund: Item 8: Content is mostly tables/numbers (83% numeric)"
        );
    }
}
