//! Rows of a table: which cells belong together, and whether a row is one at all or just lays out a paragraph.

use super::{Block, part::Part};

/// A table whose end has not come yet.
#[derive(Debug)]
pub(crate) struct OpenTable {
    id: u32,
    pub(crate) parts: Vec<Part>,
    pub(crate) cell: u16,
}

/// A cell with more paragraphs than this, in a row with more bytes than [`LAYOUT_BYTES`], holds prose, not data.
const LAYOUT_PARTS: usize = 2;
const LAYOUT_BYTES: usize = 700;
/// A paragraph of this length beside a single other cell is prose beside a picture or a side note.
const PROSE_BYTES: usize = 500;
/// A row of more parts than this goes on as another one.
const MOST_PARTS: usize = 10_000;

impl OpenTable {
    pub(crate) fn new(id: u32) -> Self {
        Self { id, parts: Vec::new(), cell: 0 }
    }

    /// What parts the next words from those before them in the row, and whether they belong to the same figure.
    pub(crate) fn separator(&self, text: &str) -> (&'static str, bool) {
        let Some(last) = self.parts.last() else { return ("", false) };
        if last.cell == self.cell {
            return ("\n", false);
        }
        let before = &text[last.start..last.end];
        if ends_in_sign(before) {
            return ("", true);
        }
        if self.parts.len() == 1 && is_label(before) {
            return (" ", false);
        }
        (" | ", false)
    }

    /// Takes a finished part of a cell.
    pub(crate) fn add(&mut self, mut part: Part, text: &mut String) {
        let Some(last) = self.parts.last_mut() else {
            self.parts.push(part);
            return;
        };
        let closes = last.cell != part.cell && is_closing(&text[part.start..part.end]);
        if closes && part.separator < part.start {
            // Only the tail of the text moves.
            let width = part.start - part.separator;
            text.replace_range(part.separator..part.start, "");
            part.start -= width;
            part.end -= width;
            part.lead_end -= width;
        }
        if closes || part.attached {
            let cell = part.cell;
            *last = std::mem::take(last).join(part);
            last.cell = cell;
        } else {
            self.parts.push(part);
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.parts.len() >= MOST_PARTS
    }

    pub(crate) fn end_row(&mut self, text: &str, list: &mut Vec<Block>) {
        let parts = std::mem::take(&mut self.parts);
        self.cell = 0;
        let cells = distinct_cells(&parts);
        let labelled = cells == 2
            && parts.len() > 1
            && parts[1].cell != parts[0].cell
            && is_label(&text[parts[0].start..parts[0].end]);
        if labelled {
            let mut parts = parts.into_iter();
            if let (Some(label), Some(first)) = (parts.next(), parts.next()) {
                list.push(label.join(first).into_block(self.id, 1));
            }
            list.extend(parts.map(|part| part.into_block(self.id, 1)));
        } else if cells <= 1 || is_layout(&parts) {
            list.extend(parts.into_iter().map(|part| part.into_block(self.id, 1)));
        } else if let Some(row) = parts.into_iter().reduce(Part::join) {
            list.push(row.into_block(self.id, cells));
        }
    }

    /// A table inside this cell shows that this table only lays out the page.
    pub(crate) fn flush_as_paragraphs(&mut self, list: &mut Vec<Block>) {
        let parts = std::mem::take(&mut self.parts);
        list.extend(parts.into_iter().map(|part| part.into_block(self.id, 1)));
    }
}

fn distinct_cells(parts: &[Part]) -> u16 {
    let changes = parts.windows(2).filter(|pair| pair[0].cell != pair[1].cell).count();
    u16::try_from(changes + usize::from(!parts.is_empty())).unwrap_or(u16::MAX)
}

fn is_layout(parts: &[Part]) -> bool {
    if distinct_cells(parts) == 2 && parts.iter().any(|part| part.end - part.start > PROSE_BYTES) {
        return true;
    }
    let bytes = parts.last().map_or(0, |last| last.end - parts[0].start);
    bytes > LAYOUT_BYTES
        && parts.windows(LAYOUT_PARTS + 1).any(|run| run.iter().all(|part| part.cell == run[0].cell))
}

/// A currency sign or opening bracket in a cell of its own belongs to the number after it.
fn ends_in_sign(text: &str) -> bool {
    const SIGNS: [&str; 10] = ["$", "€", "£", "¥", "(", "$(", "($", "(€", "US$", "C$"];
    let mut rests = SIGNS.iter().filter_map(|sign| text.strip_suffix(sign));
    rests.any(|rest| rest.is_empty() || rest.ends_with([' ', '|']))
}

/// What closes a number from a cell of its own.
fn is_closing(word: &str) -> bool {
    matches!(word, ")" | "%" | ")%" | "%)" | "x" | "bps")
}

/// A bullet, a number or an Item's number, set in a cell of its own before its paragraph.
fn is_label(word: &str) -> bool {
    const BULLETS: [&str; 14] = ["•", "●", "○", "■", "▪", "◦", "·", "–", "—", "-", "*", "o", "§", "➢"];
    if BULLETS.contains(&word) {
        return true;
    }
    if word.len() > 16 {
        return false;
    }
    let bare = word.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let counted = bare.len() < word.len()
        && (bare.bytes().all(|b| b.is_ascii_digit()) && bare.len() < 3
            || bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic())
            || bare.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')));
    counted && !bare.is_empty() || word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("item"))
}
