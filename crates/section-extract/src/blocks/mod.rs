//! A document as a list of blocks: paragraphs and table rows in reading order, with the evidence of style that matters.

mod builder;
mod entity;
mod html;
mod part;
mod plain;
mod run;
mod style;
mod table;
mod tag;

use std::{collections::BTreeMap, ops::Range, rc::Rc};

/// A document's readable text in one piece, and the blocks it consists of.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// All blocks' text; soft line breaks inside a block are `\n`, cells of a row are joined by ` | `.
    pub(crate) text: String,
    pub(crate) list: Vec<Block>,
    /// Anchors by name, and the block they stand before.
    pub(crate) anchors: Vec<(String, u32)>,
    /// Facts tagged `dei:`, by name without prefix.
    pub(crate) facts: BTreeMap<String, String>,
    /// Words of text that a reader cannot see and that were left out.
    pub(crate) hidden_words: usize,
    /// The beginning of them.
    pub(crate) hidden_text: String,
}

/// A paragraph, a heading or a table row.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about how a block looks")]
pub(crate) struct Block {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Bytes of the text's beginning that are emphasised without a break.
    pub(crate) lead: u32,
    /// The table it belongs to, counted from 1; 0 outside of tables.
    pub(crate) table: u32,
    /// Cells that hold text; 1 for paragraphs.
    pub(crate) cells: u16,
    /// Half points of its first words.
    pub(crate) size: u8,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
    pub(crate) center: bool,
    /// A page ends just before it.
    pub(crate) page_start: bool,
    /// Where a link in it leads, without `#`.
    pub(crate) link: Option<Rc<str>>,
}

impl Block {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Shown as a heading would be.
    pub(crate) fn emphasised(&self) -> bool {
        self.bold || self.underline || self.italic
    }

    /// A table row of at least two cells.
    pub(crate) fn is_row(&self) -> bool {
        self.table != 0 && self.cells > 1
    }
}

impl Blocks {
    /// Reads a document, HTML or plain text.
    pub(crate) fn read(source: &str) -> Self {
        if looks_like_html(source) { html::read(source) } else { plain::read(source) }
    }

    pub(crate) fn text_of(&self, block: &Block) -> &str {
        &self.text[block.range()]
    }
}

/// Plain text of the 1990s has tags of its own (`<PAGE>`, `<TABLE>`, `<S>`), so a `<` alone proves nothing.
fn looks_like_html(source: &str) -> bool {
    let mut head = &source.as_bytes()[..source.len().min(200_000)];
    let mut marks = 0;
    while let Some(at) = memchr::memchr(b'<', head) {
        head = &head[at + 1..];
        let name_end =
            head.iter().take(12).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(12.min(head.len()));
        let name = head[..name_end].to_ascii_lowercase();
        match name.as_slice() {
            b"html" | b"body" | b"div" | b"span" | b"font" => return true,
            b"p" | b"br" | b"tr" | b"td" | b"b" | b"a" | b"center" => marks += 1,
            _ => {}
        }
        if marks > 3 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_paragraphs_than_bytes_allow_go_on_as_lines() {
        for (piece, letters) in [("<p>a", 1), ("a\n\n", 1), ("<table><tr><td>a", 1), ("<tr><td>a<td>b", 2)] {
            let source = piece.repeat(100_000);
            let blocks = Blocks::read(&source);
            // What remains at the end is one more.
            let most = 1 + (source.len() / 48).max(10_000);
            assert!(blocks.list.len() <= most, "{piece:?}: {} blocks", blocks.list.len());
            let kept = blocks.text.bytes().filter(u8::is_ascii_alphabetic).count();
            assert_eq!(kept, letters * 100_000, "{piece:?}");
            assert_eq!(blocks.list.last().map(|last| last.end as usize), Some(blocks.text.len()));
        }
    }
}
