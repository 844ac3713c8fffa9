//! Faults of an extractor, made in right extractions.
//!
//! A spoiled extraction looks as it would come: words, tables, headings, confidence and spans are counted anew, and where the
//! fault does not tell, the document is taken to hold the spoiled text, so that no figure gives it away.

mod contents;
mod cut;
mod draft;
mod empty;
mod foreign;
mod furniture;
mod repeat;
mod swallow;

use filing_model::{Extraction, Item, Side};
use testkit::edits::Random;

use crate::pairs::{Filings, MAIN_ITEMS, Pair};

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    CutAtWordAndLost,
    CutAtWordToNext,
    CutAtParagraphAndLost,
    CutAtParagraphToNext,
    NeighbourSwallowed,
    NeighbourSwallowedInPart,
    Contents,
    OtherYearTwice,
    ThirdYear,
    OtherCompany,
    Swapped,
    Empty,
    Repeated,
    Furniture,
}

impl Fault {
    pub(crate) const ALL: [Self; 14] = [
        Self::CutAtWordAndLost,
        Self::CutAtWordToNext,
        Self::CutAtParagraphAndLost,
        Self::CutAtParagraphToNext,
        Self::NeighbourSwallowed,
        Self::NeighbourSwallowedInPart,
        Self::Contents,
        Self::OtherYearTwice,
        Self::ThirdYear,
        Self::OtherCompany,
        Self::Swapped,
        Self::Empty,
        Self::Repeated,
        Self::Furniture,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CutAtWordAndLost => "cut at a word, the rest lost",
            Self::CutAtWordToNext => "cut at a word, the rest in the next Item",
            Self::CutAtParagraphAndLost => "cut at a paragraph, the rest lost",
            Self::CutAtParagraphToNext => "cut at a paragraph, the rest in the next Item",
            Self::NeighbourSwallowed => "neighbour swallowed",
            Self::NeighbourSwallowedInPart => "neighbour swallowed in part",
            Self::Contents => "contents table in place of the body",
            Self::OtherYearTwice => "section of another year: that of the other side",
            Self::ThirdYear => "section of another year: a third one",
            Self::OtherCompany => "section of another company",
            Self::Swapped => "Items swapped",
            Self::Empty => "empty",
            Self::Repeated => "text duplicated",
            Self::Furniture => "page furniture left in",
        }
    }
}

/// Two extractions with one fault.
pub(crate) struct Spoiled {
    pub(crate) older: Extraction,
    pub(crate) newer: Extraction,
    /// What was done, for a reader of misses.
    pub(crate) told: String,
}

/// Shorter texts are remarks and pointers that were taken for texts.
const TELLING_WORDS: usize = 500;

/// Makes a fault on one side, in an Item that the report compares. `None` when this pair has no place for it.
pub(crate) fn spoil(
    filings: &Filings,
    pair: &Pair<'_>,
    side: Side,
    fault: Fault,
    random: &mut Random,
) -> Option<Spoiled> {
    let (mut older, mut newer) = (pair.older.extraction.clone(), pair.newer.extraction.clone());
    let compared = |item: &Item| {
        [&older, &newer]
            .iter()
            .all(|it| it.found(*item).is_some_and(|section| section.words >= TELLING_WORDS))
    };
    let items: Vec<Item> = MAIN_ITEMS.into_iter().filter(compared).collect();
    let item = *random.pick(&items)?;
    let (here, there) = match side {
        Side::Older => (&mut older, &mut newer),
        Side::Newer => (&mut newer, &mut older),
    };
    let how = match fault {
        Fault::CutAtWordAndLost => cut::at_word(here, item, false, random),
        Fault::CutAtWordToNext => cut::at_word(here, item, true, random),
        Fault::CutAtParagraphAndLost => cut::at_paragraph(here, item, false, random),
        Fault::CutAtParagraphToNext => cut::at_paragraph(here, item, true, random),
        Fault::NeighbourSwallowed => swallow::whole(here, item),
        Fault::NeighbourSwallowedInPart => swallow::part(here, item, random),
        Fault::Contents => contents::in_place_of(here, item, random),
        Fault::OtherYearTwice => Some(foreign::replace(here, item, &there.items[&item], "the other side")),
        Fault::ThirdYear => foreign::third_year(filings, pair, here, item, random),
        Fault::OtherCompany => foreign::other_company(filings, pair, here, item, random),
        Fault::Swapped => foreign::swap(here, item, &items, random),
        Fault::Empty => Some(empty::empty(here, item, random)),
        Fault::Repeated => Some(repeat::repeat(here, item, random)),
        Fault::Furniture => {
            let how = furniture::leave_in(here, random);
            // The same layout in both years, half of the time.
            if random.happens(500) {
                furniture::leave_in(there, random)
                    .map(|_| format!("{} on both sides", how.unwrap_or_default()))
            } else {
                how
            }
        }
    }?;
    let side = if side == Side::Newer { "newer" } else { "older" };
    Some(Spoiled { told: format!("Item {item} of the {side}: {how}"), older, newer })
}
