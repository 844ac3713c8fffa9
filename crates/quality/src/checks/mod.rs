//! The checks, one per file, and which profile runs which.

mod another_text;
mod another_year;
mod contents_for_body;
mod ends_early;
mod item_not_in_order;
mod page_furniture;
mod scrap;
mod text_across_border;
mod text_repeated;
mod words_between_items;

mod analysis_empty;
mod dropped_share;
mod items_missing;
mod length_against_other_year;
mod low_confidence;
mod nothing_compared;
mod same_document;
mod section_cut;
mod share_covered;
mod words_not_sent;
mod wrong_document;

mod seed_missing;
mod seed_numbers;
mod seed_short;
mod seed_summaries;

use filing_model::Item;

use crate::Check;

/// The Items a reader of a 10-K looks for.
const MAIN_ITEMS: [Item; 4] = [Item::I1, Item::I1A, Item::I7, Item::I8];

/// What the report rests on first, then how it was made.
pub(crate) fn evidence() -> Vec<Box<dyn Check>> {
    vec![
        Box::new(items_missing::ItemsMissing),
        Box::new(nothing_compared::NothingCompared),
        Box::new(same_document::SameDocument),
        Box::new(wrong_document::WrongDocument),
        Box::new(section_cut::SectionCut),
        Box::new(scrap::Scrap),
        Box::new(ends_early::EndsEarly),
        Box::new(contents_for_body::ContentsForBody),
        Box::new(item_not_in_order::ItemNotInOrder),
        Box::new(words_between_items::WordsBetweenItems),
        Box::new(share_covered::ShareCovered),
        Box::new(text_across_border::TextAcrossBorder),
        Box::new(another_text::AnotherText),
        Box::new(another_year::AnotherYear),
        Box::new(text_repeated::TextRepeated),
        Box::new(page_furniture::PageFurniture),
        Box::new(length_against_other_year::LengthAgainstOtherYear),
        Box::new(low_confidence::LowConfidence),
        Box::new(analysis_empty::AnalysisEmpty),
        Box::new(dropped_share::DroppedShare),
        Box::new(words_not_sent::WordsNotSent),
    ]
}

/// In the order of the first version.
pub(crate) fn seed() -> Vec<Box<dyn Check>> {
    vec![
        Box::new(seed_missing::SeedMissing),
        Box::new(seed_short::SeedShort),
        Box::new(seed_numbers::SeedNumbers),
        Box::new(seed_summaries::SeedSummaries),
    ]
}
