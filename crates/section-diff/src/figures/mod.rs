//! Figures that took the place of others, and the yearly roll-forward: edits of figures, dates and units alone.
//!
//! A pair is shown as a reader writes it: with its unit, sign and date (`$1.6 billion` -> `$768 million`, `$(653)` -> `$(578)`,
//! `September 29, 2007` -> `September 27, 2008`), since `$1.6` -> `$768` or `29` -> `27` says nothing. Rather no pair than a wrong
//! one: both figures must be of a kind, and the words before them the same or nearly so.

mod context;
mod expression;

use filing_model::EditOp;

use self::{
    context::Context,
    expression::{Expression, Kind},
};
use crate::words::{Token, is_figure, is_figure_or_mark, is_month, tokens};

/// What an edit did to figures.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    /// Nothing else was edited.
    pub(crate) only: bool,
    /// Old and new, in reading order.
    pub(crate) pairs: Vec<[String; 2]>,
}

/// Reads the figures out of edits.
pub(crate) fn read(edits: &[(EditOp, String)]) -> Figures {
    let mut only = true;
    let mut places = Vec::new();
    let mut sure = true;
    let mut at = 0;
    while let Some((op, text)) = edits.get(at) {
        let run = Run::at(edits, at);
        match &run {
            _ if *op == EditOp::Equal => sure |= is_anchor(text),
            Run::Replaced(older, newer) => {
                let rolled = roll(older, newer);
                only &= rolled.is_some();
                match rolled {
                    Some(pairs) if sure => {
                        let recounted = edits.get(at + 2).is_some_and(|(op, _)| *op != EditOp::Equal);
                        places.extend(pairs.map(|(old, new)| Place { edit: at, old, new, recounted }));
                    }
                    Some(_) => {}
                    None => sure &= is_aside(older) && is_aside(newer),
                }
            }
            Run::Alone(text) => {
                only &= is_marks(text);
                sure &= is_aside(text);
            }
        }
        at += run.edits();
    }
    if places.is_empty() {
        return Figures::default();
    }
    let mut pairs = pairs(edits, &places);
    if !only {
        pairs.retain(|[old, new]| !goes_back(old, new));
    }
    Figures { only, pairs }
}

/// Years roll forward. Among edited words a year that goes back is one of another event.
fn goes_back(old: &str, new: &str) -> bool {
    let year = |text: &str| {
        text.get(text.len().saturating_sub(4)..).filter(|year| expression::is_year(year)).map(str::to_owned)
    };
    year(old).zip(year(new)).is_some_and(|(old, new)| new < old)
}

/// An edit, or two of which the second takes the place of the first.
enum Run<'a> {
    Alone(&'a str),
    Replaced(&'a str, &'a str),
}

impl<'a> Run<'a> {
    fn at(edits: &'a [(EditOp, String)], at: usize) -> Self {
        match &edits[at..] {
            [(EditOp::Delete, older), (EditOp::Insert, newer), ..] => Self::Replaced(older, newer),
            [(_, text), ..] => Self::Alone(text),
            [] => Self::Alone(""),
        }
    }

    fn edits(&self) -> usize {
        match self {
            Self::Alone(_) => 1,
            Self::Replaced(..) => 2,
        }
    }
}

/// Unchanged words say what the figure behind them is of; so does the place in a table.
fn is_anchor(text: &str) -> bool {
    text.contains(|character: char| character.is_alphanumeric() || character == '|')
}

/// Edited words before a figure, up to this many, leave it what it was: `fiscal`, `the years ended`.
const WORDS_ASIDE: usize = 3;

fn is_aside(text: &str) -> bool {
    text.split_whitespace().nth(WORDS_ASIDE).is_none() && !is_figure(text)
}

/// Two figures by their tokens: the edit that deletes the old one, the next inserts the new one.
struct Place {
    edit: usize,
    old: usize,
    new: usize,
    /// The words behind it are edited too: a bare number counts something else now.
    recounted: bool,
}

/// Pairs the figures of a replaced run when it holds nothing else and as many on both sides.
fn roll(old: &str, new: &str) -> Option<impl Iterator<Item = (usize, usize)> + use<>> {
    let before = figures(old)?;
    let after = figures(new)?;
    (before.len() == after.len()).then(|| before.into_iter().zip(after))
}

/// Places of the figures among the tokens; `None` when there are words beside them: those belong to no figure of the other text.
fn figures(text: &str) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for (at, token) in tokens(text).enumerate() {
        if !is_figure_or_mark(token.text) {
            return None;
        }
        if is_figure(token.text) || is_month(token.text) || is_nil(token.text) {
            places.push(at);
        }
    }
    Some(places)
}

/// The figures at these places as a reader writes them.
fn pairs(edits: &[(EditOp, String)], places: &[Place]) -> Vec<[String; 2]> {
    let (older, newer) = (Context::of(edits, EditOp::Insert), Context::of(edits, EditOp::Delete));
    let mut pairs = Vec::with_capacity(places.len());
    let mut last: Option<[usize; 2]> = None;
    for place in places {
        let old = older.expression(place.edit, place.old);
        let new = newer.expression(place.edit + 1, place.new);
        // Month, day and year of a date are one pair.
        let here = [old.start, new.start];
        let known = last.replace(here) == Some(here);
        let other = place.recounted && old.kind == Kind::Number;
        if !known && !other && may_pair(&old, &new) {
            pairs.push([old.text, new.text]);
        }
    }
    pairs
}

fn may_pair(old: &Expression, new: &Expression) -> bool {
    use Kind::{Amount, Nil, Number, Percent};
    let alike = match (old.kind, new.kind) {
        (Nil, Nil) => false,
        (Nil | Amount | Number, Nil | Amount | Number) | (Nil | Percent, Nil | Percent) => true,
        (Number, Percent) | (Percent, Number) => old.is_cell && new.is_cell,
        (old, new) => old == new,
    };
    alike && !old.text.eq_ignore_ascii_case(&new.text)
}

/// A dash in the place of a figure.
fn is_nil(token: &str) -> bool {
    matches!(token, "—" | "–" | "-")
}

/// Punctuation alone.
fn is_marks(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// The space before a token ends a line.
fn begins_line(token: &Token<'_>) -> bool {
    token.space.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits;

    fn shown(older: &str, newer: &str) -> String {
        let figures = read(&edits::between(older, newer).expect("short texts"));
        figures.pairs.iter().map(|[old, new]| format!("{old} -> {new}")).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn rolled_figures_are_told_from_edited_words() {
        let cases = [
            ("In fiscal 2023 sales were $1.2 billion.", "In fiscal 2024 sales were $1.4 billion.", true),
            ("As of June 30, 2023, we had 10 plants.", "As of July 2, 2024, we had 12 plants.", true),
            ("Sales rose 5% in 2023.", "Sales fell 5% in 2024.", false),
            ("We own 10 plants.", "We own ten plants.", false),
        ];
        for (older, newer, only) in cases {
            assert_eq!(read(&edits::between(older, newer).expect("short texts")).only, only, "{newer}");
        }
    }

    #[test]
    fn a_figure_is_shown_with_its_unit_and_a_date_whole() {
        let cases = [
            (
                "We had $1.6 billion in 2023.",
                "We had $768 million in 2024.",
                "$1.6 billion -> $768 million; 2023 -> 2024",
            ),
            (
                "As of June 30, 2023, it was 5%.",
                "As of July 2, 2024, it was 12%.",
                "June 30, 2023 -> July 2, 2024; 5% -> 12%",
            ),
            (
                "a margin of 30 basis points",
                "a margin of 120 basis points",
                "30 basis points -> 120 basis points",
            ),
            (
                "as Note 8 tells on page 40",
                "as Note 9 tells on page 56",
                "Note 8 -> Note 9; page 40 -> page 56",
            ),
            (
                "Net loss | $ (653) | (7)%\nTax | 12 | —",
                "Net loss | $ 15 | 34%\nTax | — | 12",
                "$ (653) -> $ 15; (7)% -> 34%; 12 -> —; — -> 12",
            ),
        ];
        for (older, newer, pairs) in cases {
            assert_eq!(shown(older, newer), pairs);
        }
    }

    #[test]
    fn figures_of_other_things_are_no_pair() {
        let cases = [
            ("We were sued in 2019 by Orlov.", "We were sued in 12 states by Orlov."),
            (
                "A lease ends in 2030, and it was signed at the plant in 2021.",
                "It was signed by the board of Norr in 2019.",
            ),
            ("We sell in 180 markets today.", "We sell in 60 originating countries today."),
            ("the iPump 4S line – as sold", "the iPump 4s line — as sold"),
        ];
        for (older, newer) in cases {
            assert_eq!(shown(older, newer), "", "{newer}");
        }
    }
}
