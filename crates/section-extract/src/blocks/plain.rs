//! Plain-text filings of 1993 to 2003 to blocks: wrapped lines, `<PAGE>` marks, tables set with blanks.

use super::{Blocks, builder::Builder, style::Style};
use crate::furniture::is_page_number;

pub(crate) fn read(source: &str) -> Blocks {
    let mut reader = Reader {
        builder: Builder::new(source.len(), source.len()),
        in_table: false,
        table_open: false,
        indent: 0,
        lines: 0,
    };
    for line in source.lines() {
        reader.line(line);
    }
    reader.close_table();
    reader.builder.finish()
}

struct Reader {
    builder: Builder,
    /// Between `<TABLE>` and `</TABLE>`.
    in_table: bool,
    /// A table of the builder is open.
    table_open: bool,
    /// Where the paragraph's last line began.
    indent: usize,
    /// Lines of the paragraph so far.
    lines: usize,
}

/// A gap of so many blanks parts two columns.
const COLUMN_GAP: usize = 3;

/// A page's number is set so much further in than the text above it.
const MARGIN: usize = 15;

impl Reader {
    fn line(&mut self, line: &str) {
        let line = line.trim_end();
        let bare = line.trim_start();
        if bare.is_empty() {
            return self.end_paragraph();
        }
        if bare.starts_with('<') && self.mark(bare) {
            return;
        }
        if bare.bytes().all(|b| matches!(b, b'-' | b'=' | b'_' | b' ' | b'*')) {
            // A ruler.
            return;
        }
        let indent = line.len() - bare.len();
        if self.lines > 0 && indent > self.indent + MARGIN && is_page_number(bare) {
            // At the foot of a page, without a blank line above it.
            self.end_paragraph();
            self.prose(bare, indent);
            self.end_paragraph();
        } else if self.in_table || is_row(bare) {
            self.row(bare);
        } else {
            self.prose(bare, indent);
        }
    }

    /// Handles a line that is a tag of the old format; false when it is text after all.
    fn mark(&mut self, bare: &str) -> bool {
        let name_end = bare[1..].find(['>', ' ']).map_or(bare.len(), |length| length + 1);
        let name = bare[1..name_end].to_ascii_uppercase();
        match name.as_str() {
            "PAGE" => {
                self.close_table();
                self.end_paragraph();
                self.builder.page_break();
                // Some write the page's number on the same line.
                let rest = bare.get(name_end + 1..).unwrap_or("").trim();
                if !rest.is_empty() {
                    self.prose(rest, 0);
                    self.end_paragraph();
                }
            }
            "TABLE" => {
                self.end_paragraph();
                self.in_table = true;
            }
            "/TABLE" => {
                self.close_table();
                self.in_table = false;
            }
            "S" | "C" | "CAPTION" | "/CAPTION" | "FN" | "/FN" | "F1" | "F2" | "F3" | "TEXT" | "/TEXT"
            | "DOCUMENT" | "/DOCUMENT" | "TYPE" | "SEQUENCE" | "DESCRIPTION" | "FILENAME" => {}
            _ => return false,
        }
        true
    }

    fn row(&mut self, bare: &str) {
        if !self.table_open {
            self.end_paragraph();
            self.builder.open_table();
            self.table_open = true;
        }
        for cell in cells(bare) {
            self.builder.next_cell();
            self.builder.text(cell, Style::default());
        }
        self.builder.end_row();
    }

    fn prose(&mut self, bare: &str, indent: usize) {
        self.close_table();
        if self.lines > 0 && (begins_block(bare) || indent > self.indent + 2 && self.lines > 1) {
            self.end_paragraph();
        }
        self.builder.line_break();
        self.builder.text(bare, Style::default());
        self.indent = indent;
        self.lines += 1;
    }

    fn end_paragraph(&mut self) {
        if self.table_open {
            // A blank line inside a table parts nothing.
            if !self.in_table {
                self.close_table();
            }
        } else {
            self.builder.close_part();
        }
        self.lines = 0;
        self.indent = 0;
    }

    fn close_table(&mut self) {
        if self.table_open {
            self.builder.close_table();
            self.table_open = false;
        }
        self.lines = if self.builder.in_table() { 0 } else { self.lines };
    }
}

/// A line that names an Item or a Part begins a block even without a blank line before it.
fn begins_block(bare: &str) -> bool {
    ["item ", "items ", "part i"].iter().any(|label| {
        bare.as_bytes().get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label.as_bytes()))
    })
}

/// Two or more gaps, or one gap before a figure: columns, not prose.
fn is_row(bare: &str) -> bool {
    let cells: Vec<&str> = cells(bare).collect();
    let to_a_page = cells.last().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    if begins_block(bare) && !to_a_page {
        // A heading in a text whose lines are stretched to the margin.
        return false;
    }
    match cells.as_slice() {
        [] | [_] => false,
        [_, last] => {
            last.len() < 20
                && last.chars().any(|c| c.is_ascii_digit())
                && bare.len() > 24
                && !begins_block(bare)
        }
        [_, middle @ .., _] => {
            middle.iter().chain(cells.last()).any(|cell| cell.chars().any(|c| c.is_ascii_digit()))
        }
    }
}

/// The columns of a line; dot leaders are a gap.
fn cells(bare: &str) -> impl Iterator<Item = &str> {
    let bytes = bare.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            let end = gap(bytes, start).unwrap_or(bytes.len());
            at = end;
            while at < bytes.len() && (bytes[at] == b' ' || bytes[at] == b'\t' || is_leader(bytes, at)) {
                at += 1;
            }
            let cell = bare[start..end].trim();
            if !cell.is_empty() {
                return Some(cell);
            }
        }
        None
    })
}

/// Where the next gap begins.
fn gap(bytes: &[u8], from: usize) -> Option<usize> {
    let mut blanks = 0;
    for at in from..bytes.len() {
        match bytes[at] {
            b'\t' => return Some(at - blanks),
            b' ' => {
                blanks += 1;
                if blanks == COLUMN_GAP {
                    return Some(at + 1 - COLUMN_GAP);
                }
            }
            b'.' if is_leader(bytes, at) => return Some(at),
            _ => blanks = 0,
        }
    }
    None
}

/// Part of a run of dots that leads to a page number.
fn is_leader(bytes: &[u8], at: usize) -> bool {
    let dots = |range: std::ops::Range<usize>| {
        bytes.get(range).is_some_and(|run| run.iter().all(|&b| b == b'.' || b == b' '))
    };
    bytes[at] == b'.' && (dots(at..at + 4) || at >= 3 && dots(at - 3..at + 1))
}
