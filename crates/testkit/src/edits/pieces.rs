//! A section's paragraphs by what they are.

use filing_model::{Section, paragraphs, word_count};

/// One paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) words: usize,
    pub(super) kind: PieceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// One line of text.
    Prose,
    /// A sub-heading of this level.
    Heading(u8),
    /// Rows of cells.
    Table,
    /// Several lines without cells, such as a list or a table of plain text.
    Lines,
}

impl Piece<'_> {
    /// The level of a sub-heading.
    pub(super) fn level(&self) -> Option<u8> {
        if let PieceKind::Heading(level) = self.kind { Some(level) } else { None }
    }
}

/// Between two cells.
pub(super) const CELL: &str = " | ";

pub(super) fn pieces(section: &Section) -> Vec<Piece<'_>> {
    let mut headings = section.headings.iter().peekable();
    let mut found = Vec::new();
    for (index, text) in paragraphs(&section.text).enumerate() {
        let level = headings.next_if(|heading| heading.paragraph == index).map(|heading| heading.level);
        found.push(Piece { text, words: word_count(text), kind: kind(level, text) });
    }
    found
}

fn kind(level: Option<u8>, text: &str) -> PieceKind {
    match level {
        _ if text.contains(CELL) => PieceKind::Table,
        _ if text.contains('\n') => PieceKind::Lines,
        Some(level) => PieceKind::Heading(level),
        None => PieceKind::Prose,
    }
}
