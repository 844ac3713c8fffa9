//! How far amounts moved: how often they doubled or halved, times a weight of the difference in dollars, heads or points.

use rustc_hash::FxHashSet;

/// More than this does one passage not gain by its amounts.
const MOST: f64 = 3.2;

/// What a list of old and new figures is worth: the largest move, and something for each further one.
pub(super) fn points(figures: &[[String; 2]]) -> f64 {
    // A figure of last year that only went a place down in the row of years has not moved.
    let before: FxHashSet<&str> = figures.iter().map(|[old, _]| old.as_str()).collect();
    let mut moves: Vec<f64> =
        figures.iter().filter(|[_, new]| !before.contains(new.as_str())).map(moved).collect();
    moves.sort_by(|a, b| b.total_cmp(a));
    let further = moves.iter().skip(1).map(|points| points * 0.15).sum::<f64>().min(0.6);
    (moves.first().copied().unwrap_or(0.0) + further).min(MOST)
}

/// Whether one of the figures is an amount, and no year, date or number of a page.
pub(super) fn any(figures: &[[String; 2]]) -> bool {
    figures.iter().flatten().any(|figure| Amount::read(figure).is_some())
}

/// What one move is worth: nothing under a tenth, one for each halving or doubling of a large amount.
fn moved([old, new]: &[String; 2]) -> f64 {
    let (Some(old), Some(new)) = (Amount::read(old), Amount::read(new)) else { return 0.0 };
    if old.unit != new.unit {
        return 0.0;
    }
    let change = (new.value - old.value).abs();
    let turned = old.value * new.value < 0.0;
    let ratio = (new.value / old.value).abs();
    let doublings = if turned { 2.0 } else { ratio.log2().abs().min(3.0) };
    if !doublings.is_finite() || doublings < 0.14 {
        return 0.0;
    }
    match old.unit {
        Unit::Money => doublings * scale(change, &MONEY),
        Unit::Count => doublings * scale(change, &COUNTS),
        // A share of 2 % that becomes 4 % is no news; ten points are.
        Unit::Percent => (change / 10.0).min(2.0).min(doublings * 1.2),
    }
}

/// The weight of a difference: the largest limit that it reaches.
fn scale(change: f64, limits: &[(f64, f64)]) -> f64 {
    limits.iter().find(|(from, _)| change >= *from).map_or(0.05, |(_, weight)| *weight)
}

/// In dollars, or whatever the currency is.
const MONEY: [(f64, f64); 6] = [(1e9, 1.3), (1e8, 1.1), (1e7, 0.85), (1e6, 0.55), (1e5, 0.3), (1e3, 0.15)];

/// Employees, plants, customers.
const COUNTS: [(f64, f64); 4] = [(10_000.0, 0.8), (1_000.0, 0.6), (100.0, 0.4), (10.0, 0.2)];

/// A figure that can be held against another.
#[derive(Debug, PartialEq)]
struct Amount {
    value: f64,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Money,
    Count,
    Percent,
}

impl Amount {
    /// Reads `$1.2 billion`, `$(653)`, `(7)%`, `12,400`; `None` for years, dates, and numbers of pages and notes.
    fn read(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        let value: f64 = digits.parse().ok()?;
        let money = text.contains(['$', '€', '£']);
        let percent = text.contains('%') || text.contains("percent") || text.contains("basis");
        let factor = match text {
            _ if text.contains("billion") => 1e9,
            _ if text.contains("million") => 1e6,
            _ if text.contains("thousand") => 1e3,
            _ if text.contains("basis") => 0.01,
            _ => 1.0,
        };
        let unit = if money {
            Unit::Money
        } else if percent {
            Unit::Percent
        } else if factor > 1.0
            || text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.' | b'(' | b')'))
        {
            Unit::Count
        } else {
            return None;
        };
        let year = unit == Unit::Count && text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        // A number in brackets of one digit or two is that of a footnote.
        let footnote = unit == Unit::Count && text.starts_with('(') && text.len() <= 4;
        let sign = if text.contains('(') || text.starts_with(['-', '−']) { -1.0 } else { 1.0 };
        (!year && !footnote).then_some(Self { value: value * factor * sign, unit })
    }
}
