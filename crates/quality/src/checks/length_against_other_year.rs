use filing_model::{Confidence, Item, QualityFinding, Section, Side};

use crate::{
    Check, Dossier,
    check::{Place, fault, name, warning},
};

/// An Item whose length is far from that of the other year.
///
/// In 201 real pairs of Items 1, 1A and 7 the newer has 0.43 to 1.91 times the words of the older. Mergers and
/// spin-offs go farther, so a refund is asked for only where the extraction itself was not sure, or beyond reason.
pub(crate) struct LengthAgainstOtherYear;

/// Below, a few paragraphs more or less make a large share.
const FEWEST_WORDS: usize = 500;

const USUAL_RATIO: f64 = 2.5;
const BEYOND_REASON_RATIO: f64 = 8.0;

impl Check for LengthAgainstOtherYear {
    fn name(&self) -> &'static str {
        "length_against_other_year"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        [Item::I1, Item::I1A, Item::I7].into_iter().filter_map(|item| self.item(evidence, item)).collect()
    }
}

impl LengthAgainstOtherYear {
    fn item(&self, evidence: &Dossier<'_>, item: Item) -> Option<QualityFinding> {
        let newer = evidence.newer.found(item).filter(|section| section.words > FEWEST_WORDS)?;
        let older = evidence.older.found(item).filter(|section| section.words > FEWEST_WORDS)?;
        let ratio = ratio(newer, older);
        if ratio <= USUAL_RATIO {
            return None;
        }
        let place = Place::item(item);
        let odd = if newer.words < older.words { (newer, Side::Newer) } else { (older, Side::Older) };
        let statement = format!(
            "Item {item} has {} words in the newer filing and {} in the older: too far apart to trust the {} one.",
            newer.words,
            older.words,
            name(odd.1)
        );
        let is_fault =
            ratio > BEYOND_REASON_RATIO || [newer, older].iter().any(|it| it.confidence == Confidence::Low);
        Some(if is_fault { fault(self, place, statement) } else { warning(self, place, statement) })
    }
}

#[expect(clippy::cast_precision_loss, reason = "words of an Item are far fewer than 2^52")]
fn ratio(one: &Section, other: &Section) -> f64 {
    one.words.max(other.words) as f64 / one.words.min(other.words) as f64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use crate::invented::{Case, prose, texts};

    fn with_words(newer: usize, older: usize) -> Case {
        let mut case = Case::usual();
        case.set_text(Side::Newer, Item::I1A, &prose(newer, "newer"));
        case.set_text(Side::Older, Item::I1A, &prose(older, "older"));
        case
    }

    #[test]
    fn a_usual_growth_is_passed_over_and_a_large_one_named() {
        assert_eq!(texts(&LengthAgainstOtherYear, &with_words(6_000, 2_500)), "");
        insta::assert_snapshot!(
            texts(&LengthAgainstOtherYear, &with_words(2_000, 6_000)),
            @"warning: Item 1A has 2000 words in the newer filing and 6000 in the older: too far apart to trust the newer one."
        );
    }

    #[test]
    fn it_is_refunded_where_the_extraction_was_not_sure_or_beyond_reason() {
        let mut case = with_words(2_000, 6_000);
        case.newer.items.get_mut(&Item::I1A).unwrap().confidence = Confidence::Low;
        assert!(texts(&LengthAgainstOtherYear, &case).starts_with("refund"));
        assert!(texts(&LengthAgainstOtherYear, &with_words(600, 6_000)).starts_with("refund"));
        assert_eq!(
            texts(&LengthAgainstOtherYear, &with_words(400, 6_000)),
            "",
            "a scrap is for another check"
        );
    }
}
