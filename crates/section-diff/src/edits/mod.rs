//! Word edits inside a pair of passages, cleaned so that a reader sees words and phrases.

mod table;

use filing_model::EditOp;
use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::words::{Token, has_cells, is_figure, is_month, is_stop_word, tokens};

/// Steps from the older text to the newer: equal and delete give the older, equal and insert the newer, word for word.
pub(crate) type Edits = Vec<(EditOp, String)>;

/// Texts that differ in more words than this are not compared word by word: it would take minutes and show nothing.
const LONGEST: usize = 40_000;

/// The edits between two texts; `None` when they are too long to be compared by words.
pub(crate) fn between(older: &str, newer: &str) -> Option<Edits> {
    let (left, right): (Vec<_>, Vec<_>) = (tokens(older).collect(), tokens(newer).collect());
    let is_table = |text: &str| text.contains('\n') && has_cells(text);
    let steps = if is_table(older) && is_table(newer) {
        table::steps(&left, &right)
    } else {
        let (before, behind) = same_ends(&left, &right);
        if left.len() + right.len() - 2 * (before + behind) > LONGEST {
            return None;
        }
        changed_middle(&left, &right, before, behind)
    };
    Some(write(&left, &right, &absorb_connectors(&merge(steps), &left)))
}

/// How many tokens are the same at the start, and behind those at the end.
fn same_ends(left: &[Token<'_>], right: &[Token<'_>]) -> (usize, usize) {
    let same = |(a, b): &(&Token<'_>, &Token<'_>)| a.text == b.text;
    let before = left.iter().zip(right).take_while(same).count();
    let behind = left[before..].iter().rev().zip(right[before..].iter().rev()).take_while(same).count();
    (before, behind)
}

/// The steps between two runs of tokens of which the ends are the same.
fn changed_middle(left: &[Token<'_>], right: &[Token<'_>], before: usize, behind: usize) -> Vec<Step> {
    let (older, newer) = (before..left.len() - behind, before..right.len() - behind);
    let start = Step { equal: true, older: 0..before, newer: 0..before };
    let end = Step { equal: true, older: older.end..left.len(), newer: newer.end..right.len() };
    let mut steps = vec![start];
    steps.extend(patience(left, older, right, newer));
    steps.push(end);
    steps.retain(|step| !step.older.is_empty() || !step.newer.is_empty());
    steps
}

/// The steps between two runs of tokens, by `similar`.
fn patience(
    left: &[Token<'_>],
    older: std::ops::Range<usize>,
    right: &[Token<'_>],
    newer: std::ops::Range<usize>,
) -> Vec<Step> {
    let (left, right) = keys(&left[older.clone()], &right[newer.clone()]);
    let shift = |range: std::ops::Range<usize>, by: usize| range.start + by..range.end + by;
    capture_diff_slices(Algorithm::Patience, &left, &right)
        .into_iter()
        .map(|step| Step {
            equal: step.tag() == DiffTag::Equal,
            older: shift(step.old_range(), older.start),
            newer: shift(step.new_range(), newer.start),
        })
        .collect()
}

/// A run of tokens on both sides.
#[derive(Debug, Clone)]
struct Step {
    equal: bool,
    older: std::ops::Range<usize>,
    newer: std::ops::Range<usize>,
}

/// Numbers that stand for words, which compare faster. Figures of a kind are one word here, so that each figure is held
/// against the one in its place and not against one that happens to be equal: last year's figure stands in both texts.
fn keys<'a>(left: &[Token<'a>], right: &[Token<'a>]) -> (Vec<u32>, Vec<u32>) {
    let mut known: FxHashMap<&'a str, u32> = FxHashMap::default();
    let mut number = |list: &[Token<'a>]| {
        let kinds = list.iter().enumerate().map(|(at, token)| kind_of_figure(list, at).unwrap_or(token.text));
        kinds
            .map(|kind| {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                *known.entry(kind).or_insert(next)
            })
            .collect()
    };
    (number(left), number(right))
}

/// The kind of a figure, as a word that no text has.
fn kind_of_figure(tokens: &[Token<'_>], at: usize) -> Option<&'static str> {
    let token = tokens[at].text;
    let dated = || tokens.get(at + 1).is_some_and(|next| is_figure(next.text));
    if is_month(token) && dated() {
        return Some("\u{1}month");
    }
    if !is_figure(token) {
        return None;
    }
    let year = token.len() == 4
        && (token.starts_with("19") || token.starts_with("20"))
        && token.bytes().all(|b| b.is_ascii_digit());
    let letters = token.chars().any(char::is_alphabetic);
    Some(match token {
        _ if year => "\u{1}year",
        _ if letters => return None,
        _ if token.starts_with(['$', '€', '£']) => "\u{1}money",
        _ if token.ends_with('%') => "\u{1}percent",
        _ => "\u{1}number",
    })
}

/// Neighbouring changes become one.
fn merge(steps: Vec<Step>) -> Vec<Step> {
    let mut merged: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match merged.last_mut() {
            Some(last) if last.equal == step.equal => {
                last.older.end = step.older.end;
                last.newer.end = step.newer.end;
            }
            _ => merged.push(step),
        }
    }
    merged
}

/// An unchanged "to" or comma between two edits joins them: a phrase was replaced, not two words.
fn absorb_connectors(steps: &[Step], older: &[Token<'_>]) -> Vec<Step> {
    let mut joined: Vec<Step> = Vec::with_capacity(steps.len());
    let last = steps.len().saturating_sub(1);
    for (index, mut step) in steps.iter().cloned().enumerate() {
        if step.equal && index > 0 && index < last {
            let around = replaced(&steps[index - 1]).min(replaced(&steps[index + 1]));
            if is_connector(&older[step.older.clone()]) && around > 0 {
                step.equal = false;
            }
        }
        joined.push(step);
    }
    merge(joined)
}

/// How many words were replaced by others: of both sides, the fewer.
fn replaced(step: &Step) -> usize {
    step.older.len().min(step.newer.len())
}

fn is_connector(tokens: &[Token<'_>]) -> bool {
    let words = tokens.iter().filter(|token| token.text.chars().any(char::is_alphanumeric)).count();
    words <= 1
        && tokens.len() <= 2
        && tokens.iter().all(|token| {
            token.text != "|"
                && !token.space.contains('\n')
                && !is_figure(token.text)
                && (is_stop_word(&token.text.to_lowercase()) || token.text == ",")
        })
}

fn write(older: &[Token<'_>], newer: &[Token<'_>], steps: &[Step]) -> Edits {
    let mut edits = Writer::default();
    for step in steps {
        if step.equal {
            for (a, b) in older[step.older.clone()].iter().zip(&newer[step.newer.clone()]) {
                if a.space == b.space {
                    edits.push(EditOp::Equal, a.space);
                } else {
                    edits.push(EditOp::Delete, a.space);
                    edits.push(EditOp::Insert, b.space);
                }
                if a.text == b.text {
                    edits.push(EditOp::Equal, a.text);
                } else {
                    edits.push(EditOp::Delete, a.text);
                    edits.push(EditOp::Insert, b.text);
                }
            }
        } else {
            for token in &older[step.older.clone()] {
                edits.push(EditOp::Delete, token.space);
                edits.push(EditOp::Delete, token.text);
            }
            for token in &newer[step.newer.clone()] {
                edits.push(EditOp::Insert, token.space);
                edits.push(EditOp::Insert, token.text);
            }
        }
    }
    edits.list
}

#[derive(Default)]
struct Writer {
    list: Edits,
}

impl Writer {
    fn push(&mut self, op: EditOp, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.list.last_mut() {
            Some((last, run)) if *last == op => run.push_str(text),
            _ => self.list.push((op, text.to_owned())),
        }
    }
}

/// Words inserted and deleted.
pub(crate) fn changed_words(edits: &[(EditOp, String)]) -> (usize, usize) {
    let count = |due: EditOp| {
        edits.iter().filter(|(op, _)| *op == due).map(|(_, text)| filing_model::word_count(text)).sum()
    };
    (count(EditOp::Insert), count(EditOp::Delete))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(older: &str, newer: &str) -> String {
        between(older, newer)
            .expect("short texts")
            .into_iter()
            .map(|(op, text)| match op {
                EditOp::Equal => text,
                EditOp::Insert => format!("{{+{text}+}}"),
                EditOp::Delete => format!("[-{text}-]"),
            })
            .collect()
    }

    #[test]
    fn phrases_are_replaced_whole() {
        insta::assert_snapshot!(
            shown("We may lose demand for two to three quarters.", "We lost demand for four to six quarters."),
            @"We[- may lose-]{+ lost+} demand for[- two to three-]{+ four to six+} quarters."
        );
    }

    #[test]
    fn a_figure_is_held_against_the_one_in_its_place() {
        insta::assert_snapshot!(
            shown("It was $9.6 million in 2024 and $10.2 million in 2023.", "It was $9.1 million in 2025 and $9.6 million in 2024."),
            @"It was [-$9.6-]{+$9.1+} million in [-2024-]{+2025+} and [-$10.2-]{+$9.6+} million in [-2023-]{+2024+}."
        );
    }

    #[test]
    fn what_would_take_minutes_is_left_alone() {
        let (older, newer) = ("a b ".repeat(20_000), "c a d ".repeat(20_000));
        assert_eq!(between(&older, &newer), None);
        assert!(between(&older, &format!("{older}more")).is_some());
    }

    #[test]
    fn an_insertion_at_the_start_keeps_both_texts() {
        let (older, newer) = ("The board met.", "In May, the board met.");
        let edits = between(older, newer).expect("short texts");
        let side = |skip| {
            edits.iter().filter(|(op, _)| *op != skip).map(|(_, text)| text.as_str()).collect::<String>()
        };
        assert_eq!((side(EditOp::Insert).as_str(), side(EditOp::Delete).as_str()), (older, newer));
    }
}
