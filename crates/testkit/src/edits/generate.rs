//! The older text, walked through from its start; each paragraph has its lot.

use std::ops::Range;

use filing_model::{Item, word_count};

use super::{
    cosmetic,
    donors::{Donors, Source},
    draft::{Draft, Moving, Planned},
    figures, moves,
    pieces::{PieceKind, pieces},
    random::Random,
    reword::{Lender, Touch, reword},
    tables,
    truth::{EditKind, Extent, KnownEdits},
};

/// Edits one Item at the rates of a busy year: about two thirds of the paragraphs stay as they are. The same source, donors and
/// seed give the same edits.
pub fn known_edits(source: &Source, donors: &Donors<'_>, seed: u64) -> KnownEdits {
    let mut generator = Generator {
        item: source.item,
        random: Random::named(seed, &[&source.name, source.item.number()]),
        lender: Lender { donors, company: &source.company },
        draft: Draft::new(pieces(&source.section)),
    };
    generator.walk();
    moves::place(&mut generator.draft, &mut generator.random);
    generator.draft.finish(&source.section)
}

struct Generator<'a> {
    item: Item,
    random: Random,
    lender: Lender<'a>,
    draft: Draft<'a>,
}

/// A sub-section of more paragraphs is neither deleted nor moved.
const LONGEST_SUB_SECTION: usize = 6;
/// Parts of split and merged paragraphs have at least so many words.
const SHORTEST_PART: usize = 12;

impl Generator<'_> {
    fn walk(&mut self) {
        let mut at = 0;
        while at < self.draft.pieces.len() {
            let used = self.edit(at).unwrap_or_else(|| {
                self.draft.keep(at);
                1
            });
            at += used;
            let below_heading = matches!(self.draft.pieces[at - 1].kind, PieceKind::Heading(_));
            if !below_heading && self.random.happens(30) {
                self.insert(at - 1);
            }
        }
    }

    /// Draws a lot in a thousand. How many paragraphs it took; `None` leaves this one as it is.
    fn edit(&mut self, at: usize) -> Option<usize> {
        let lot = self.random.below(1000);
        match self.draft.pieces[at].kind {
            PieceKind::Heading(_) => match lot {
                0..120 => self.retitle(at),
                120..145 => self.delete(self.sub_section(at)?),
                145..160 => self.depart(self.sub_section(at)?),
                160..190 => self.retouch(at),
                190..210 => self.run_in(at),
                _ => None,
            },
            PieceKind::Table => match lot {
                0..450 => self.roll_table(at),
                450..600 => self.edit_rows(at),
                600..625 => self.delete(at..at + 1),
                625..640 => self.depart(at..at + 1),
                _ => None,
            },
            PieceKind::Lines => match lot {
                0..25 => self.delete(at..at + 1),
                25..40 => self.depart(at..at + 1),
                _ => None,
            },
            PieceKind::Prose => match lot {
                0..15 => self.delete(at..at + 1),
                15..25 => self.replace(at),
                25..115 => self.reword(at),
                115..127 => self.depart_with_neighbours(at),
                127..140 => self.depart_edited(at),
                140..162 => self.split(at),
                162..184 => self.merge(at),
                184..210 => self.retouch(at),
                // A report seldom changes what the company calls itself.
                210..215 => self.rename(at),
                215..490 => self.roll(at),
                _ => None,
            },
        }
    }

    fn write(&mut self, kind: EditKind, older: Range<usize>, percent: usize, texts: Vec<String>) -> usize {
        let level = self.draft.pieces[older.start].level();
        let (slot, used) = (older.start, older.len());
        let texts = texts.into_iter().map(|text| (text, level)).collect();
        self.draft.write(slot, Planned { kind, older, percent }, texts);
        used
    }

    /// A sub-heading and what stands below it, up to the next one.
    fn sub_section(&self, at: usize) -> Option<Range<usize>> {
        let below = self.draft.pieces[at + 1..].iter();
        let length = 1 + below.take_while(|piece| piece.level().is_none()).count();
        (2..=LONGEST_SUB_SECTION).contains(&length).then_some(at..at + length)
    }

    fn insert(&mut self, slot: usize) {
        let (donors, company) = (self.lender.donors, self.lender.company);
        let none = || Planned { kind: EditKind::Inserted, older: 0..0, percent: 0 };
        let texts: Vec<(String, Option<u8>)> = match self.random.below(10) {
            0..=3 => donors
                .sub_section(company, &mut self.random)
                .iter()
                .flatten()
                .map(|piece| (piece.text.to_owned(), piece.level()))
                .collect(),
            4 => donors
                .table(company, &mut self.random)
                .map(|text| (text.to_owned(), None))
                .into_iter()
                .collect(),
            _ => donors
                .prose(company, &mut self.random)
                .map(|text| (text.to_owned(), None))
                .into_iter()
                .collect(),
        };
        for text in texts {
            self.draft.write(slot, none(), vec![text]);
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "one of several edits, which may fail")]
    fn delete(&mut self, older: Range<usize>) -> Option<usize> {
        for at in older.clone() {
            self.write(EditKind::Deleted, at..at + 1, 0, Vec::new());
        }
        Some(older.len())
    }

    /// Another paragraph in its place, which is not its new wording.
    fn replace(&mut self, at: usize) -> Option<usize> {
        let (donors, company) = (self.lender.donors, self.lender.company);
        let text = if self.random.happens(500) {
            donors.prose_of_kin(company, self.item, &mut self.random)?
        } else {
            donors.prose(company, &mut self.random)?
        };
        self.delete(at..at + 1)?;
        let inserted = Planned { kind: EditKind::InItsPlace, older: 0..0, percent: 0 };
        self.draft.write(at, inserted, vec![(text.to_owned(), None)]);
        Some(1)
    }

    fn depart(&mut self, older: Range<usize>) -> Option<usize> {
        let all = self.draft.pieces.get(older.clone())?;
        let whole = all[0].level().is_some() || all.iter().all(|piece| piece.level().is_none());
        let used = older.len();
        whole.then(|| self.draft.moving.push(Moving { older, edited: None }))?;
        Some(used)
    }

    fn depart_with_neighbours(&mut self, at: usize) -> Option<usize> {
        let length = self.random.between(1, 3);
        self.depart(at..at + length)
    }

    fn depart_edited(&mut self, at: usize) -> Option<usize> {
        let piece = self.draft.pieces[at];
        if piece.words < 25 {
            return None;
        }
        let (percent, touch) = (self.random.between(5, 20), Touch::any(&mut self.random));
        let edited = reword(piece.text, (percent, touch), &self.lender, &mut self.random)?;
        self.draft.moving.push(Moving { older: at..at + 1, edited: Some((edited, percent)) });
        Some(1)
    }

    fn reword(&mut self, at: usize) -> Option<usize> {
        let (extent, percent) = match self.random.below(3) {
            0 => (Extent::Little, self.random.between(5, 19)),
            1 => (Extent::Some, self.random.between(20, 39)),
            _ => (Extent::Much, self.random.between(40, 60)),
        };
        let touch = Touch::any(&mut self.random);
        let kind = match touch {
            Touch::Phrases => EditKind::Rephrased(extent),
            Touch::Words => EditKind::Reworded(extent),
        };
        let newer = reword(self.draft.pieces[at].text, (percent, touch), &self.lender, &mut self.random)?;
        // A new year often rolls the figures of what it rewords.
        let rolled = if self.random.happens(300) { figures::roll(&newer, &mut self.random) } else { None };
        Some(self.write(kind, at..at + 1, percent, vec![rolled.unwrap_or(newer)]))
    }

    /// Other words for a sub-heading; the first paragraph below it stays, or nearly so.
    fn retitle(&mut self, at: usize) -> Option<usize> {
        let (title, body) = (self.draft.pieces[at], *self.draft.pieces.get(at + 1)?);
        if title.words < 4 || body.kind != PieceKind::Prose || body.words < 20 {
            return None;
        }
        let (newer, percent) = if self.random.happens(500) {
            let [heading, _] = self.lender.donors.sub_section(self.lender.company, &mut self.random)?;
            (heading.text.to_owned(), 100)
        } else {
            let percent = self.random.between(20, 60);
            (reword(title.text, (percent, Touch::Phrases), &self.lender, &mut self.random)?, percent)
        };
        self.write(EditKind::Retitled, at..at + 1, percent, vec![newer]);
        let percent = self.random.between(5, 15);
        let edited = reword(body.text, (percent, Touch::Phrases), &self.lender, &mut self.random);
        match edited.filter(|_| self.random.happens(500)) {
            Some(edited) => {
                self.write(EditKind::Rephrased(Extent::Little), at + 1..at + 2, percent, vec![edited]);
            }
            None => self.draft.keep(at + 1),
        }
        Some(2)
    }

    fn split(&mut self, at: usize) -> Option<usize> {
        let (text, percent) = self.maybe_edited(self.draft.pieces[at].text);
        let long = |part: &str| word_count(part) >= SHORTEST_PART;
        let ends: Vec<usize> = sentence_ends(&text)
            .into_iter()
            .filter(|end| long(&text[..*end]) && long(&text[end + 1..]))
            .collect();
        let end = *self.random.pick(&ends)?;
        let parts = vec![text[..end].to_owned(), text[end + 1..].to_owned()];
        Some(self.write(EditKind::Split, at..at + 1, percent, parts))
    }

    fn merge(&mut self, at: usize) -> Option<usize> {
        let two = self.draft.pieces.get(at..at + 2)?;
        if two.iter().any(|piece| piece.kind != PieceKind::Prose || piece.words < SHORTEST_PART) {
            return None;
        }
        let (text, percent) = self.maybe_edited(&format!("{} {}", two[0].text, two[1].text));
        Some(self.write(EditKind::Merged, at..at + 2, percent, vec![text]))
    }

    fn run_in(&mut self, at: usize) -> Option<usize> {
        let (title, body) = (self.draft.pieces[at], *self.draft.pieces.get(at + 1)?);
        if body.kind != PieceKind::Prose || body.words < SHORTEST_PART {
            return None;
        }
        let planned = Planned { kind: EditKind::RunIn, older: at..at + 2, percent: 0 };
        self.draft.write(at, planned, vec![(format!("{} {}", title.text, body.text), None)]);
        Some(2)
    }

    /// A text, half of the time with a few words touched, and how many per cent.
    fn maybe_edited(&mut self, text: &str) -> (String, usize) {
        let edit = (self.random.between(3, 8), Touch::any(&mut self.random));
        let wanted = self.random.happens(500);
        let edited = if wanted { reword(text, edit, &self.lender, &mut self.random) } else { None };
        edited
            .map_or_else(|| (text.split_whitespace().collect::<Vec<_>>().join(" "), 0), |text| (text, edit.0))
    }

    fn retouch(&mut self, at: usize) -> Option<usize> {
        let piece = self.draft.pieces[at];
        let newer = cosmetic::retouch(piece.text, piece.kind, &mut self.random)?;
        Some(self.write(EditKind::Cosmetic, at..at + 1, 0, vec![newer]))
    }

    fn rename(&mut self, at: usize) -> Option<usize> {
        let newer = cosmetic::rename_company(self.draft.pieces[at].text)?;
        Some(self.write(EditKind::CompanyRenamed, at..at + 1, 0, vec![newer]))
    }

    fn roll(&mut self, at: usize) -> Option<usize> {
        let newer = figures::roll(self.draft.pieces[at].text, &mut self.random)?;
        Some(self.write(EditKind::Rolled, at..at + 1, 0, vec![newer]))
    }

    fn roll_table(&mut self, at: usize) -> Option<usize> {
        let newer = tables::roll_table(self.draft.pieces[at].text, &mut self.random)?;
        Some(self.write(EditKind::TableRolled, at..at + 1, 0, vec![newer]))
    }

    fn edit_rows(&mut self, at: usize) -> Option<usize> {
        let donor = self.lender.donors.table(self.lender.company, &mut self.random)?;
        let newer = tables::edit_rows(self.draft.pieces[at].text, donor, &mut self.random)?;
        let rolled =
            if self.random.happens(500) { tables::roll_table(&newer, &mut self.random) } else { None };
        Some(self.write(EditKind::TableRows, at..at + 1, 0, vec![rolled.unwrap_or(newer)]))
    }
}

/// Where the blanks between sentences stand.
fn sentence_ends(text: &str) -> Vec<usize> {
    let begins = |at: usize| text[at + 2..].starts_with(char::is_uppercase);
    let word = |at: usize| text[..at].rsplit(' ').next().unwrap_or_default();
    text.match_indices(". ")
        .map(|(at, _)| at)
        // "U.S. " and "Mr. " end no sentence.
        .filter(|&at| begins(at) && word(at).len() > 3 && !word(at).contains('.'))
        .map(|at| at + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use filing_model::paragraphs;

    use super::{super::truth::KnownPassage, *};

    fn all(seeds: std::ops::RangeInclusive<u64>) -> Vec<KnownEdits> {
        let sources = Source::of_demo().expect("the demo recording");
        let donors = Donors::new(&sources);
        let edit = |seed| sources.iter().map(move |source| (source, seed));
        seeds.flat_map(edit).map(|(source, seed)| known_edits(source, &donors, seed)).collect()
    }

    #[test]
    fn every_paragraph_is_accounted_for_once() {
        for known in all(1..=10) {
            for (text, side) in [
                (&known.older.text, (|passage| passage.older.clone()) as fn(&KnownPassage) -> Range<usize>),
                (&known.newer.text, |passage| passage.newer.clone()),
            ] {
                let mut told: Vec<usize> = known.passages.iter().flat_map(side).collect();
                told.sort_unstable();
                assert!(told.into_iter().eq(0..paragraphs(text).count()));
            }
        }
    }

    #[test]
    fn what_stays_has_the_same_words_and_what_is_edited_has_others() {
        for known in all(1..=10) {
            let older: Vec<&str> = paragraphs(&known.older.text).collect();
            let newer: Vec<&str> = paragraphs(&known.newer.text).collect();
            for passage in &known.passages {
                let same = older[passage.older.clone()] == newer[passage.newer.clone()];
                let stays = matches!(passage.kind, EditKind::Unchanged | EditKind::Moved);
                assert_eq!(same, stays, "{passage:?}");
            }
        }
    }

    #[test]
    fn headings_are_paragraphs_of_the_newer_text() {
        for known in all(1..=5) {
            let newer: Vec<&str> = paragraphs(&known.newer.text).collect();
            for heading in &known.newer.headings {
                assert_eq!(newer.get(heading.paragraph), Some(&heading.title.as_str()));
            }
        }
    }

    #[test]
    fn every_kind_of_edit_is_made_and_scored() {
        let made: BTreeSet<EditKind> = all(1..=40)
            .iter()
            .flat_map(|known| &known.passages)
            .filter(|passage| passage.unscored.is_none())
            .map(|passage| passage.kind)
            .collect();
        let missing: Vec<EditKind> = EditKind::ALL.into_iter().filter(|kind| !made.contains(kind)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
