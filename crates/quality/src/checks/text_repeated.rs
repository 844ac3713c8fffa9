use filing_model::{Item, QualityFinding, Side};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, fault, name},
    readings::repeated_words,
};

/// A main Item that has much of its text twice: it was read twice.
pub(crate) struct TextRepeated;

/// Per cent of an Item's words in paragraphs of a dozen words or more that stood in it before. In 538 real main Items the
/// most is 4.2, then 2.4.
const MOST_PERCENT: usize = 6;

/// Fewer words are a boxed notice that a filer repeats.
const FEWEST_WORDS: usize = 60;

impl Check for TextRepeated {
    fn name(&self) -> &'static str {
        "text_repeated"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let places = Evidence::SIDES.into_iter().flat_map(|side| MAIN_ITEMS.map(|item| (side, item)));
        places.filter_map(|(side, item)| self.item(evidence, side, item)).collect()
    }
}

impl TextRepeated {
    fn item(&self, evidence: &Dossier<'_>, side: Side, item: Item) -> Option<QualityFinding> {
        let section = evidence.extraction(side).found(item)?;
        let repeated = repeated_words(&section.text);
        if repeated < FEWEST_WORDS || 100 * repeated < MOST_PERCENT * section.words {
            return None;
        }
        let statement = format!(
            "Item {item} of the {} filing has {repeated} of its {} words twice.",
            name(side),
            section.words
        );
        let basis = format!("{} % of its words; usual are fewer than 3 %", 100 * repeated / section.words);
        Some(fault(self, Place::item(item).on(side), statement).based_on(basis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, story, texts};

    #[test]
    fn a_text_that_was_read_twice_is_refunded() {
        let mut case = Case::usual();
        let text = story("pumps", 600);
        case.set_text(Side::Newer, Item::I1, &text);
        assert_eq!(texts(&TextRepeated, &case), "");
        case.set_text(Side::Newer, Item::I1, &format!("{text}\n\n{text}"));
        insta::assert_snapshot!(texts(&TextRepeated, &case), @"refund: Item 1 of the newer filing has 600 of its 1200 words twice.");
    }
}
