//! Other words, figures, rows and marks in the same place.

use super::{
    super::{
        cosmetic, figures,
        pieces::PieceKind,
        reword::{Touch, reword},
        tables,
        truth::{EditKind, Extent},
    },
    Generator,
};

impl Generator<'_> {
    pub(super) fn reword(&mut self, at: usize) -> Option<usize> {
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
    pub(super) fn retitle(&mut self, at: usize) -> Option<usize> {
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

    pub(super) fn retouch(&mut self, at: usize) -> Option<usize> {
        let piece = self.draft.pieces[at];
        let newer = cosmetic::retouch(piece.text, piece.kind, &mut self.random)?;
        Some(self.write(EditKind::Cosmetic, at..at + 1, 0, vec![newer]))
    }

    pub(super) fn rename(&mut self, at: usize) -> Option<usize> {
        let newer = cosmetic::rename_company(self.draft.pieces[at].text)?;
        Some(self.write(EditKind::CompanyRenamed, at..at + 1, 0, vec![newer]))
    }

    pub(super) fn roll(&mut self, at: usize) -> Option<usize> {
        let newer = figures::roll(self.draft.pieces[at].text, &mut self.random)?;
        Some(self.write(EditKind::Rolled, at..at + 1, 0, vec![newer]))
    }

    pub(super) fn roll_table(&mut self, at: usize) -> Option<usize> {
        let newer = tables::roll_table(self.draft.pieces[at].text, &mut self.random)?;
        Some(self.write(EditKind::TableRolled, at..at + 1, 0, vec![newer]))
    }

    pub(super) fn edit_rows(&mut self, at: usize) -> Option<usize> {
        let donor = self.lender.donors.table(self.lender.company, &mut self.random)?;
        let newer = tables::edit_rows(self.draft.pieces[at].text, donor, &mut self.random)?;
        let rolled =
            if self.random.happens(500) { tables::roll_table(&newer, &mut self.random) } else { None };
        Some(self.write(EditKind::TableRows, at..at + 1, 0, vec![rolled.unwrap_or(newer)]))
    }
}
