//! The newer text while it is being made.

use std::ops::Range;

use filing_model::{Heading, Section, word_count};

use super::{
    ambiguous,
    pieces::Piece,
    truth::{EditKind, KnownEdits, KnownPassage},
};

/// What is planned and written so far.
pub(super) struct Draft<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    /// What the newer text has in the place of each paragraph of the older.
    pub(super) slots: Vec<Vec<Written>>,
    pub(super) passages: Vec<Planned>,
    pub(super) moving: Vec<Moving>,
}

/// A paragraph of the newer text.
pub(super) struct Written {
    pub(super) text: String,
    pub(super) level: Option<u8>,
    pub(super) passage: usize,
}

pub(super) struct Planned {
    pub(super) kind: EditKind,
    pub(super) older: Range<usize>,
    pub(super) percent: usize,
}

/// Paragraphs that are to stand elsewhere.
pub(super) struct Moving {
    pub(super) older: Range<usize>,
    /// The wording of a single one that is edited, too.
    pub(super) edited: Option<(String, usize)>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(pieces: Vec<Piece<'a>>) -> Self {
        let slots = pieces.iter().map(|_| Vec::new()).collect();
        Self { pieces, slots, passages: Vec::new(), moving: Vec::new() }
    }

    /// Plans a passage and writes its paragraphs into a slot.
    pub(super) fn write(&mut self, slot: usize, planned: Planned, texts: Vec<(String, Option<u8>)>) {
        let passage = self.passages.len();
        self.passages.push(planned);
        self.slots[slot].extend(texts.into_iter().map(|(text, level)| Written { text, level, passage }));
    }

    pub(super) fn keep(&mut self, at: usize) {
        let piece = self.pieces[at];
        let text = (piece.text.to_owned(), piece.level());
        self.write(at, Planned { kind: EditKind::Unchanged, older: at..at + 1, percent: 0 }, vec![text]);
    }

    /// Both texts and the account of them.
    pub(super) fn finish(self, source: &Section) -> KnownEdits {
        let mut ranges: Vec<Option<Range<usize>>> = vec![None; self.passages.len()];
        let mut texts: Vec<String> = Vec::new();
        let mut headings: Vec<Heading> = Vec::new();
        for written in self.slots.into_iter().flatten() {
            let at = texts.len();
            let range = ranges[written.passage].get_or_insert(at..at);
            range.end = at + 1;
            let heading =
                written.level.map(|level| Heading { level, title: written.text.clone(), paragraph: at });
            headings.extend(heading);
            texts.push(written.text);
        }
        let mut passages: Vec<KnownPassage> = self
            .passages
            .into_iter()
            .zip(ranges)
            .map(|(planned, newer)| KnownPassage {
                kind: planned.kind,
                older: planned.older,
                newer: newer.unwrap_or(0..0),
                percent: planned.percent,
                unscored: None,
            })
            .collect();
        let older: Vec<&str> = self.pieces.iter().map(|piece| piece.text).collect();
        ambiguous::mark(&mut passages, &older, &texts);
        let text = texts.join("\n\n");
        let newer = Section { words: word_count(&text), text, headings, ..source.clone() };
        KnownEdits { older: source.clone(), newer, passages }
    }
}
