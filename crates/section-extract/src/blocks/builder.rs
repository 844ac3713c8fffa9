//! Collects words into blocks: folds white space, keeps cells apart, remembers how the words looked.

use std::rc::Rc;

use super::{
    Blocks,
    part::{Part, offset},
    run::Run,
    style::Style,
    table::OpenTable,
};

/// A filing has more bytes than this for each block. Where one has fewer, the memory for blocks would be a multiple of
/// the document, so those beyond go on as lines of the last one.
const BYTES_PER_BLOCK: usize = 48;
/// Documents of fewer blocks are small whatever they hold.
const FEW_BLOCKS: usize = 10_000;
/// Tables are told apart to this depth.
const DEEPEST_TABLE: usize = 1_000;
/// A filing has some thousands.
const MOST_ANCHORS: usize = 100_000;

#[derive(Debug, Default)]
pub(crate) struct Builder {
    pub(crate) blocks: Blocks,
    part: Part,
    /// A blank is due before the next word.
    space: bool,
    /// A line break is due before the next word.
    line: bool,
    page_break: bool,
    tables: Vec<OpenTable>,
    /// Tables inside the deepest one that is told apart.
    deeper_tables: usize,
    table_count: u32,
    most_blocks: usize,
    /// Shared: a link that nobody closes is that of all blocks behind it.
    link: Option<Rc<str>>,
}

impl Builder {
    /// For a document of so many bytes, of which so many may be text.
    pub(crate) fn new(document_bytes: usize, text_bytes: usize) -> Self {
        let blocks = Blocks { text: String::with_capacity(text_bytes), ..Blocks::default() };
        let most_blocks = FEW_BLOCKS.max(document_bytes / BYTES_PER_BLOCK);
        Self { blocks, most_blocks, ..Self::default() }
    }

    /// Adds text as it stands between two tags.
    pub(crate) fn text(&mut self, segment: &str, style: Style) {
        let bytes = segment.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let run = Run::read(&segment[at..]);
            if !run.text.is_empty() {
                self.put(run.text, run.weight(), style);
                at += run.text.len();
                continue;
            }
            match byte {
                ..=b' ' => {
                    self.space = true;
                    at += 1;
                }
                b'&' => {
                    let (character, length) = super::entity::read(&segment[at..]);
                    self.character(character, style);
                    at += length;
                }
                _ => {
                    let character = segment[at..].chars().next().unwrap_or(' ');
                    self.character(character, style);
                    at += character.len_utf8();
                }
            }
        }
    }

    /// One character that may be a blank of some width, or nothing that is seen.
    fn character(&mut self, character: char, style: Style) {
        match character {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() => self.space = true,
            c => self.put(c.encode_utf8(&mut [0; 4]), c.len_utf8(), style),
        }
    }

    /// Adds words that weigh so many bytes beside other styles of the block.
    fn put(&mut self, run: &str, weight: usize, style: Style) {
        if self.part.is_empty() {
            self.open_part(style);
        } else if self.line {
            self.blocks.text.push('\n');
        } else if self.space {
            self.blocks.text.push(' ');
        }
        self.space = false;
        self.line = false;
        self.blocks.text.push_str(run);
        let part = &mut self.part;
        part.end = self.blocks.text.len();
        part.bold += if style.bold { weight } else { 0 };
        part.italic += if style.italic { weight } else { 0 };
        part.underline += if style.underline { weight } else { 0 };
        part.center += if style.center { weight } else { 0 };
        if part.link.is_none() && self.link.is_some() {
            part.link.clone_from(&self.link);
        }
        part.lead_open &= style.emphasised();
        if part.lead_open {
            part.lead_end = part.end;
        }
    }

    fn open_part(&mut self, style: Style) {
        let text = &mut self.blocks.text;
        let separator = text.len();
        let (mut cell, mut attached) = (0, false);
        if let Some(table) = self.tables.last() {
            cell = table.cell;
            let (mark, joins) = table.separator(text);
            attached = joins;
            text.push_str(mark);
        }
        let start = text.len();
        self.part = Part {
            separator,
            start,
            end: start,
            cell,
            attached,
            lead_end: start,
            lead_open: true,
            size: style.size,
            page_start: std::mem::take(&mut self.page_break),
            ..Part::default()
        };
    }

    /// A line ends inside a paragraph.
    pub(crate) fn line_break(&mut self) {
        if self.line && !self.part.is_empty() {
            // Two in a row part paragraphs.
            self.close_part();
        }
        self.line = !self.part.is_empty();
    }

    pub(crate) fn page_break(&mut self) {
        self.close_part();
        self.page_break = true;
    }

    pub(crate) fn open_link(&mut self, target: &str) {
        self.link = Some(target.into());
    }

    pub(crate) fn close_link(&mut self) {
        self.link = None;
    }

    /// A name that links may lead to stands here: before the block that is being written, or the next one.
    pub(crate) fn anchor(&mut self, name: &str) {
        if self.blocks.anchors.len() < MOST_ANCHORS {
            self.blocks.anchors.push((name.to_owned(), offset(self.blocks.list.len())));
        }
    }

    /// The paragraph, or the part of a cell, ends here.
    pub(crate) fn close_part(&mut self) {
        self.space = false;
        self.line = false;
        if self.part.is_empty() {
            return;
        }
        if self.blocks.list.len() >= self.most_blocks {
            self.line = true;
            return;
        }
        let part = std::mem::take(&mut self.part);
        match self.tables.last_mut() {
            Some(table) => {
                table.add(part, &mut self.blocks.text);
                if table.is_full() {
                    table.end_row(&self.blocks.text, &mut self.blocks.list);
                }
            }
            None => self.blocks.list.push(part.into_block(0, 1)),
        }
    }

    pub(crate) fn open_table(&mut self) {
        self.close_part();
        if self.tables.len() >= DEEPEST_TABLE {
            self.deeper_tables += 1;
            return;
        }
        if let Some(outer) = self.tables.last_mut() {
            outer.flush_as_paragraphs(&mut self.blocks.list);
        }
        self.table_count += 1;
        self.tables.push(OpenTable::new(self.table_count));
    }

    pub(crate) fn close_table(&mut self) {
        self.end_row();
        if self.deeper_tables > 0 {
            self.deeper_tables -= 1;
        } else {
            self.tables.pop();
        }
    }

    pub(crate) fn end_row(&mut self) {
        self.close_part();
        if let Some(table) = self.tables.last_mut() {
            table.end_row(&self.blocks.text, &mut self.blocks.list);
        }
    }

    pub(crate) fn next_cell(&mut self) {
        self.close_part();
        if let Some(table) = self.tables.last_mut() {
            table.cell = table.cell.saturating_add(1);
        }
    }

    pub(crate) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    pub(crate) fn position(&self) -> usize {
        self.blocks.text.len()
    }

    pub(crate) fn finish(mut self) -> Blocks {
        self.most_blocks = usize::MAX;
        self.deeper_tables = 0;
        self.close_part();
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.blocks
    }
}
