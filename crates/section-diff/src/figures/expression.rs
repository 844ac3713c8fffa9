//! A figure as a reader writes it: with currency, sign, unit, or as part of a date.

use std::ops::Range;

use crate::words::{Token, is_figure, is_month};

/// What a figure is of; others are not held against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A day, or a month of a year.
    Date,
    Year,
    /// Of money, or with a unit.
    Amount,
    Percent,
    /// A page, note or Item.
    Reference,
    /// A dash.
    Nil,
    Number,
}

/// A figure with what belongs to it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Expression {
    /// Its first token.
    pub(super) start: usize,
    pub(super) kind: Kind,
    /// Its cell of a table, or its line, holds nothing else.
    pub(super) is_cell: bool,
    pub(super) text: String,
}

/// Units that stand behind an amount.
const UNITS: [&str; 6] = ["million", "millions", "billion", "billions", "thousand", "thousands"];

/// Units in shares of a hundred: of one word, or the first of two.
const SHARES: [&str; 5] = ["percent", "percentage", "basis", "basis-point", "percentage-point"];

/// Words before the number of a place in the filing.
const PLACES: [&str; 10] =
    ["page", "pages", "note", "notes", "item", "items", "section", "exhibit", "topic", "table"];

/// The figure around a token, within a line or a cell.
pub(super) fn around(tokens: &[Token<'_>], within: Range<usize>, at: usize) -> Expression {
    let (range, kind) = date(tokens, &within, at).unwrap_or_else(|| number(tokens, &within, at));
    Expression { start: range.start, kind, is_cell: range == within, text: text(&tokens[range]) }
}

/// `June 30, 2024`, `June 30`, `June 2024`
fn date(tokens: &[Token<'_>], within: &Range<usize>, at: usize) -> Option<(Range<usize>, Kind)> {
    let starts = (within.start.max(at.saturating_sub(3))..=at).rev();
    let month = starts.into_iter().find(|&start| is_month(tokens[start].text))?;
    let token = |at: usize| tokens[..within.end].get(at).map_or("", |token| token.text);
    let mut end = month + 1;
    if is_day(token(end)) {
        end += 1;
    }
    let comma = usize::from(token(end) == ",");
    if is_year(token(end + comma)) {
        end += comma + 1;
    }
    (at < end).then_some((month..end, Kind::Date))
}

/// `$1.2 billion`, `$(653)`, `(7)%`, `12 percent`, `Note 8`
fn number(tokens: &[Token<'_>], within: &Range<usize>, at: usize) -> (Range<usize>, Kind) {
    let figure = tokens[at].text;
    if !is_figure(figure) {
        return (at..at + 1, Kind::Nil);
    }
    if is_year(figure) {
        return (at..at + 1, Kind::Year);
    }
    let mut range = at..at + 1;
    let before =
        |start: usize| start.checked_sub(1).filter(|at| within.contains(at)).map(|at| tokens[at].text);
    let after = |end: usize| within.contains(&end).then(|| &tokens[end]);
    let close = |at: usize| tokens[at].space.is_empty();
    if before(range.start) == Some("(")
        && close(range.start)
        && after(range.end).is_some_and(|t| t.text == ")")
    {
        range = range.start - 1..range.end + 1;
    } else if before(range.start).is_some_and(|sign| matches!(sign, "-" | "−")) && close(range.start) {
        range.start -= 1;
    }
    let mut kind = Kind::Number;
    if figure.starts_with(CURRENCIES) {
        kind = Kind::Amount;
    } else if before(range.start).is_some_and(|mark| mark.len() <= 3 && mark.starts_with(CURRENCIES)) {
        kind = Kind::Amount;
        range.start -= 1;
    }
    if let Some((end, unit)) = unit(tokens, range.end..within.end) {
        range.end = end;
        kind = if kind == Kind::Amount { kind } else { unit };
    } else if figure.ends_with('%') {
        kind = Kind::Percent;
    } else if kind == Kind::Number
        && before(range.start).is_some_and(|word| PLACES.iter().any(|place| place.eq_ignore_ascii_case(word)))
    {
        kind = Kind::Reference;
        range.start -= 1;
    }
    (range, kind)
}

const CURRENCIES: [char; 3] = ['$', '€', '£'];

/// Where the unit behind a figure ends, and what it makes of the figure.
fn unit(tokens: &[Token<'_>], behind: Range<usize>) -> Option<(usize, Kind)> {
    let rest = &tokens[behind.clone()];
    let word = rest.first()?.text;
    let is = |list: &[&str]| list.iter().any(|unit| unit.eq_ignore_ascii_case(word));
    if word == "%" {
        return Some((behind.start + 1, Kind::Percent));
    }
    if is(&UNITS) {
        return Some((behind.start + 1, Kind::Amount));
    }
    let points = rest.get(1).is_some_and(|next| next.text.starts_with("point"));
    is(&SHARES).then(|| (behind.start + 1 + usize::from(points), Kind::Percent))
}

fn is_day(token: &str) -> bool {
    token.len() <= 2 && token.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

/// Four digits of this century or the last.
pub(super) fn is_year(token: &str) -> bool {
    token.len() == 4
        && (token.starts_with("19") || token.starts_with("20"))
        && token.bytes().all(|byte| byte.is_ascii_digit())
}

/// The tokens as they stand, with single spaces.
fn text(tokens: &[Token<'_>]) -> String {
    let mut text = String::with_capacity(24);
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 && !token.space.is_empty() {
            text.push(' ');
        }
        text.push_str(token.text);
    }
    text
}
