use filing_model::{Item, QualityFinding, Section, Side, paragraphs, word_count};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Place, fault, name, other},
};

/// A main Item that breaks off in the middle of a sentence.
///
/// Measured on the labels of 519 main Items of real filings: none ends in prose with a word in lower case and no full
/// stop; signatures, tables and addresses end with capitals, figures or points.
pub(crate) struct SectionCut;

/// A shorter last paragraph may be a caption or the cell of a table.
const PROSE_WORDS: usize = 8;

/// A shorter Item is a pointer or a remark more often than a piece of one.
const TELLING_WORDS: usize = 200;

impl Check for SectionCut {
    fn name(&self) -> &'static str {
        "section_cut"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let places = Evidence::SIDES.into_iter().flat_map(|side| MAIN_ITEMS.map(|item| (side, item)));
        places.filter_map(|(side, item)| self.item(evidence, side, item)).collect()
    }
}

impl SectionCut {
    fn item(&self, evidence: &Dossier<'_>, side: Side, item: Item) -> Option<QualityFinding> {
        let section = evidence.extraction(side).found(item)?;
        let other_year = evidence.extraction(other(side)).found(item);
        let place = Place::item(item).on(side);
        if breaks_off(section) && !other_year.is_some_and(|other| same_end(section, other)) {
            let statement = format!(
                "Item {item} of the {} filing ends in the middle of a sentence after {} words.",
                name(side),
                section.words
            );
            return Some(fault(self, place, statement));
        }
        None
    }
}

/// Whether the last paragraph is prose that stops before its end.
fn breaks_off(section: &Section) -> bool {
    let Some(last) = paragraphs(&section.text).last().map(str::trim_end) else { return false };
    let word = last.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_prose = word_count(last) >= PROSE_WORDS && !last.contains(" | ") && !last.contains('\n');
    let is_address = word.contains(['/', '@']) || word.trim_end_matches(',').contains('.');
    let stops =
        word.ends_with(',') || word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’'));
    section.words >= TELLING_WORDS && is_prose && !is_address && word.starts_with(char::is_lowercase) && stops
}

/// The filer's way to end an Item, when both years have it.
fn same_end(one: &Section, other: &Section) -> bool {
    let end = |section: &Section| {
        section.text.split_whitespace().rev().take(PROSE_WORDS).map(str::to_owned).collect::<Vec<_>>()
    };
    end(one) == end(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, prose, texts};

    fn ending(end: &str) -> Case {
        let mut case = Case::usual();
        case.set_text(Side::Newer, Item::I7, &format!("{}\n\n{end}", prose(3_000, "newer")));
        case
    }

    #[test]
    fn a_sentence_that_stops_before_its_end_is_refunded() {
        insta::assert_snapshot!(
            texts(&SectionCut, &ending("We repaid the loan in June and renewed the")),
            @"refund: Item 7 of the newer filing ends in the middle of a sentence after 3009 words."
        );
        assert!(
            texts(&SectionCut, &ending("We sell pumps, valves, and seals to mines, utilities,"))
                .contains("refund")
        );
    }

    #[test]
    fn the_ways_filers_end_an_item_are_not() {
        for end in [
            "We repaid the loan in June and renewed the line.",
            "Frank H. Brook Corporate Vice President, Finance and Administration; Chief Accounting Officer",
            "Our reports can be had free of charge at our address www.tidewell.example/investors",
            "Pumps | 12 | of | total | sales | for | the | year",
            "the remaining pumps",
            "The firm has served as our auditor ever since 1999",
        ] {
            assert_eq!(texts(&SectionCut, &ending(end)), "", "{end}");
        }
        let mut both = ending("This part of the report has no full stop at its end");
        both.set_text(
            Side::Older,
            Item::I7,
            &format!("{}\n\nThis part of the report has no full stop at its end", prose(2_900, "older")),
        );
        assert_eq!(texts(&SectionCut, &both), "");
    }
}
