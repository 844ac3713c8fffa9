//! Whole paragraphs and sub-sections: new, gone, replaced, or set down to stand elsewhere.

use std::ops::Range;

use super::{
    super::{
        draft::{Moving, Planned},
        reword::{Touch, reword},
        truth::EditKind,
    },
    Generator,
};

/// A sub-section of more paragraphs is neither deleted nor moved.
const LONGEST_SUB_SECTION: usize = 6;
/// A paragraph of fewer words is not edited where it moves.
const SHORTEST_EDITED: usize = 25;

impl Generator<'_> {
    /// A sub-heading and what stands below it, up to the next one.
    pub(super) fn sub_section(&self, at: usize) -> Option<Range<usize>> {
        let below = self.draft.pieces[at + 1..].iter();
        let length = 1 + below.take_while(|piece| piece.level().is_none()).count();
        (2..=LONGEST_SUB_SECTION).contains(&length).then_some(at..at + length)
    }

    pub(super) fn insert(&mut self, slot: usize) {
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
    pub(super) fn delete(&mut self, older: Range<usize>) -> Option<usize> {
        for at in older.clone() {
            self.write(EditKind::Deleted, at..at + 1, 0, Vec::new());
        }
        Some(older.len())
    }

    /// Another paragraph in its place, which is not its new wording.
    pub(super) fn replace(&mut self, at: usize) -> Option<usize> {
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

    pub(super) fn depart(&mut self, older: Range<usize>) -> Option<usize> {
        let all = self.draft.pieces.get(older.clone())?;
        let whole = all[0].level().is_some() || all.iter().all(|piece| piece.level().is_none());
        let used = older.len();
        whole.then(|| self.draft.moving.push(Moving { older, edited: None }))?;
        Some(used)
    }

    pub(super) fn depart_with_neighbours(&mut self, at: usize) -> Option<usize> {
        let length = self.random.between(1, 3);
        self.depart(at..at + length)
    }

    pub(super) fn depart_edited(&mut self, at: usize) -> Option<usize> {
        let piece = self.draft.pieces[at];
        if piece.words < SHORTEST_EDITED {
            return None;
        }
        let (percent, touch) = (self.random.between(5, 20), Touch::any(&mut self.random));
        let edited = reword(piece.text, (percent, touch), &self.lender, &mut self.random)?;
        self.draft.moving.push(Moving { older: at..at + 1, edited: Some((edited, percent)) });
        Some(1)
    }
}
