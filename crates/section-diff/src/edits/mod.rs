//! Word edits inside a pair of passages, cleaned so that a reader sees words and phrases.

use filing_model::EditOp;
use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::words::{Token, is_figure, is_month, is_stop_word, tokens};

/// Steps from the older text to the newer: equal and delete give the older, equal and insert the newer, word for word.
pub(crate) type Edits = Vec<(EditOp, String)>;

/// The edits between two texts.
pub(crate) fn between(older: &str, newer: &str) -> Edits {
    let (left, right) = (tokens(older), tokens(newer));
    let (left_keys, right_keys) = keys(&left, &right);
    let mut steps: Vec<Step> = Vec::new();
    for step in capture_diff_slices(Algorithm::Patience, &left_keys, &right_keys) {
        let equal = step.tag() == DiffTag::Equal;
        steps.push(Step { equal, older: step.old_range(), newer: step.new_range() });
    }
    write(&left, &right, &absorb_connectors(&merge(steps), &left))
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
    let mut number = |token: &Token<'a>| {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        *known.entry(kind_of_figure(token.text).unwrap_or(token.text)).or_insert(next)
    };
    (left.iter().map(&mut number).collect(), right.iter().map(&mut number).collect())
}

/// The kind of a figure, as a word that no text has.
fn kind_of_figure(token: &str) -> Option<&'static str> {
    if is_month(token) {
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
    fn an_insertion_at_the_start_keeps_both_texts() {
        let (older, newer) = ("The board met.", "In May, the board met.");
        let edits = between(older, newer);
        let side = |skip| {
            edits.iter().filter(|(op, _)| *op != skip).map(|(_, text)| text.as_str()).collect::<String>()
        };
        assert_eq!((side(EditOp::Insert).as_str(), side(EditOp::Delete).as_str()), (older, newer));
    }
}
