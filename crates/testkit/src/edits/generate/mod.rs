//! The older text, walked through from its start; each paragraph has its lot. What the lots do stands in one file per idea.

mod joints;
mod passages;
mod wording;

use std::ops::Range;

use filing_model::Item;

use super::{
    donors::{Donors, Source},
    draft::{Draft, Planned},
    moves,
    pieces::{PieceKind, pieces},
    random::Random,
    reword::Lender,
    truth::{EditKind, KnownEdits},
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
