//! Edits between two tables: row by row by their labels, then cell by cell.

use std::{hash::Hasher as _, ops::Range};

use rustc_hash::FxHasher;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Step, patience};
use crate::words::{Token, is_figure};

/// The steps between two tables.
pub(crate) fn steps(older: &[Token<'_>], newer: &[Token<'_>]) -> Vec<Step> {
    let (left, right) = (rows(older), rows(newer));
    let mut steps = Vec::new();
    for (a, b) in pair(&left, &right) {
        match (a, b) {
            (Some(a), Some(b)) => row_steps((older, &left[a]), (newer, &right[b]), &mut steps),
            (Some(a), None) => {
                let at = steps.last().map_or(0, |step: &Step| step.newer.end);
                steps.push(Step { equal: false, older: left[a].tokens.clone(), newer: at..at });
            }
            (None, Some(b)) => {
                let at = steps.last().map_or(0, |step: &Step| step.older.end);
                steps.push(Step { equal: false, older: at..at, newer: right[b].tokens.clone() });
            }
            (None, None) => {}
        }
    }
    steps
}

/// A line of a table.
struct Row {
    tokens: Range<usize>,
    /// Of all its words.
    whole: u64,
    /// Of the first cell, every figure as the same, so that `December 31, 2024` is the label of last year's row too.
    label: u64,
}

fn rows(tokens: &[Token<'_>]) -> Vec<Row> {
    let breaks = (1..tokens.len()).filter(|&at| tokens[at].space.contains('\n'));
    let ends = breaks.chain([tokens.len()]).filter(|&end| end > 0);
    let mut start = 0;
    ends.map(|end| {
        let range = std::mem::replace(&mut start, end)..end;
        let (mut whole, mut label) = (FxHasher::default(), FxHasher::default());
        let mut in_label = true;
        for token in &tokens[range.clone()] {
            whole.write(token.text.as_bytes());
            whole.write_u8(0xFF);
            in_label &= token.text != "|";
            if in_label && token.text.contains(char::is_alphanumeric) {
                label.write(if is_figure(token.text) { b"#" } else { token.text.as_bytes() });
                label.write_u8(0xFF);
            }
        }
        Row { tokens: range, whole: whole.finish(), label: label.finish() }
    })
    .collect()
}

type Paired = (Option<usize>, Option<usize>);

/// Rows that belong together, in the order of both tables: the same ones first, between them those with the same label.
fn pair(older: &[Row], newer: &[Row]) -> Vec<Paired> {
    let labels = |rows: &[Row]| rows.iter().map(|row| row.label).collect::<Vec<_>>();
    if labels(older) == labels(newer) {
        // The table of last year with new figures: its groups of years roll as a whole.
        return (0..older.len()).map(|row| (Some(row), Some(row))).collect();
    }
    let mut pairs = Vec::with_capacity(older.len().max(newer.len()));
    for (equal, left, right) in aligned(older, newer, |row| row.whole) {
        if equal {
            pairs.extend(left.zip(right).map(|(a, b)| (Some(a), Some(b))));
            continue;
        }
        let (from, to) = (left.start, right.start);
        for (equal, left, right) in aligned(&older[left], &newer[right], |row| row.label) {
            let (left, right) = (left.start + from..left.end + from, right.start + to..right.end + to);
            if equal || left.len() == 1 && right.len() == 1 {
                pairs.extend(left.zip(right).map(|(a, b)| (Some(a), Some(b))));
            } else {
                pairs.extend(left.map(|a| (Some(a), None)));
                pairs.extend(right.map(|b| (None, Some(b))));
            }
        }
    }
    pairs
}

fn aligned(
    older: &[Row],
    newer: &[Row],
    key: fn(&Row) -> u64,
) -> impl Iterator<Item = (bool, Range<usize>, Range<usize>)> {
    let keys = |rows: &[Row]| rows.iter().map(key).collect::<Vec<_>>();
    capture_diff_slices(Algorithm::Patience, &keys(older), &keys(newer))
        .into_iter()
        .map(|step| (step.tag() == DiffTag::Equal, step.old_range(), step.new_range()))
}

/// Cells in their order when both rows have as many; otherwise the words of the rows.
fn row_steps(
    (older, left): (&[Token<'_>], &Row),
    (newer, right): (&[Token<'_>], &Row),
    steps: &mut Vec<Step>,
) {
    let (a, b) = (cells(older, &left.tokens), cells(newer, &right.tokens));
    if a.len() != b.len() {
        steps.extend(patience(older, left.tokens.clone(), newer, right.tokens.clone()));
        return;
    }
    for (a, b) in a.into_iter().zip(b) {
        let same =
            a.len() == b.len() && a.clone().zip(b.clone()).all(|(a, b)| older[a].text == newer[b].text);
        if same {
            steps.push(Step { equal: true, older: a, newer: b });
        } else if is_amount(&older[a.clone()]) || is_amount(&newer[b.clone()]) {
            steps.push(Step { equal: false, older: a, newer: b });
        } else {
            steps.extend(patience(older, a, newer, b));
        }
    }
}

/// Runs of tokens between the bars, and the bars as runs of their own.
fn cells(tokens: &[Token<'_>], row: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = row.start;
    for at in row.clone().filter(|&at| tokens[at].text == "|") {
        found.push(start..at);
        found.push(at..at + 1);
        start = at + 1;
    }
    found.push(start..row.end);
    found
}

/// A cell with a figure and no word beside it, or with a dash in place of one.
fn is_amount(cell: &[Token<'_>]) -> bool {
    cell.len() <= 4
        && cell.iter().all(|token| is_figure(token.text) || !token.text.contains(char::is_alphanumeric))
}
