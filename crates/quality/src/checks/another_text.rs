use filing_model::{Item, QualityFinding, Side};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, error, fault, name, other, warning},
};

/// A main Item that has little of the other year's wording: the text of another Item, of another company, or of a year
/// long past.
///
/// Measured as the share of runs of four words, figures aside, that the Item of the other year has, too, on the side that
/// added less.
pub(crate) struct AnotherText;

/// Shorter texts have too few runs.
const TELLING_WORDS: usize = 300;

/// Below the first share a text is not the company's own, below the second it is hardly that of the next year, per Item.
///
/// In 83 real pairs of years the least are 0.20, 0.69, 0.42 and 0.55 (0.30 and 0.55 where a year lies between); texts of
/// other companies have at most 0.04, 0.12, 0.09 and 0.17.
const SHARES: [(Item, f64, f64); 4] =
    [(Item::I1, 0.045, 0.15), (Item::I1A, 0.14, 0.55), (Item::I7, 0.12, 0.25), (Item::I8, 0.20, 0.42)];

/// From this share on, an Item shows that both filings are of one company in one line of business.
const SAME_COMPANY: f64 = 0.35;

/// The share of another Item's wording that makes it that Item's text; of real Items 7 and 8 it is 0.35 at most.
const OTHER_ITEM: f64 = 0.40;

impl Check for AnotherText {
    fn name(&self) -> &'static str {
        "another_text"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        SHARES.iter().filter_map(|(item, foreign, far)| self.item(evidence, *item, *foreign, *far)).collect()
    }
}

impl AnotherText {
    fn item(&self, evidence: &Dossier<'_>, item: Item, foreign: f64, far: f64) -> Option<QualityFinding> {
        let (newer, older) = evidence.both(Side::Newer, item)?;
        if newer.words.min(older.words) < TELLING_WORDS {
            return None;
        }
        let kept = kept(evidence, item);
        let swapped =
            Evidence::SIDES.into_iter().find_map(|side| self.of_another_item(evidence, side, item, kept));
        if swapped.is_some() || !evidence.are_neighbours() || kept >= far {
            return swapped;
        }
        let statement = format!(
            "Item {item} of the two filings have hardly a sentence in common: one of them is not the text that belongs there.",
        );
        let finding = match (kept < foreign, is_known_elsewhere(evidence, item)) {
            (true, true) => fault(self, Place::item(item), statement),
            (false, true) => error(self, Place::item(item), statement),
            // A company may have become another one, and all of its report with it.
            (_, false) => warning(self, Place::item(item), statement),
        };
        Some(finding.based_on(format!(
            "{:.0} % of its wording stands in the other year; usual are more than {:.0} %",
            100.0 * kept,
            100.0 * far
        )))
    }

    fn of_another_item(
        &self,
        evidence: &Dossier<'_>,
        side: Side,
        item: Item,
        kept: f64,
    ) -> Option<QualityFinding> {
        let share = |rival: Item| evidence.kept(side, item, rival);
        let rivals = MAIN_ITEMS.into_iter().filter(|rival| *rival != item);
        let (rival, share) =
            rivals.map(|rival| (rival, share(rival))).max_by(|one, two| one.1.total_cmp(&two.1))?;
        if share < OTHER_ITEM || share < 2.0 * kept {
            return None;
        }
        let statement = format!(
            "Item {item} of the {} filing has the text that the {} one has in Item {rival}: it is not the right one in one of them.",
            name(side),
            name(other(side))
        );
        let basis = format!(
            "{:.0} % of its wording stands in Item {rival} of the other year, {:.0} % in Item {item}",
            100.0 * share,
            100.0 * kept
        );
        Some(fault(self, Place::item(item), statement).based_on(basis))
    }
}

fn kept(evidence: &Dossier<'_>, item: Item) -> f64 {
    evidence.kept(Side::Newer, item, item)
}

/// Whether another main Item shows one company in both years, or there is no other to ask.
fn is_known_elsewhere(evidence: &Dossier<'_>, item: Item) -> bool {
    let others = MAIN_ITEMS.into_iter().filter(|other| *other != item);
    let mut told = others.filter(|other| evidence.both(Side::Newer, *other).is_some()).peekable();
    told.peek().is_none() || told.any(|other| kept(evidence, other) >= SAME_COMPANY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, story, texts};

    #[test]
    fn a_text_of_somebody_else_is_refunded() {
        let mut case = Case::usual();
        assert_eq!(texts(&AnotherText, &case), "");
        case.set_text(Side::Newer, Item::I1A, &story("hotels", 400));
        case.set_text(Side::Older, Item::I1A, &story("perils", 400));
        insta::assert_snapshot!(texts(&AnotherText, &case), @"refund: Item 1A of the two filings have hardly a sentence in common: one of them is not the text that belongs there.");
    }

    #[test]
    fn a_text_of_another_item_is_refunded_on_its_side() {
        let mut case = Case::usual();
        case.set_text(Side::Older, Item::I1A, &story("perils", 400));
        case.set_text(Side::Older, Item::I7, &story("sales", 400));
        case.set_text(Side::Newer, Item::I1A, &story("sales", 390));
        case.set_text(Side::Newer, Item::I7, &story("perils", 410));
        insta::assert_snapshot!(texts(&AnotherText, &case), @r"
        refund: Item 1A of the newer filing has the text that the older one has in Item 7: it is not the right one in one of them.
        refund: Item 7 of the newer filing has the text that the older one has in Item 1A: it is not the right one in one of them.
        ");
    }

    #[test]
    fn a_company_that_became_another_is_not() {
        let mut case = Case::usual();
        for item in MAIN_ITEMS {
            case.set_text(Side::Older, item, &story("shells", 400));
            case.set_text(Side::Newer, item, &story("hotels", 400));
        }
        assert!(!texts(&AnotherText, &case).contains("refund"));
    }
}
