use filing_model::{Item, QualityFinding, Section, Side, Status};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, fault, name, other, warning},
};

/// A main Item of which little or nothing is left, beside a long text in the other year.
///
/// A pointer, "none" or "not required" in so many words is the filer's way.
pub(crate) struct Scrap;

/// The other year's words from which it has a text of its own.
const MUCH_WORDS: usize = 400;

/// How many times the words the other year has. In 277 real pairs of main Items the most is 2.4, pointers apart.
const TIMES_MORE: usize = 8;

/// A pointer that was not seen as one is no longer than that.
const LONGEST_POINTER: usize = 120;
const POINTING: [&str; 7] = ["see", "refer", "incorporated", "included", "appears", "set forth", "contained"];

impl Check for Scrap {
    fn name(&self) -> &'static str {
        "scrap"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let places = Evidence::SIDES.into_iter().flat_map(|side| MAIN_ITEMS.map(|item| (side, item)));
        places.filter_map(|(side, item)| self.item(evidence, side, item)).collect()
    }
}

impl Scrap {
    fn item(&self, evidence: &Dossier<'_>, side: Side, item: Item) -> Option<QualityFinding> {
        let section = evidence.extraction(side).items.get(&item).filter(|section| may_be_scrap(section))?;
        let other_words = evidence.extraction(other(side)).found(item)?.words;
        if other_words <= MUCH_WORDS.max(TIMES_MORE * section.words) {
            return None;
        }
        let statement = format!(
            "Item {item} of the {} filing has {} words, against {other_words} in the other year.",
            name(side),
            section.words
        );
        let place = Place::item(item).on(side);
        let finding =
            if is_pointer(section) { warning(self, place, statement) } else { fault(self, place, statement) };
        Some(finding.based_on("years of one company rarely differ by more than two and a half times"))
    }
}

/// Text that was found, or a heading without any: saying nothing at all is nobody's way.
fn may_be_scrap(section: &Section) -> bool {
    section.status == Status::Found || section.status == Status::Omitted && section.words == 0
}

fn is_pointer(section: &Section) -> bool {
    let text = section.text.to_lowercase();
    section.words <= LONGEST_POINTER && POINTING.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, prose, texts};

    #[test]
    fn a_scrap_of_what_the_other_year_has_is_refunded_unless_it_points_elsewhere() {
        let mut case = Case::usual();
        case.set_text(Side::Older, Item::I1A, "Risk factors of many kinds.");
        insta::assert_snapshot!(texts(&Scrap, &case), @"refund: Item 1A of the older filing has 5 words, against 6000 in the other year.");
        case.set_text(Side::Older, Item::I1A, "See our annual report.");
        assert!(texts(&Scrap, &case).starts_with("warning"));
        case.set_text(Side::Older, Item::I1A, &prose(1_000, "older"));
        assert_eq!(texts(&Scrap, &case), "");
    }
}
