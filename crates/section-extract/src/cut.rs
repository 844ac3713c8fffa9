//! From places in the document to the text of an Item.

use crate::{
    blocks::Block,
    candidate::{Document, Place},
};

/// So many words without a full stop are a sentence that goes on, not a heading or a line of an address.
const SENTENCE: usize = 8;
/// They stand among so many bytes.
const SENTENCE_REACH: usize = 500;

/// The text between two places, tidied.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub(crate) text: String,
    pub(crate) tables: usize,
    /// Where each paragraph of the text comes from.
    pub(crate) paragraphs: Vec<Source>,
    /// Where the last paragraph begins in the text.
    last: usize,
}

/// Where a paragraph comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A table.
    Table,
    /// The block it begins with.
    Block(usize),
    /// The emphasised beginning of a block: a heading that the text runs on from.
    RunIn(usize),
}

/// Collects paragraphs and tables from `from` up to `to`.
pub(crate) fn cut(document: &Document<'_>, from: Place, to: Place) -> Cut {
    let list = &document.blocks.list;
    let mut cut = Cut { text: String::with_capacity(most_bytes(list, from, to)), ..Cut::default() };
    let mut index = from.block;
    let mut page_turned = false;
    let mut run = TableRun::default();
    while index < list.len() && (index < to.block || index == to.block && to.offset > 0) {
        let text = document.text(index);
        let start = if index == from.block { from.offset } else { 0 };
        let end = if index == to.block { to.offset } else { text.len() };
        // A bullet before the next heading is no text.
        let bullet = index == to.block && !text[start.min(end)..end].contains(char::is_alphanumeric);
        if document.furniture[index] || start >= end || bullet {
            page_turned |= document.furniture[index];
            index += 1;
            continue;
        }
        page_turned |= list[index].page_start;
        if list[index].table != 0 {
            if index >= run.end {
                run = TableRun::read(list, index, to.block);
            }
            if run.is_data_from(list, index) {
                cut.table(document, index, run.rows_end);
                index = run.rows_end;
                page_turned = false;
                continue;
            }
        }
        let lead = if start == 0 && end == text.len() { run_in_heading(&list[index], text) } else { 0 };
        if lead > 0 {
            cut.begin(Source::RunIn(index));
            push_line(&mut cut.text, &text[..lead]);
            cut.begin(Source::Block(index));
            push_line(&mut cut.text, &text[lead..]);
        } else {
            cut.paragraph(&text[start..end], index, page_turned, list);
        }
        page_turned = false;
        index += 1;
    }
    cut
}

/// Bytes that the text cannot exceed: those of the blocks and of the line breaks between them.
fn most_bytes(list: &[Block], from: Place, to: Place) -> usize {
    let blocks = list.get(from.block..list.len().min(to.block + 1)).unwrap_or_default();
    let [begin, .., end] = blocks else { return 0 };
    (end.end - begin.start) as usize + 2 * blocks.len()
}

/// Bytes of a heading that is set into the paragraph it heads: emphasised, a sentence, and not all of it.
fn run_in_heading(block: &Block, text: &str) -> usize {
    const WORDS: std::ops::RangeInclusive<usize> = 1..=60;
    let lead = block.lead as usize;
    let Some(head) = text.get(..lead).filter(|_| block.table == 0 && lead < text.len()) else { return 0 };
    let head = head.trim_end();
    let sentence = head.ends_with(['.', '?', '!']) && head.starts_with(|c: char| c.is_uppercase());
    let rest = text[lead..].trim_start();
    let goes_on =
        rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '(' | '$'));
    if sentence && goes_on && WORDS.contains(&head.split_whitespace().count()) { lead } else { 0 }
}

/// Blocks of one table without a break.
#[derive(Default)]
struct TableRun {
    end: usize,
    /// Behind the last row.
    rows_end: usize,
}

impl TableRun {
    fn read(list: &[Block], index: usize, limit: usize) -> Self {
        let id = list[index].table;
        let length = list[index..limit.min(list.len())].iter().take_while(|block| block.table == id).count();
        let rows = list[index..index + length].iter().rposition(Block::is_row).map_or(0, |last| last + 1);
        Self { end: index + length, rows_end: index + rows }
    }

    /// Whether lines of a data table go on here; otherwise the block is a paragraph.
    fn is_data_from(&self, list: &[Block], index: usize) -> bool {
        // Before its first row a table may hold its title; after the last one its footnotes.
        index < self.rows_end && (list[index].is_row() || began_before(list, index) || short(&list[index]))
    }
}

fn began_before(list: &[Block], index: usize) -> bool {
    index > 0 && list[index - 1].table == list[index].table && list[index - 1].is_row()
}

/// A line of a table, not a paragraph that a table lays out.
fn short(block: &Block) -> bool {
    block.end - block.start < 120
}

impl Cut {
    /// Puts another text after this one.
    pub(crate) fn append(&mut self, other: Self) {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.last = self.text.len() + other.last;
        self.text.push_str(&other.text);
        self.tables += other.tables;
        self.paragraphs.extend(other.paragraphs);
    }

    fn begin(&mut self, source: Source) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.last = self.text.len();
        self.paragraphs.push(source);
    }

    fn paragraph(&mut self, text: &str, index: usize, page_turned: bool, list: &[Block]) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let goes_on =
            page_turned && !list[index].emphasised() && self.is_open(list) && self.is_continued_by(text);
        if goes_on {
            self.text.push(' ');
        } else {
            self.begin(Source::Block(index));
        }
        push_line(&mut self.text, text);
    }

    /// Whether the last paragraph is prose.
    fn is_open(&self, list: &[Block]) -> bool {
        matches!(self.paragraphs.last(), Some(Source::Block(block)) if !list[*block].emphasised())
    }

    /// Whether a text on the next page goes on with the last paragraph's sentence.
    fn is_continued_by(&self, text: &str) -> bool {
        let small = text.starts_with(|c: char| c.is_lowercase());
        if self.text.ends_with(['.', ':', ';', '!', '?'])
            || text.starts_with(['•', '●', '■', '(', '*', '–', '—'])
        {
            return false;
        }
        if self.text.ends_with(['”', '"', ')']) {
            return small;
        }
        let last = &self.text[self.last..];
        let start = &last[..last.floor_char_boundary(SENTENCE_REACH)];
        small || start.split_whitespace().take(SENTENCE).count() == SENTENCE
    }

    fn table(&mut self, document: &Document<'_>, from: usize, to: usize) {
        self.begin(Source::Table);
        self.tables += 1;
        let mut first = true;
        for index in from..to {
            if document.furniture[index] {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.text.push('\n');
            }
            push_line(&mut self.text, document.text(index));
        }
    }
}

/// Soft line breaks become blanks.
fn push_line(target: &mut String, text: &str) {
    let mut parts = text.split('\n').map(str::trim).filter(|part| !part.is_empty());
    if let Some(first) = parts.next() {
        target.push_str(first);
    }
    for part in parts {
        target.push(' ');
        target.push_str(part);
    }
}
