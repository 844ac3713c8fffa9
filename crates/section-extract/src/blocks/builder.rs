//! Collects words into blocks: folds white space, keeps cells apart, remembers how the words looked.

use std::rc::Rc;

use super::{Block, Blocks, style::Style, table::OpenTable};

/// Text on its way to become a block, or a part of a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Part {
    /// Where the separator before it begins; equals `start` when there is none.
    pub(crate) separator: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) cell: u16,
    /// Attached to the cell before it, as `%` is to its number.
    pub(crate) attached: bool,
    bold: usize,
    italic: usize,
    underline: usize,
    center: usize,
    pub(crate) lead_end: usize,
    lead_open: bool,
    size: u8,
    page_start: bool,
    link: Option<Rc<str>>,
}

impl Part {
    fn is_empty(&self) -> bool {
        self.end == self.start
    }

    /// This part and the one after it as one.
    pub(crate) fn join(mut self, next: Self) -> Self {
        if self.lead_open {
            self.lead_end = next.lead_end.max(self.lead_end);
            self.lead_open = next.lead_open;
        }
        self.end = next.end;
        self.bold += next.bold;
        self.italic += next.italic;
        self.underline += next.underline;
        self.center += next.center;
        self.link = self.link.or(next.link);
        self
    }

    pub(crate) fn into_block(self, table: u32, cells: u16) -> Block {
        let length = self.end - self.start;
        let most = |bytes: usize| bytes * 10 >= length * 8;
        Block {
            start: offset(self.start),
            end: offset(self.end),
            lead: offset(self.lead_end.saturating_sub(self.start)),
            table,
            cells,
            size: self.size,
            bold: most(self.bold),
            italic: most(self.italic),
            underline: most(self.underline),
            center: most(self.center),
            page_start: self.page_start,
            link: self.link,
        }
    }
}

/// Documents are limited to less than 4 GiB long before they come here.
fn offset(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

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
    table_count: u32,
    /// Shared: a link that nobody closes is that of all blocks behind it.
    link: Option<Rc<str>>,
}

/// How a byte of text is treated; everything that is not `PLAIN` ends a run of letters.
const PLAIN: u8 = 0;
const SPACE: u8 = 1;
const AMPERSAND: u8 = 2;
const SPECIAL: u8 = 3;

const CLASS: [u8; 256] = {
    let mut class = [PLAIN; 256];
    let mut byte = 0;
    while byte <= 32 {
        class[byte] = SPACE;
        byte += 1;
    }
    class[b'&' as usize] = AMPERSAND;
    // The first bytes of blanks, and of characters that are not seen.
    class[0xC2] = SPECIAL;
    class[0xE1] = SPECIAL;
    class[0xE2] = SPECIAL;
    class[0xE3] = SPECIAL;
    class[0xEF] = SPECIAL;
    class
};

impl Builder {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        let blocks = Blocks { text: String::with_capacity(bytes), ..Blocks::default() };
        Self { blocks, ..Self::default() }
    }

    /// Adds text as it stands between two tags.
    pub(crate) fn text(&mut self, segment: &str, style: Style) {
        let bytes = segment.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            match CLASS[usize::from(byte)] {
                PLAIN => {
                    let length = bytes[at..]
                        .iter()
                        .position(|&b| CLASS[usize::from(b)] != PLAIN)
                        .unwrap_or(bytes.len() - at);
                    self.put(&segment[at..at + length], style);
                    at += length;
                }
                SPACE => {
                    self.space = true;
                    at += 1;
                }
                AMPERSAND => {
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
            c => self.put(c.encode_utf8(&mut [0; 4]), style),
        }
    }

    fn put(&mut self, run: &str, style: Style) {
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
        let length = run.len();
        part.bold += if style.bold { length } else { 0 };
        part.italic += if style.italic { length } else { 0 };
        part.underline += if style.underline { length } else { 0 };
        part.center += if style.center { length } else { 0 };
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
        self.blocks.anchors.push((name.to_owned(), offset(self.blocks.list.len())));
    }

    /// The paragraph, or the part of a cell, ends here.
    pub(crate) fn close_part(&mut self) {
        self.space = false;
        self.line = false;
        let part = std::mem::take(&mut self.part);
        if part.is_empty() {
            return;
        }
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
        if let Some(outer) = self.tables.last_mut() {
            outer.flush_as_paragraphs(&mut self.blocks.list);
        }
        self.table_count += 1;
        self.tables.push(OpenTable::new(self.table_count));
    }

    pub(crate) fn close_table(&mut self) {
        self.end_row();
        self.tables.pop();
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
        self.close_part();
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.blocks
    }
}
