//! Where the financial statements stand when Item 8 only points to them: in Item 15, or on the pages behind the signatures.

use crate::candidate::{Document, Place};

/// Headings with which statements begin. A filer may begin with any of them.
const OPENINGS: [&str; 16] = [
    "report of independent registered public accounting firm",
    "reports of independent registered public accounting firm",
    "report of independent registered certified public accounting firm",
    "report of independent public accountants",
    "report of independent accountants",
    "report of independent auditors",
    "report of independent certified public accountants",
    "independent auditors report",
    "independent auditors’ report",
    "independent auditor’s report",
    "index to consolidated financial statements",
    "index to financial statements",
    "consolidated statements of income",
    "consolidated statements of operations",
    "consolidated statements of earnings",
    "consolidated balance sheets",
];

/// Headings that every set of statements has; two of the kinds prove one.
const KINDS: [&[&str]; 3] = [
    &[
        "balance sheet",
        "statement of financial condition",
        "statements of financial condition",
        "statement of financial position",
        "statements of financial position",
    ],
    &[
        "statement of cash flows",
        "statements of cash flows",
        "cash flows statement",
        "statement of cash flow",
    ],
    &[
        "notes to consolidated financial statements",
        "notes to the consolidated financial statements",
        "notes to financial statements",
        "notes to the financial statements",
    ],
];

/// A set of statements with notes is longer.
const FEWEST_WORDS: u32 = 1_500;
/// Its headings are short.
const LONGEST_HEADING: usize = 160;

/// The run of blocks that holds the financial statements, searched from a block on; `limit` is where it must end.
pub(crate) fn find(document: &Document<'_>, from: usize, limits: &[usize]) -> Option<(Place, Place)> {
    let blocks = document.blocks.list.len();
    let openings = (from..blocks).filter(|&block| is_opening(document, block));
    let (mut closing, mut tried) = (from, from);
    for start in openings {
        let limit = limits.iter().copied().filter(|&limit| limit > start).min().unwrap_or(blocks);
        if closing <= start {
            closing = (start + 1..blocks).find(|&block| is_closing(document, block)).unwrap_or(blocks);
        }
        let end = closing.min(limit);
        if std::mem::replace(&mut tried, end) == end {
            // The same run from a later opening has less in it.
            continue;
        }
        let words = document.words_before[end] - document.words_before[start];
        if words >= FEWEST_WORDS && kinds(document, start, end) >= 2 {
            return Some((Place { block: start, offset: 0 }, Place { block: end, offset: 0 }));
        }
    }
    None
}

fn heading(document: &Document<'_>, block: usize) -> Option<String> {
    let text = document.text(block);
    let entry = &document.blocks.list[block];
    // A row with a figure is an entry of a list; without one it may be a title with the company's name beside it.
    let listed = || entry.is_row() && text.bytes().any(|byte| byte.is_ascii_digit());
    if text.len() > LONGEST_HEADING || document.furniture[block] || entry.link.is_some() || listed() {
        return None;
    }
    Some(text.to_lowercase().replace('\n', " "))
}

fn is_opening(document: &Document<'_>, block: usize) -> bool {
    heading(document, block)
        .is_some_and(|text| OPENINGS.iter().any(|opening| text.trim_start().starts_with(opening)))
}

/// The list of exhibits or the signatures follow the statements.
fn is_closing(document: &Document<'_>, block: usize) -> bool {
    heading(document, block).is_some_and(|text| {
        let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        matches!(
            letters.as_str(),
            "signatures"
                | "signature"
                | "exhibitindex"
                | "indextoexhibits"
                | "exhibitsindex"
                | "indexofexhibits"
                | "exhibits"
        )
    })
}

/// How many kinds of statement have a heading in the run.
fn kinds(document: &Document<'_>, start: usize, end: usize) -> usize {
    let mut seen = [false; KINDS.len()];
    for block in start..end {
        let Some(text) = heading(document, block) else { continue };
        for (seen, names) in seen.iter_mut().zip(KINDS) {
            *seen |= names.iter().any(|name| text.contains(name));
        }
    }
    seen.iter().filter(|seen| **seen).count()
}
