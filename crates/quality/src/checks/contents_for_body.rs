use filing_model::{Item, QualityFinding, Side, paragraphs};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, fault, name},
};

/// Entries of the contents at the beginning of a main Item: an entry was taken for the heading.
pub(crate) struct ContentsForBody;

/// Lines from the beginning that are looked at.
const LINES: usize = 60;

/// Entries that name an Item and end with the number of a page. In 538 real main Items there is none.
const MOST_ENTRIES: usize = 2;

impl Check for ContentsForBody {
    fn name(&self) -> &'static str {
        "contents_for_body"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let places = Evidence::SIDES.into_iter().flat_map(|side| MAIN_ITEMS.map(|item| (side, item)));
        places.filter_map(|(side, item)| self.item(evidence, side, item)).collect()
    }
}

impl ContentsForBody {
    fn item(&self, evidence: &Dossier<'_>, side: Side, item: Item) -> Option<QualityFinding> {
        let section = evidence.extraction(side).found(item)?;
        let lines = paragraphs(&section.text).flat_map(str::lines).take(LINES);
        let entries = lines.filter(|line| is_entry(line)).count();
        if entries <= MOST_ENTRIES {
            return None;
        }
        let statement = format!(
            "Item {item} of the {} filing begins with {entries} entries of the table of contents.",
            name(side)
        );
        let basis = "lines that name an Item and end with the number of a page; usual are none";
        Some(fault(self, Place::item(item).on(side), statement).based_on(basis))
    }
}

/// `Item 7A. Market Risk | 45`
fn is_entry(line: &str) -> bool {
    let line = line.trim();
    let names_item = line.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("item "));
    let last = line.rsplit([' ', '.', '|']).next().unwrap_or_default();
    let is_page = (1..=3).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_digit());
    // A label alone, such as `Item 7`, ends with its number.
    names_item && is_page && line.split_whitespace().filter(|word| *word != "|").count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, story, texts};

    #[test]
    fn entries_of_the_contents_are_no_text() {
        let mut case = Case::usual();
        let contents =
            "12\n\nItem 1A. Risk Factors | 18\nItem 2. Properties..... 31\n\nItem 3 Legal Proceedings 33";
        case.set_text(Side::Newer, Item::I1, &format!("{contents}\n\n{}", story("pumps", 300)));
        insta::assert_snapshot!(texts(&ContentsForBody, &case), @"refund: Item 1 of the newer filing begins with 3 entries of the table of contents.");
        case.set_text(
            Side::Newer,
            Item::I1,
            "See Item 7\n\nItem 8\n\nItem 9 of this report says how many pumps we sold in 2025",
        );
        assert_eq!(texts(&ContentsForBody, &case), "");
    }
}
