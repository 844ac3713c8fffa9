//! What was not right, told so that one sees why.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    ops::Range,
};

use filing_model::{EditOp, paragraphs};
use testkit::{
    diff_score::{Came, Verdict},
    edits::{Class, EditKind, KnownEdits},
};

/// A passage that is not right.
pub(crate) struct MissedPassage {
    pattern: (EditKind, Came),
    lines: String,
}

/// Words quoted of a paragraph.
const QUOTED: usize = 26;

pub(crate) fn collect(place: &str, known: &KnownEdits, verdicts: &[Verdict<'_>]) -> Vec<MissedPassage> {
    let older: Vec<&str> = paragraphs(&known.older.text).collect();
    let newer: Vec<&str> = paragraphs(&known.newer.text).collect();
    let missed = verdicts.iter().filter_map(|verdict| {
        let miss = verdict.miss.as_ref()?;
        let passage = verdict.passage;
        let percent = if passage.percent > 0 { format!(" by {} %", passage.percent) } else { String::new() };
        let due = format!("{} -> {}", numbers(&passage.older), numbers(&passage.newer));
        let told: Vec<String> = miss.told.iter().map(one_told).collect();
        let mut lines = format!(
            "{place}: {}{percent}: {due} is {:?}; came {}: {}",
            passage.kind.name(),
            passage.kind.due(),
            verdict.came.name(),
            told.join(", ")
        );
        let from = miss.told.iter().flat_map(|(older, _, _)| older.clone()).chain(passage.older.clone());
        let to = miss.told.iter().flat_map(|(_, newer, _)| newer.clone()).chain(passage.newer.clone());
        quote(&mut lines, "older", &older, from);
        quote(&mut lines, "newer", &newer, to);
        let edits: String = miss.edits.iter().map(one_edit).collect();
        if !edits.is_empty() {
            let _ = write!(lines, "\n    edits:{edits}");
        }
        Some(MissedPassage { pattern: (passage.kind, verdict.came), lines })
    });
    missed.collect()
}

/// A line for each paragraph.
fn quote(lines: &mut String, side: &str, texts: &[&str], paragraphs: impl Iterator<Item = usize>) {
    for at in paragraphs.collect::<BTreeSet<usize>>() {
        let _ = write!(lines, "\n    {side} {at}: {}", quoted(texts[at]));
    }
}

fn one_edit((op, text): &(EditOp, String)) -> String {
    let text = text.replace('\n', "⏎");
    if *op == EditOp::Delete { format!(" [-{text}-]") } else { format!(" {{+{text}+}}") }
}

fn one_told((older, newer, class): &(Range<usize>, Range<usize>, Class)) -> String {
    format!("{} -> {} {class:?}", numbers(older), numbers(newer))
}

fn numbers(range: &Range<usize>) -> String {
    match range.len() {
        0 => "-".to_owned(),
        1 => range.start.to_string(),
        _ => format!("{}..{}", range.start, range.end - 1),
    }
}

fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if words.len() > QUOTED { format!(" … ({} words)", words.len()) } else { String::new() };
    words[..words.len().min(QUOTED)].join(" ") + &more
}

/// The most frequent pattern first.
pub(crate) fn print(misses: Vec<&MissedPassage>, limit: usize) {
    let mut patterns: BTreeMap<(EditKind, Came), Vec<&MissedPassage>> = BTreeMap::new();
    for miss in misses {
        patterns.entry(miss.pattern).or_default().push(miss);
    }
    let mut patterns: Vec<_> = patterns.into_iter().collect();
    patterns.sort_by_key(|(_, misses)| std::cmp::Reverse(misses.len()));
    for ((kind, came), misses) in patterns {
        println!("== {} came {}: {}", kind.name(), came.name(), misses.len());
        for miss in misses.iter().take(limit) {
            println!("{}", miss.lines);
        }
        println!();
    }
}
