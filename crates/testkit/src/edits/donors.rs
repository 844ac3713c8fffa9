//! Where texts come from, and where foreign words come from.

use filing_model::{Extraction, Item, Section};

use super::{
    pieces::{Piece, PieceKind, pieces},
    random::Random,
    words::is_telling,
};

/// Items with enough running text to edit.
const ITEMS: [Item; 3] = [Item::I1, Item::I1A, Item::I7];
/// Shorter ones are pointers.
const FEWEST_PARAGRAPHS: usize = 8;

/// One Item of one report.
#[derive(Debug, Clone)]
pub struct Source {
    /// The report, such as `AAPL_FY2024`.
    pub name: String,
    /// Who filed it; donors are of other companies.
    pub company: String,
    /// Which Item.
    pub item: Item,
    /// Its text.
    pub section: Section,
}

impl Source {
    /// The Items of a report that are worth editing.
    pub fn of_report(name: &str, company: &str, extraction: &Extraction) -> Vec<Self> {
        let worth = |item: &Item| {
            let section = extraction.found(*item)?;
            (pieces(section).len() >= FEWEST_PARAGRAPHS).then_some(section)
        };
        ITEMS
            .iter()
            .filter_map(|item| Some((*item, worth(item)?)))
            .map(|(item, section)| Self {
                name: name.to_owned(),
                company: company.to_owned(),
                item,
                section: section.clone(),
            })
            .collect()
    }

    /// The reports of the two invented companies of the demo recording.
    ///
    /// # Errors
    /// When the fixtures are damaged.
    pub fn of_demo() -> anyhow::Result<Vec<Self>> {
        let mut found = Vec::new();
        let archive = crate::fixtures().join("recordings/demo/Archives/edgar/data");
        for (name, company, path) in [
            ("NWND_FY2024", "NWND", "9904117/000990411725000008/nwnd-20241228.htm"),
            ("NWND_FY2025", "NWND", "9904117/000990411726000011/nwnd-20251227.htm"),
            ("BRKD_FY2025", "BRKD", "9908812/000990881226000003/brkd-20251231.htm"),
        ] {
            let extraction = section_extract::sections(&crate::document(&archive.join(path))?);
            found.extend(Self::of_report(name, company, &extraction));
        }
        Ok(found)
    }
}

/// Paragraphs that can be lent to the reports of other companies.
#[derive(Debug)]
pub struct Donors<'a> {
    sources: Vec<(&'a str, Item, Vec<Piece<'a>>)>,
}

/// Tries before a donor is called unwilling.
const TRIES: usize = 60;

impl<'a> Donors<'a> {
    /// Of these texts.
    pub fn new(sources: &'a [Source]) -> Self {
        let prepared =
            sources.iter().map(|source| (source.company.as_str(), source.item, pieces(&source.section)));
        Self { sources: prepared.collect() }
    }

    /// Neighbouring paragraphs of another company that suit.
    fn find(
        &self,
        not_of: &str,
        count: usize,
        random: &mut Random,
        suits: impl Fn(&[Piece<'a>]) -> bool,
    ) -> Option<&[Piece<'a>]> {
        (0..TRIES).find_map(|_| {
            let (company, _, pieces) = random.pick(&self.sources)?;
            let at = random.below(pieces.len());
            let found = pieces.get(at..at + count)?;
            (*company != not_of && suits(found)).then_some(found)
        })
    }

    /// A paragraph of running text.
    pub(super) fn prose(&self, not_of: &str, random: &mut Random) -> Option<&'a str> {
        let found = self.find(not_of, 1, random, |found| is_prose(&found[0]))?;
        Some(found[0].text)
    }

    /// A paragraph of running text from another Item of the same company: it speaks of the same things in the same words.
    pub(super) fn prose_of_kin(&self, company: &str, not_in: Item, random: &mut Random) -> Option<&'a str> {
        let kin: Vec<_> =
            self.sources.iter().filter(|(of, item, _)| *of == company && *item != not_in).collect();
        (0..TRIES).find_map(|_| {
            let (_, _, pieces) = random.pick(&kin)?;
            random.pick(pieces).filter(|piece| is_prose(piece)).map(|piece| piece.text)
        })
    }

    /// A table.
    pub(super) fn table(&self, not_of: &str, random: &mut Random) -> Option<&'a str> {
        let found = self.find(not_of, 1, random, |found| {
            found[0].kind == PieceKind::Table && (12..=400).contains(&found[0].words)
        })?;
        Some(found[0].text)
    }

    /// A sub-heading and the paragraph below it.
    pub(super) fn sub_section(&self, not_of: &str, random: &mut Random) -> Option<[Piece<'a>; 2]> {
        let suits = |found: &[Piece<'_>]| is_heading(&found[0]) && is_prose(&found[1]);
        let found = self.find(not_of, 2, random, suits)?;
        Some([found[0], found[1]])
    }

    /// So many consecutive words.
    pub(super) fn phrase(&self, not_of: &str, length: usize, random: &mut Random) -> Option<Vec<&'a str>> {
        let text = self.prose(not_of, random)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = random.below(words.len().saturating_sub(length) + 1);
        let phrase = words.get(at..at + length)?.to_vec();
        phrase.iter().any(|word| is_telling(word)).then_some(phrase)
    }
}

fn is_prose(piece: &Piece<'_>) -> bool {
    piece.kind == PieceKind::Prose && (15..=300).contains(&piece.words)
}

fn is_heading(piece: &Piece<'_>) -> bool {
    matches!(piece.kind, PieceKind::Heading(_)) && (4..=60).contains(&piece.words)
}
