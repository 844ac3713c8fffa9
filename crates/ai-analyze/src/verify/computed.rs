//! Figures that follow from one pair of old and new in the change that is quoted: the difference, the change in percent,
//! and how many times as much.

use super::{
    context::{self, Direction},
    evidence::Evidence,
};
use crate::text::{Figure, Value};

/// `Doubled` holds within so much of twice as much.
const TIMES_TOLERANCE: f64 = 0.05;

/// Whether a figure is the difference or the change in percent of a pair, rounded to as many decimals as it is written with,
/// and the pair went the way that the statement says.
///
/// Of two percentages the difference is in percentage or basis points, never in percent.
pub(super) fn figure(said: &str, stated: &Figure, evidence: &Evidence) -> Result<bool, String> {
    if !is_told_as_change(said, stated) {
        return Ok(false);
    }
    let mut is_opposite = false;
    for [old, new] in &evidence.pairs {
        let (Some(before), Some(after)) = (signed(old), signed(new)) else { continue };
        if !follows(stated, old, before, after) || !old.number.is_of_a_kind_with(&new.number) {
            continue;
        }
        match context::direction(said, stated) {
            Some(direction) if direction != way(before, after) => is_opposite = true,
            _ => return Ok(true),
        }
    }
    if is_opposite {
        return Err(wrong_way(said, stated));
    }
    Ok(false)
}

/// `By 10%, or $3 million`, `a difference of $3 million`, `up 12%`; not `the amount is 10`, and not `to 10`.
fn is_told_as_change(said: &str, stated: &Figure) -> bool {
    const CHANGES: [&str; 8] =
        ["change", "changed", "difference", "swing", "more", "less", "improved", "worsened"];
    let before = context::words_before(said, stated.at.start);
    let after = context::words_after(said, stated.end);
    let near = before.iter().rev().take(4).chain(after.iter().take(3));
    let is_level = before.last().is_some_and(|word| matches!(word.as_str(), "to" | "at" | "from"));
    let is_step = before.last().is_some_and(|word| matches!(word.as_str(), "by" | "or"));
    let is_difference = matches!(stated.number.unit, Some("percentage points" | "basis points"));
    let mut near = near.map(String::as_str);
    !is_level
        && (is_step
            || is_difference
            || context::direction(said, stated).is_some()
            || near.any(|word| CHANGES.contains(&word)))
}

pub(super) fn wrong_way(said: &str, figure: &Figure) -> String {
    format!("the figure {} is said to have gone the other way", &said[figure.at.clone()])
}

/// Whether a share or multiple follows from a pair.
pub(super) fn relation(said: &str, stated: &Figure, relation: Value, evidence: &Evidence) -> bool {
    let times = match relation {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        Value::Times(times) => times as f64,
        Value::Halved => 0.5,
        Value::Count(_) | Value::Fraction(..) => return false,
    };
    let before = context::words_before(said, stated.at.start);
    let is_more = before.ends_with(&["more".to_owned(), "than".to_owned()]);
    let is_nearly = before.last().is_some_and(|word| matches!(word.as_str(), "nearly" | "almost"));
    evidence.pairs.iter().filter(|[old, new]| old.number.is_of_a_kind_with(&new.number)).any(|[old, new]| {
        let (Some(before), Some(after)) = (old.number.value(), new.number.value()) else { return false };
        // How far beyond the multiple, as a share of it.
        let beyond = after / before / times - 1.0;
        match (is_more, is_nearly) {
            (true, _) => beyond > 0.0 && beyond < 0.5,
            (_, true) => beyond < 0.0 && beyond > -2.0 * TIMES_TOLERANCE,
            _ => beyond.abs() <= TIMES_TOLERANCE,
        }
    })
}

fn signed(figure: &Figure) -> Option<f64> {
    figure.number.value().map(|value| if figure.negative { -value } else { value })
}

fn way(before: f64, after: f64) -> Direction {
    if after < before { Direction::Down } else { Direction::Up }
}

fn follows(stated: &Figure, old: &Figure, before: f64, after: f64) -> bool {
    let unit = |figure: &Figure| figure.number.unit.or(figure.number.shared_unit);
    let (difference, change) = ((after - before).abs(), (after / before - 1.0).abs() * 100.0);
    let exact = match (unit(stated), unit(old)) {
        (Some("percentage points"), Some("%")) => difference,
        (Some("basis points"), Some("%")) => difference * 100.0,
        (_, Some("%" | "percentage points" | "basis points")) => return false,
        // A change in percent has no meaning where the sign turned.
        (Some("%"), _) if before > 0.0 && after > 0.0 => change,
        (own, other) if own == other && may_leave_out_currency(stated, old) => difference,
        _ => return false,
    };
    rounds_to(exact, &stated.number.digits)
}

fn may_leave_out_currency(stated: &Figure, old: &Figure) -> bool {
    stated.number.currency.is_none() || stated.number.currency == old.number.currency
}

/// Within half a unit of the last digit that is written.
fn rounds_to(exact: f64, written: &str) -> bool {
    let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let Ok(value) = written.parse::<f64>() else { return false };
    let Ok(decimals) = i32::try_from(decimals) else { return false };
    // Decimal fractions are not exact in binary.
    value > 0.0 && (exact - value).abs() <= 0.5 * 10_f64.powi(-decimals) + 1e-9
}
