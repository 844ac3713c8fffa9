//! Risk factors that came or went, by their headings and the text below them.

use std::{hash::Hasher as _, ops::Range};

use filing_model::{
    Change, ChangeKind, EditOp, HeadingDiff, HeadingState, Item, SectionDiff, Side, Signal, SignalKind,
    paragraphs, word_count,
};
use memchr::memmem;
use rustc_hash::FxHasher;

use super::Evidence;
use crate::features::shared;

/// A risk factor's heading is a sentence; shorter ones name a group.
const SHORTEST: usize = 6;
/// Fewer words below a heading tell no risk.
const SHORTEST_TEXT: usize = 40;
/// When more came, or went, than this, one signal tells it: the section was written anew, and single factors say little.
const MOST: usize = 12;
/// No filer has as many risk factors as this: more headings that came, or went, are no headings of factors, and each would
/// have to be looked for in the whole other text.
const MOST_HEADINGS: usize = 1_000;

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    let Some(section) = evidence.section(Item::I1A).filter(|section| section.not_compared.is_none()) else {
        return Vec::new();
    };
    let (added, removed) = (factors(evidence, section, Side::Newer), factors(evidence, section, Side::Older));
    let is_known =
        |factor: &Factor<'_>, others: &[Factor<'_>]| others.iter().any(|other| factor.is_like(other));
    let told = |kind, factors: &[Factor<'_>], others: &[Factor<'_>]| {
        let alone = factors.iter().filter(|factor| factor.is_new && !is_known(factor, others));
        signals(section, kind, &alone.collect::<Vec<_>>())
    };
    let mut found = told(SignalKind::RiskFactorAdded, &added, &removed);
    found.extend(told(SignalKind::RiskFactorRemoved, &removed, &added));
    found
}

fn signals(section: &SectionDiff, kind: SignalKind, factors: &[&Factor<'_>]) -> Vec<Signal> {
    let what = if kind == SignalKind::RiskFactorAdded { "new" } else { "gone" };
    let longest = factors.iter().rev().max_by_key(|factor| factor.words);
    if let Some(longest) = longest.filter(|_| factors.len() > MOST) {
        let (count, title) = (factors.len(), shortened(longest.title));
        let statement = format!("{count} risk factors are {what}; the longest of them is “{title}”.");
        return vec![signal(section, kind, statement, longest)];
    }
    let told = |factor: &Factor<'_>| format!("The risk factor “{}” is {what}.", shortened(factor.title));
    factors.iter().map(|factor| signal(section, kind, told(factor), factor)).collect()
}

fn signal(section: &SectionDiff, kind: SignalKind, statement: String, factor: &Factor<'_>) -> Signal {
    let side = if kind == SignalKind::RiskFactorAdded { Side::Newer } else { Side::Older };
    let words = |of| (of == side).then(|| factor.title.to_owned());
    let is_heading =
        |change: &&Change| change.side(side).is_some_and(|passage| passage.paragraph == factor.paragraph);
    Signal {
        kind,
        item: Item::I1A,
        statement,
        older: words(Side::Older),
        newer: words(Side::Newer),
        change_id: section.changes.iter().find(is_heading).map(|change| change.id.clone()),
    }
}

/// A heading that one filing alone has, with the text below it.
struct Factor<'a> {
    title: &'a str,
    /// Index of its paragraph.
    paragraph: usize,
    words: usize,
    /// Whether most of its text is in this filing alone, not just its heading.
    is_new: bool,
    title_terms: Vec<u64>,
    terms: Vec<u64>,
}

impl Factor<'_> {
    /// Whether the same is told under another heading, in other words.
    fn is_like(&self, other: &Self) -> bool {
        let text = likeness(&self.terms, &other.terms);
        text >= 0.5 || text >= 0.3 && likeness(&self.title_terms, &other.title_terms) >= 0.5
    }
}

/// Factors whose heading has no partner in the other filing.
fn factors<'a>(evidence: &Evidence<'a>, section: &'a SectionDiff, side: Side) -> Vec<Factor<'a>> {
    let (before, after) = (evidence.older_text(Item::I1A), evidence.newer_text(Item::I1A));
    let (text, other, alone) = match side {
        Side::Newer => (after, before, HeadingState::Added),
        Side::Older => (before, after, HeadingState::Removed),
    };
    let sentences = section.headings.iter().filter(|heading| heading.state == alone);
    let sentences: Vec<_> = sentences.filter(|heading| word_count(&heading.title) >= SHORTEST).collect();
    if sentences.is_empty() || sentences.len() > MOST_HEADINGS {
        return Vec::new();
    }
    let is_gone = |heading: &&HeadingDiff| memmem::find(other.as_bytes(), heading.title.as_bytes()).is_none();
    let list: Vec<&str> = paragraphs(text).collect();
    let changed = changed_words(section, side, list.len());
    sentences
        .into_iter()
        .filter(is_gone)
        .filter_map(|heading| {
            let body = body(section, heading, side, list.len())?;
            if list[body.start].starts_with('•') {
                // A summary in front of the factors.
                return None;
            }
            let words: usize = list[body.clone()].iter().map(|paragraph| word_count(paragraph)).sum();
            (words >= SHORTEST_TEXT).then(|| Factor {
                title: &heading.title,
                paragraph: body.start - 1,
                words,
                is_new: 2 * changed[body.clone()].iter().sum::<usize>() > words,
                title_terms: terms(&[&heading.title]),
                terms: terms(&list[body]),
            })
        })
        .collect()
}

fn place(heading: &HeadingDiff, side: Side) -> Option<usize> {
    match side {
        Side::Newer => heading.newer_paragraph,
        Side::Older => heading.older_paragraph,
    }
}

/// Paragraphs below a heading, to the next one of its level or above; none below a heading of a group.
fn body(section: &SectionDiff, heading: &HeadingDiff, side: Side, end: usize) -> Option<Range<usize>> {
    let start = place(heading, side)? + 1;
    let later = section.headings.iter().filter_map(|other| Some((place(other, side)?, other.level)));
    let later = later.filter(|(at, _)| *at >= start);
    let is_group = later.clone().any(|(at, _)| at == start);
    let end = later.filter(|(_, level)| *level <= heading.level).map(|(at, _)| at).min().unwrap_or(end);
    (!is_group && start < end).then_some(start..end)
}

/// Words of each paragraph that the other filing has nowhere.
fn changed_words(section: &SectionDiff, side: Side, paragraphs: usize) -> Vec<usize> {
    let op = if side == Side::Newer { EditOp::Insert } else { EditOp::Delete };
    let mut words = vec![0; paragraphs];
    for change in section.changes.iter().filter(|change| change.elsewhere.is_none()) {
        let Some(passage) = change.side(side) else { continue };
        words[passage.paragraph] += match change.kind {
            ChangeKind::Added | ChangeKind::Removed => word_count(&passage.text),
            ChangeKind::Modified | ChangeKind::Moved => {
                let edits = change.edits.iter().filter(|(of, _)| *of == op);
                edits.map(|(_, text)| word_count(text)).sum()
            }
        };
    }
    words
}

/// Words that say something, by their length: their hashes, sorted.
fn terms(texts: &[&str]) -> Vec<u64> {
    let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut found: Vec<u64> = words.filter(|word| word.len() > 3).map(term).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The same in any case.
fn term(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
    hasher.finish()
}

/// Dice's coefficient: 0 nothing in common, 1 the same.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn likeness(a: &[u64], b: &[u64]) -> f64 {
    let total = a.len() + b.len();
    if total == 0 { 0.0 } else { 2.0 * shared(a, b) as f64 / total as f64 }
}

/// The heading as far as a line holds it; the whole one stands in the quotation.
fn shortened(title: &str) -> String {
    const SHOWN: usize = 14;
    let words: Vec<&str> = title.split_whitespace().collect();
    if words.len() <= SHOWN {
        title.trim_end_matches('.').to_owned()
    } else {
        format!("{} …", words[..SHOWN].join(" "))
    }
}
