//! Paragraphs split, merged, or run into one another.

use filing_model::word_count;

use super::{
    super::{
        draft::Planned,
        pieces::PieceKind,
        reword::{Touch, reword},
        truth::EditKind,
    },
    Generator,
};

/// Parts of split and merged paragraphs have at least so many words.
const SHORTEST_PART: usize = 12;

impl Generator<'_> {
    pub(super) fn split(&mut self, at: usize) -> Option<usize> {
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

    pub(super) fn merge(&mut self, at: usize) -> Option<usize> {
        let two = self.draft.pieces.get(at..at + 2)?;
        if two.iter().any(|piece| piece.kind != PieceKind::Prose || piece.words < SHORTEST_PART) {
            return None;
        }
        let (text, percent) = self.maybe_edited(&format!("{} {}", two[0].text, two[1].text));
        Some(self.write(EditKind::Merged, at..at + 2, percent, vec![text]))
    }

    pub(super) fn run_in(&mut self, at: usize) -> Option<usize> {
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
