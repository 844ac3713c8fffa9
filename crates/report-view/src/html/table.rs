//! Tables of the filings; where both have one, changed cells show the old figure above the new.

use maud::{Markup, html};

use super::marks::lines;
use crate::table::{Cell, Grid, Row, compare};

/// A table as it stands.
pub(super) fn plain(text: &str) -> Markup {
    let grid = Grid::of(text);
    let rows = html! { @for row in &grid.rows { tr { (plain_cells(row, grid.width)) } } };
    framed(&rows, grid.is_numeric())
}

/// Two states of one table.
pub(super) fn compared(older: &str, newer: &str) -> Markup {
    let (older, newer) = (Grid::of(older), Grid::of(newer));
    let rows = compare(&older, &newer);
    let width = rows.iter().map(row_width).max().unwrap_or(1);
    let rows = html! {
        @for row in &rows {
            @match row {
                Row::Matched(cells) => tr { (matched(cells, width)) }
                Row::Removed(cells) => tr { (marked_cells(cells, width, true)) }
                Row::Added(cells) => tr { (marked_cells(cells, width, false)) }
            }
        }
    };
    framed(&rows, newer.is_numeric())
}

fn framed(rows: &Markup, numeric: bool) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Table, scrolls sideways" {
            table class=(if numeric { "td num" } else { "td" }) { tbody { (rows) } }
        }
    }
}

fn row_width(row: &Row<'_>) -> usize {
    match row {
        Row::Matched(cells) => cells.len(),
        Row::Removed(cells) | Row::Added(cells) => cells.len(),
    }
}

/// A line that is not parted into cells reaches across the table.
fn span(cells: usize, width: usize) -> Option<usize> {
    (cells == 1 && width > 1).then_some(width)
}

fn plain_cells(cells: &[&str], width: usize) -> Markup {
    html! { @for cell in cells { td colspan=[span(cells.len(), width)] { (lines(cell)) } } }
}

fn marked_cells(cells: &[&str], width: usize, removed: bool) -> Markup {
    html! {
        @for cell in cells {
            td.ch colspan=[span(cells.len(), width)] {
                @if cell.is_empty() {}
                @else if removed { del { (lines(cell)) } }
                @else { ins { (lines(cell)) } }
            }
        }
    }
}

fn matched(cells: &[Cell<'_>], width: usize) -> Markup {
    html! {
        @for cell in cells {
            @let (older, newer) = (cell.older.unwrap_or(""), cell.newer.unwrap_or(""));
            @let same = older == newer;
            td.ch[!same] colspan=[span(cells.len(), width)] {
                @if same { (lines(newer)) }
                @else {
                    @if !older.is_empty() { del { (lines(older)) } " " }
                    @if !newer.is_empty() { ins { (lines(newer)) } }
                }
            }
        }
    }
}
