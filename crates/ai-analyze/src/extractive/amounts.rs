//! Amounts that moved: what they count, old and new, and by how much.

use filing_model::{Change, Side};

use super::{
    amount_names::{is_difference, label},
    gist::single_marks,
};
use crate::text::{Figure, figures, normalise, sentences};

/// A change in percent that is worth a statement.
const LEAST_PERCENT: f64 = 15.0;

/// A larger one is a change of scale or of what is counted.
const MOST_PERCENT: f64 = 900.0;

/// Percentages differ by at least so many points.
const LEAST_POINTS: f64 = 4.0;

/// An amount in both filings.
pub(super) struct Moved {
    /// `“backlog” rose 17%, from $8.0 million to $9.4 million`.
    pub(super) wording: String,
    /// The same without the percentage.
    pub(super) plain: String,
    /// The words before the amount in both filings.
    pub(super) name: String,
    /// The older amount and the newer one, as written.
    pub(super) amounts: [String; 2],
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
        if all[0].iter().any(|it| it.number == new.number)
            || names_another_year_before(&newer, &all[1], [old, new])
        {
            return None;
        }
        let name = name_in_both([&older, &newer], &all, [old, new])?;
        told([&older, &newer], [old, new], name)
    });
    pairs.reduce(|best, next| if next.size > best.size { next } else { best })
}

fn is_written(text: &str, figure: &Figure, written: &str) -> bool {
    let digits = |text: &str| text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>();
    let is_number = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    is_number(written) && digits(&text[figure.at.clone()]) == digits(written).trim_end_matches('.')
}

/// The same words before both amounts, and before no other one of either passage.
fn name_in_both(texts: [&String; 2], all: &[Vec<Figure>; 2], pair: [&Figure; 2]) -> Option<String> {
    let name = label(texts[1], pair[1])?;
    let names_one = |side: usize| {
        let mut named = all[side].iter().filter(|it| label(texts[side], it).as_ref() == Some(&name));
        named.next() == Some(pair[side]) && named.next().is_none()
    };
    (names_one(0) && names_one(1) && !(0..2).any(|side| is_difference(texts[side], pair[side])))
        .then_some(name)
}

/// Whether the newer sentence has the year before itself, with another amount than the older filing: it was restated, or
/// another pair of years is spoken of.
fn names_another_year_before(newer: &str, all: &[Figure], [old, new]: [&Figure; 2]) -> bool {
    let Some(sentence) = sentences(newer).into_iter().find(|at| at.contains(&new.at.start)) else {
        return true;
    };
    let inside = || all.iter().filter(|figure| sentence.contains(&figure.at.start));
    let is_amount = |figure: &&Figure| figure.number.currency.is_some() || figure.number.unit == Some("%");
    let mut years: Vec<&str> =
        inside().filter(|it| it.is_year()).map(|it| it.number.digits.as_str()).collect();
    years.sort_unstable();
    years.dedup();
    let compares =
        ["compared", "versus", "respectively"].iter().any(|word| newer[sentence.clone()].contains(word));
    (compares || years.len() > 1)
        && inside().filter(is_amount).count() > 1
        && !inside().any(|figure| figure.number == old.number)
}

fn told([older, newer]: [&String; 2], [old, new]: [&Figure; 2], name: String) -> Option<Moved> {
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
    if !is_far || percent > MOST_PERCENT {
        return None;
    }
    let [from, to] = [written(older, old), written(newer, new)];
    let verb = if after > before { "rose" } else { "fell" };
    let shown = single_marks(&name);
    let plain = format!("“{shown}” {verb} from {from} to {to}");
    let by_percent = format!("“{shown}” {verb} {:.0}%, from {from} to {to}", percent.abs());
    Some(Moved {
        wording: if is_share { plain.clone() } else { by_percent },
        plain,
        name,
        amounts: [from, to],
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

#[cfg(test)]
mod tests {
    use super::moved;
    use crate::invented::modified;

    fn told(older: &str, newer: &str) -> Option<String> {
        let mut change = modified("7-1", 0, &format!("[-{older}-]{{+{newer}+}}"));
        let amounts = |text: &str| -> Vec<String> {
            text.split_whitespace()
                .filter(|word| word.starts_with('$') || word.ends_with('%'))
                .map(str::to_owned)
                .collect()
        };
        change.figures =
            amounts(older).into_iter().zip(amounts(newer)).map(|(old, new)| [old, new]).collect();
        moved(&change).map(|moved| moved.plain)
    }

    #[test]
    fn an_amount_is_told_under_its_name() {
        assert_eq!(
            told(
                "The backlog of firm orders was $8.0 million.",
                "The backlog of firm orders was $9.4 million."
            )
            .as_deref(),
            Some("“backlog of firm orders” rose from $8.0 million to $9.4 million")
        );
    }

    #[test]
    fn an_amount_that_the_words_do_not_name_alone_is_not_told() {
        for [older, newer] in [
            // Named afterwards.
            [
                "We had $90 million of leasing revenue and $60 million of leasing costs.",
                "We had $12 million of leasing revenue and $7 million of leasing costs.",
            ],
            // A part of the year before, and a difference.
            ["Service revenue was up 6% from a year ago.", "Service revenue was up 60% from a year ago."],
            [
                "The total value at risk is 35% less than the sum.",
                "The total value at risk is 49% less than the sum.",
            ],
            // In one currency of several.
            [
                "The notional amount was $15 million in Euros.",
                "The notional amount was $27 million in Euros.",
            ],
            // Of several plants, each.
            [
                "The book value of pumps was $5 million. The book value of pumps was $9 million.",
                "The book value of pumps was $8 million. The book value of pumps was $2 million.",
            ],
            // The year before was restated.
            [
                "Orders in hand were $45 million in 2023.",
                "Orders in hand were $16 million in 2024, compared with $22 million in 2023.",
            ],
        ] {
            assert_eq!(told(older, newer), None, "{newer}");
        }
    }
}
