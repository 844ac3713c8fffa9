//! Amounts that moved: what they count, old and new, and by how much.

use filing_model::{Change, Side};

use super::gist::single_marks;
use crate::text::{BULLETS, Figure, figures, normalise};

/// A change in percent that is worth a statement.
const LEAST_PERCENT: f64 = 15.0;

/// A larger one is a change of scale or of what is counted.
const MOST_PERCENT: f64 = 900.0;

/// Percentages differ by at least so many points.
const LEAST_POINTS: f64 = 4.0;

/// Words of what an amount counts.
const LABEL_WORDS: usize = 9;

/// An amount in both filings.
pub(super) struct Moved {
    /// `“backlog” rose 17%, from $8.0 million to $9.4 million`.
    pub(super) wording: String,
    /// The same without the percentage.
    pub(super) plain: String,
    /// The words before the amount and the amount, as the newer filing has them.
    pub(super) words: [String; 2],
    /// How far it moved, 0 to 1.
    pub(super) size: f64,
}

/// The amount of a change that moved farthest and is named by the same words in both filings.
pub(super) fn moved(change: &Change) -> Option<Moved> {
    if change.figures.is_empty() {
        return None;
    }
    let [older, newer] =
        [Side::Older, Side::Newer].map(|side| change.side(side).map(|it| normalise(&it.text)));
    let (older, newer) = (older?, newer?);
    if older.contains('|') || newer.contains('|') {
        return None;
    }
    let all = [figures(&older), figures(&newer)];
    let pairs = change.figures.iter().filter_map(|pair| {
        let old = all[0].iter().find(|it| is_written(&older, it, &pair[0]))?;
        let new = all[1].iter().find(|it| is_written(&newer, it, &pair[1]))?;
        // Columns that moved on by a year: the new amount is one of the year before, in another place.
        let has_rolled = all[0].iter().any(|it| it.number == new.number);
        if has_rolled { None } else { told([&older, &newer], [old, new]) }
    });
    pairs.reduce(|best, next| if next.size > best.size { next } else { best })
}

fn is_written(text: &str, figure: &Figure, written: &str) -> bool {
    let digits = |text: &str| text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>();
    let is_number = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    is_number(written) && digits(&text[figure.at.clone()]) == digits(written).trim_end_matches('.')
}

fn told([older, newer]: [&String; 2], [old, new]: [&Figure; 2]) -> Option<Moved> {
    let is_amount = |figure: &Figure| {
        !figure.negative && (figure.number.currency.is_some() || figure.number.unit == Some("%"))
    };

    if !is_amount(old) || !is_amount(new) || !old.number.is_of_a_kind_with(&new.number) {
        return None;
    }
    let (before, after) = (old.number.value()?, new.number.value()?);
    let is_share = matches!(new.number.unit, Some("%"));
    if new.number.unit.is_some_and(|unit| unit.contains("points")) || before <= 0.0 || after <= 0.0 {
        return None;
    }
    let percent = (after / before - 1.0) * 100.0;
    let is_far =
        if is_share { (after - before).abs() >= LEAST_POINTS } else { percent.abs() >= LEAST_PERCENT };
    let label = label(newer, new)?;
    if !is_far || percent > MOST_PERCENT || !older.contains(&label) {
        return None;
    }
    let [from, to] = [written(older, old), written(newer, new)];
    let verb = if after > before { "rose" } else { "fell" };
    let shown = single_marks(&label);
    let plain = format!("“{shown}” {verb} from {from} to {to}");
    let by_percent = format!("“{shown}” {verb} {:.0}%, from {from} to {to}", percent.abs());
    Some(Moved {
        wording: if is_share { plain.clone() } else { by_percent },
        plain,
        words: [label, to],
        size: (after / before).ln().abs().min(1.0),
    })
}

/// The figure with its currency and unit.
fn written(text: &str, figure: &Figure) -> String {
    let currency = figure.number.currency.filter(|sign| text[..figure.at.start].ends_with(*sign));
    let end = if figure.number.unit.is_some() { figure.end } else { figure.at.end };
    let words = &text[figure.at.start..end];
    let shared = figure.number.shared_unit.filter(|_| figure.number.unit.is_none());
    let shared =
        shared.map_or(String::new(), |unit| if unit == "%" { unit.to_owned() } else { format!(" {unit}") });
    format!("{}{words}{shared}", currency.map_or(String::new(), String::from))
}

/// The noun phrase before a figure, without the verb between them.
fn label(text: &str, figure: &Figure) -> Option<String> {
    let before = text[..figure.at.start].trim_end_matches(['$', '€', '£', '¥', ' ']);
    let start = [". ", "; ", ": ", ", ", "\n", "(", " - "]
        .iter()
        .filter_map(|border| before.rfind(border).map(|place| place + border.len()))
        .max()
        .unwrap_or(0);
    let clause = &before[start..];
    let is_supposed = ["would", "could", "hypothetical", "between", "range", "ranging", "if"];
    let words: Vec<&str> = clause.trim_start_matches(BULLETS).split_whitespace().collect();
    if words.iter().any(|word| is_supposed.contains(word)) {
        return None;
    }
    // `We had other obligations of`: what is had counts.
    let owned = words.iter().rposition(|word| matches!(*word, "had" | "have" | "has")).map_or(0, |at| at + 1);
    let words = if owned < words.len() { &words[owned..] } else { &words[..] };
    // `At year end our backlog was`.
    let is_time =
        words.first().is_some_and(|word| matches!(*word, "At" | "As" | "During" | "For" | "In" | "By"));
    let lead = words.iter().take(6).position(|word| matches!(*word, "our" | "the")).filter(|_| is_time);
    let words = &words[lead.map_or(0, |at| at + 1)..];
    let last = words.iter().rposition(|word| !is_link(word))?;
    let first = (last + 1).saturating_sub(LABEL_WORDS);
    let first = (first..=last).find(|at| !is_lead(words[*at]))?;
    // The last of a list does not name the sum.
    if first > 0 && matches!(words[first - 1], "and" | "or") {
        return None;
    }
    let words = &words[first..=last];
    let is_named =
        words.iter().any(|word| word.len() >= 4 && word.chars().all(|c| c.is_alphabetic() || c == '-'));
    let speaks_of_change = words.iter().any(|word| is_of_change(&word.to_lowercase()));
    let has_figures = words.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
    (is_named && !speaks_of_change && !has_figures && words.len() >= 2).then(|| words.join(" "))
}

/// Between a name and its amount.
fn is_link(word: &str) -> bool {
    matches!(
        word.trim_matches(','),
        "of" | "was"
            | "were"
            | "is"
            | "are"
            | "to"
            | "by"
            | "approximately"
            | "about"
            | "totaled"
            | "totaling"
            | "a"
            | "an"
            | "the"
            | "from"
            | "and"
            | "at"
            | "for"
            | "in"
            | "represented"
            | "amounted"
            | "had"
            | "have"
            | "has"
            | "nearly"
            | "over"
            | "than"
            | "more"
            | "least"
            | "up"
            | "or"
            | "accounted"
            | "comprised"
            | "our"
            | "with"
            | "be"
    )
}

fn is_lead(word: &str) -> bool {
    matches!(
        word,
        "we" | "We"
            | "had"
            | "have"
            | "has"
            | "the"
            | "The"
            | "our"
            | "Our"
            | "and"
            | "with"
            | "in"
            | "In"
            | "of"
            | "which"
            | "that"
            | "while"
            | "recorded"
            | "a"
            | "an"
            | "was"
            | "were"
            | "to"
            | "for"
            | "by"
            | "from"
            | "included"
            | "including"
            | "is"
            | "are"
            | "its"
            | "these"
            | "this"
            | "at"
            | "on"
            | "or"
            | "as"
    )
}

fn is_of_change(word: &str) -> bool {
    [
        "increas", "decreas", "grew", "grow", "declin", "rose", "fell", "higher", "lower", "loss", "down",
        "reduc", "offset",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}
