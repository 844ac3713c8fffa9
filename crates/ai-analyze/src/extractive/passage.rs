use std::ops::Range;

use filing_model::{Change, ChangeKind, EditOp, Quote, Side};

use super::telling;
use crate::{
    FEWEST_WORDS,
    text::{BULLETS, normalise, plain_words, sentences},
};

/// The longest quotation, in words: more is not read.
const MOST_WORDS: usize = 60;

/// Words before an edit that are kept where no clause begins near it.
const LEADING_WORDS: usize = 8;

/// The sentence of a change that holds most of its edits: of the newer side, unless words only went.
pub(super) fn quote_of_change(change: &Change) -> Option<Quote> {
    let words_in = |side: Side| {
        let text = change.side(side).map_or("", |passage| passage.text.as_str());
        edited(change, side).into_iter().map(|range| plain_words(&text[range])).sum::<usize>()
    };
    let side = match (&change.older, &change.newer) {
        (_, None) => Side::Older,
        (Some(_), Some(_)) if words_in(Side::Newer) == 0 && words_in(Side::Older) > 0 => Side::Older,
        _ => Side::Newer,
    };
    let text = telling_part(&change.side(side)?.text, &edited(change, side))?;
    Some(Quote { side, text, change_id: Some(change.id.clone()), verified: false })
}

/// The sentence of a text that holds these words, whole or cut around them.
pub(super) fn part_with(text: &str, words: &str) -> Option<String> {
    let words = normalise(words);
    let holds = |range: &Range<usize>| normalise(&text[range.clone()]).contains(&words);
    let around = sentences(text).into_iter().find(holds);
    telling_part(text, around.as_slice())
}

/// A sentence or clause of a text that can be quoted, the one with most of the edits; `None` when there are no words.
fn telling_part(text: &str, edited: &[Range<usize>]) -> Option<String> {
    let sentences = sentences(text);
    let edits_in = |sentence: &Range<usize>| {
        edited.iter().map(|edit| plain_words(&text[overlap(sentence, edit)])).sum::<usize>()
    };
    // The first of those with the most edits.
    let most = sentences.iter().map(edits_in).max().unwrap_or(0);
    let at = if most > 0 {
        sentences.iter().position(|sentence| edits_in(sentence) == most)?
    } else {
        let points = |sentence: &Range<usize>| telling::points(&text[sentence.clone()], None);
        let first = (0, sentences.first().map_or(0.0, points));
        let rest = sentences.iter().map(points).enumerate();
        rest.fold(first, |best, next| if next.1 > best.1 { next } else { best }).0
    };
    cut_out(text, &long_enough(text, &sentences, at)?, edited)
}

/// A sentence of a text as it can be quoted, with its neighbours when it is too short, cut when it is too long.
pub(super) fn quotable(text: &str, sentence: &Range<usize>, edited: &[Range<usize>]) -> Option<String> {
    let sentences = sentences(text);
    let at = sentences.iter().position(|range| range == sentence)?;
    cut_out(text, &long_enough(text, &sentences, at)?, edited)
}

fn cut_out(text: &str, sentence: &Range<usize>, edited: &[Range<usize>]) -> Option<String> {
    let range = shortened(text, sentence, edited);
    let words = text[range].trim_start_matches(BULLETS).trim();
    (plain_words(words) > 0).then(|| words.to_owned())
}

/// The sentence, with its neighbours when it is too short to be quoted.
fn long_enough(text: &str, sentences: &[Range<usize>], at: usize) -> Option<Range<usize>> {
    let mut first = at;
    let mut last = at;
    loop {
        let range = sentences.get(first)?.start..sentences.get(last)?.end;
        let is_all = first == 0 && last + 1 == sentences.len();
        if is_all || plain_words(&text[range.clone()]) >= FEWEST_WORDS {
            return Some(range);
        }
        if last + 1 < sentences.len() { last += 1 } else { first -= 1 }
    }
}

/// At most [`MOST_WORDS`], from a clause's beginning to a clause's end where there is one, with the first edit inside.
fn shortened(text: &str, sentence: &Range<usize>, edited: &[Range<usize>]) -> Range<usize> {
    let tokens = tokens(text, sentence);
    if tokens.len() <= MOST_WORDS {
        return sentence.clone();
    }
    let is_edited = |token: &Range<usize>| edited.iter().any(|edit| !overlap(token, edit).is_empty());
    let edit = tokens.iter().position(is_edited).unwrap_or(0);
    let ends_clause = |token: &Range<usize>| text[token.clone()].ends_with([',', ';', ':', '\u{2014}']);
    let earliest = (edit + 10).saturating_sub(MOST_WORDS / 2);
    let first = (earliest..=edit)
        .find(|&at| at == 0 || ends_clause(&tokens[at - 1]))
        .unwrap_or_else(|| edit.saturating_sub(LEADING_WORDS));
    let limit = (first + MOST_WORDS).min(tokens.len());
    let shortest = (first + MOST_WORDS / 3).max(edit + 1).min(limit);
    let last = if limit == tokens.len() { limit } else { clause_end(&tokens, shortest..limit, ends_clause) };
    let range = tokens[first].start..tokens[last - 1].end;
    let kept = text[range.clone()].trim_end_matches([',', ';', ':', '\u{2014}', ' ']);
    range.start..range.start + kept.len()
}

/// How many tokens up to the last end of a clause in the range; all of them when there is none.
fn clause_end(
    tokens: &[Range<usize>],
    range: Range<usize>,
    ends_clause: impl Fn(&Range<usize>) -> bool,
) -> usize {
    let all = range.end;
    range.rev().find(|&at| ends_clause(&tokens[at])).map_or(all, |at| at + 1)
}

/// White-space tokens, as ranges of the whole text.
fn tokens(text: &str, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let piece = &text[sentence.clone()];
    let start_of = |token: &str| sentence.start + (token.as_ptr() as usize - piece.as_ptr() as usize);
    piece.split_whitespace().map(|token| start_of(token)..start_of(token) + token.len()).collect()
}

pub(super) fn overlap(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    let start = one.start.max(other.start);
    start..one.end.min(other.end).max(start)
}

/// Where a side's passage was edited, in bytes; nothing for whole passages, or when the edits do not give the passage.
pub(super) fn edited(change: &Change, side: Side) -> Vec<Range<usize>> {
    if matches!(change.kind, ChangeKind::Added | ChangeKind::Removed) {
        return Vec::new();
    }
    let own = if side == Side::Newer { EditOp::Insert } else { EditOp::Delete };
    let mut ranges = Vec::new();
    let mut at = 0;
    let mut text = String::new();
    for (op, piece) in change.edits.iter().filter(|(op, _)| *op == own || *op == EditOp::Equal) {
        if *op == own {
            ranges.push(at..at + piece.len());
        }
        at += piece.len();
        text.push_str(piece);
    }
    let gives_passage = change.side(side).is_some_and(|passage| passage.text == text);
    if gives_passage { ranges } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use crate::invented::{added, modified, removed};

    #[test]
    fn the_sentence_with_most_edits_is_quoted() {
        let change = modified(
            "7-1",
            0,
            "We sell pumps to mines. Our lenders may [-now-]{+then+} call. Margin [-rose-]{+fell by a wide distance+} in the year.",
        );
        let quote = quote_of_change(&change).unwrap();
        assert_eq!(
            (quote.side, quote.text.as_str()),
            (Side::Newer, "Margin fell by a wide distance in the year.")
        );
    }

    #[test]
    fn words_that_only_went_are_quoted_from_the_older_filing() {
        let change = modified("7-1", 0, "Our pumps are [-safe and -]well made in all regards.");
        assert_eq!(quote_of_change(&change).unwrap().side, Side::Older);
        assert_eq!(quote_of_change(&removed("7-2", 0, "We had a plant in Ohio.")).unwrap().side, Side::Older);
    }

    #[test]
    fn a_caption_is_passed_over_and_a_short_sentence_joined_to_the_next() {
        let quoted = |text: &str| quote_of_change(&added("1-1", 0, text)).unwrap().text;
        assert_eq!(
            quoted("Tariffs.\n\nNew tariffs raise the cost of every pump we make."),
            "New tariffs raise the cost of every pump we make."
        );
        assert_eq!(
            quoted("We have none. We do not plan any. So be it."),
            "We have none. We do not plan any."
        );
        assert_eq!(quoted("None."), "None.");
    }

    #[test]
    fn a_long_sentence_is_cut_at_its_clauses_around_the_edit() {
        let clause =
            |name: &str| format!("the {name} clause goes on for exactly eleven words of no interest,");
        let names = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
        let text =
            names.map(clause).join(" ").replace("fifth clause goes", "fifth clause [-went-]{+now goes+}");
        let quote = quote_of_change(&modified("1-1", 0, &text)).unwrap();
        assert!(
            quote.text.contains("fifth clause now goes") && quote.text.starts_with("the "),
            "{}",
            quote.text
        );
        assert!(
            quote.text.ends_with("no interest") && plain_words(&quote.text) <= MOST_WORDS,
            "{}",
            quote.text
        );
    }
}
