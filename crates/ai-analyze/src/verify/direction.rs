//! Whether figures went where a statement says: up or down, from the older to the newer, gain or loss.

use filing_model::Side;

use super::{
    computed::wrong_way,
    context::{self, Direction, Outcome},
    evidence::{Evidence, Known},
};
use crate::text::{Figure, figures};

/// Whether the evidence says nothing else of a figure than the statement: the opposite direction wherever it stands, the
/// older filing alone, a loss for a gain.
pub(super) fn agrees(said: &str, stated: &Figure, evidence: &Evidence) -> Result<(), String> {
    let known = evidence.known(&stated.number);
    direction_agrees(said, stated, &known, evidence)?;
    if is_told_as_new(said, stated)
        && every(&known, |known| known.text.side == Some(Side::Older))
        && was_replaced(stated, evidence)
    {
        return Err(format!("the figure {} is of the older filing", &said[stated.at.clone()]));
    }
    outcome_agrees(said, stated, &known)
}

fn direction_agrees(
    said: &str,
    stated: &Figure,
    known: &[Known<'_>],
    evidence: &Evidence,
) -> Result<(), String> {
    let direction = context::direction(said, stated).filter(|_| role(said, stated) != Some(Role::Before));
    let Some(direction) = direction.filter(|direction| !went_so(stated, *direction, evidence)) else {
        return Ok(());
    };
    let is_opposite = |known: &Known<'_>| known_direction(known) == Some(opposite(direction));
    if every(known, is_opposite) || went_the_other_way(said, stated, direction, evidence) {
        return Err(wrong_way(said, stated));
    }
    Ok(())
}

fn outcome_agrees(said: &str, stated: &Figure, known: &[Known<'_>]) -> Result<(), String> {
    let other = match context::outcome(said, stated) {
        Some(Outcome::Gain) => Outcome::Loss,
        Some(Outcome::Loss) => Outcome::Gain,
        None => return sign_agrees(said, stated, known),
    };
    if every(known, |known| context::outcome(&known.text.words, known.figure) == Some(other)) {
        let words = if other == Outcome::Loss { "a loss" } else { "a gain" };
        return Err(format!("the figure {} is {words} where it stands", &said[stated.at.clone()]));
    }
    Ok(())
}

/// `Fell to twelve`, `is now twelve`.
fn is_told_as_new(said: &str, stated: &Figure) -> bool {
    let words = context::words_before(said, stated.at.start);
    let is_now = words.iter().rev().take(3).any(|word| word == "now");
    let is_end = role(said, stated) == Some(Role::After) && context::direction(said, stated).is_some();
    is_now || is_end
}

fn was_replaced(stated: &Figure, evidence: &Evidence) -> bool {
    let begins = |[old, _]: &[Figure; 2]| old.number.bears_out(&stated.number);
    evidence.pairs.iter().any(begins)
}

/// A minus that a statement writes must be one where the figure stands.
fn sign_agrees(said: &str, stated: &Figure, known: &[Known<'_>]) -> Result<(), String> {
    let is_below_zero =
        |known: &Known<'_>| known.figure.negative || known_direction(known) == Some(Direction::Down);
    if stated.negative && !known.is_empty() && !known.iter().any(is_below_zero) {
        return Err(format!("the figure {} has no minus where it stands", &said[stated.at.clone()]));
    }
    Ok(())
}

fn known_direction(known: &Known<'_>) -> Option<Direction> {
    let is_change_below_zero = known.figure.negative && known.figure.number.unit == Some("%");
    if is_change_below_zero {
        return Some(Direction::Down);
    }
    if role(&known.text.words, known.figure) == Some(Role::Before) {
        return None;
    }
    context::direction(&known.text.words, known.figure)
}

/// A rate of growth may fall to what sales `increased` by.
fn went_so(stated: &Figure, direction: Direction, evidence: &Evidence) -> bool {
    let is_it = |[old, new]: &[Figure; 2]| {
        new.number.bears_out(&stated.number) && step(old, new) == Some(Step::Moved(direction))
    };
    evidence.pairs.iter().any(is_it)
}

/// `Rose to 43.9%`, where every pair that ends there came down to it.
fn went_the_other_way(said: &str, stated: &Figure, direction: Direction, evidence: &Evidence) -> bool {
    let ends_there = |[_, new]: &&[Figure; 2]| new.number.bears_out(&stated.number);
    let mut ways =
        evidence.pairs.iter().filter(ends_there).filter_map(|[old, new]| step(old, new)).peekable();
    role(said, stated) == Some(Role::After)
        && ways.peek().is_some()
        && ways.all(|way| way == Step::Moved(opposite(direction)))
}

fn every(known: &[Known<'_>], holds: impl Fn(&Known<'_>) -> bool) -> bool {
    !known.is_empty() && known.iter().all(holds)
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
    }
}

/// Where a figure stands in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// `from 46.6%`, `compared with 46.6%`.
    Before,
    /// `to 43.9%`.
    After,
}

fn role(text: &str, figure: &Figure) -> Option<Role> {
    let words = context::words_before(text, figure.at.start);
    let near: Vec<&str> = words.iter().rev().take(4).map(String::as_str).collect();
    for (index, word) in near.iter().enumerate() {
        let before = near.get(index + 1).copied().unwrap_or_default();
        match *word {
            "from" | "versus" | "vs" | "against" | "than" => return Some(Role::Before),
            "with" | "to" if before == "compared" => return Some(Role::Before),
            "to" if matches!(before, "up" | "due" | "equal" | "according" | "attributable" | "related") => {
                return None;
            }
            "to" => return Some(Role::After),
            word if word.contains(|c: char| c.is_ascii_digit()) => return None,
            _ => {}
        }
    }
    None
}

/// Steps of the statement, `from A to B` and `B, compared with A`: A of the older and B of the newer filing, one pair, and
/// in the direction that is said.
pub(super) fn steps_hold(said: &str, stated: &[Figure], evidence: &Evidence) -> Result<(), String> {
    let amounts: Vec<&Figure> =
        stated.iter().filter(|figure| figure.relation.is_none() && !figure.is_year()).collect();
    for (index, before) in amounts.iter().enumerate() {
        if role(said, before) != Some(Role::Before) || is_range(said, before) {
            continue;
        }
        let next = amounts.get(index + 1).filter(|next| role(said, next) == Some(Role::After));
        let is_from =
            context::words_before(said, before.at.start).iter().rev().take(4).any(|word| word == "from");
        let after = next.filter(|_| is_from).or_else(|| amounts[..index].last());
        let Some(after) = after.filter(|after| is_near(said, before, after)) else { continue };
        if comparable(before, after) {
            step_holds(said, before, after, evidence)?;
        } else if is_share(before) != is_share(after) && next.is_some() && is_from {
            return Err(different(said, before, after));
        }
    }
    Ok(())
}

fn step_holds(said: &str, before: &Figure, after: &Figure, evidence: &Evidence) -> Result<(), String> {
    let name = |figure: &Figure| said[figure.at.clone()].to_owned();
    let first = before.at.start.min(after.at.start);
    let direction = (after.at.start > before.at.start || is_up_or_down_from(said, before))
        .then(|| context::direction_before(said, before.at.start))
        .flatten()
        .or_else(|| context::direction_before(said, first))
        .or_else(|| between(said, before, after));
    if let (Some(direction), Some(way)) = (direction, step(before, after))
        && way != Step::Moved(direction)
    {
        return Err(format!("from {} to {} is not the direction that is said", name(before), name(after)));
    }
    let stands_on = |figure: &Figure, side: Side| {
        every(&evidence.known(&figure.number), |known| known.text.side == Some(side))
    };
    if stands_on(before, Side::Newer) && stands_on(after, Side::Older) {
        return Err(format!("{} and {} stand in the other filings than is said", name(before), name(after)));
    }
    let pairs = || evidence.pairs.iter();
    let is_old = |[old, _]: &[Figure; 2]| old.number.bears_out(&before.number);
    let is_new = |[_, new]: &[Figure; 2]| new.number.bears_out(&after.number);
    if pairs().any(is_old) && pairs().any(is_new) && !pairs().any(|pair| is_old(pair) && is_new(pair)) {
        return Err(different(said, before, after));
    }
    Ok(())
}

fn different(said: &str, before: &Figure, after: &Figure) -> String {
    let [before, after] = [before, after].map(|figure| &said[figure.at.clone()]);
    format!("{before} did not become {after}: they are figures of different things")
}

fn is_share(figure: &Figure) -> bool {
    matches!(
        figure.number.unit.or(figure.number.shared_unit),
        Some("%" | "percentage points" | "basis points")
    )
}

/// `7.2 million, down from 8.0 million`.
fn is_up_or_down_from(said: &str, before: &Figure) -> bool {
    let words = context::words_before(said, before.at.start);
    words.iter().rev().nth(1).is_some_and(|word| matches!(word.as_str(), "up" | "down"))
}

/// `9.4 million in 2025 fell from 9.9 million`: the direction stands between the two.
fn between(said: &str, before: &Figure, after: &Figure) -> Option<Direction> {
    (after.at.start < before.at.start)
        .then(|| context::direction_before(&said[after.end..], before.at.start - after.end))
        .flatten()
}

/// The way of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Moved(Direction),
    Stayed,
}

/// `None` when it cannot be told.
fn step(before: &Figure, after: &Figure) -> Option<Step> {
    if before.negative || after.negative || !comparable(before, after) {
        return None;
    }
    let (old, new) = (before.number.amount()?, after.number.amount()?);
    Some(if new > old {
        Step::Moved(Direction::Up)
    } else if new < old {
        Step::Moved(Direction::Down)
    } else {
        Step::Stayed
    })
}

/// In the same unit, or both amounts of money in scales that are written out.
fn comparable(one: &Figure, other: &Figure) -> bool {
    let unit = |figure: &Figure| figure.number.unit.or(figure.number.shared_unit);
    let scales = [Some("thousand"), Some("million"), Some("billion"), Some("trillion")];
    let is_scaled = |figure: &Figure| scales.contains(&unit(figure));
    unit(one) == unit(other) || is_scaled(one) && is_scaled(other)
}

/// Terms `from two to five years` have no direction.
fn is_range(said: &str, figure: &Figure) -> bool {
    let words = context::words_before(said, figure.at.start);
    let ranges = [
        "range",
        "ranges",
        "ranging",
        "ranged",
        "between",
        "vary",
        "varies",
        "varied",
        "terms",
        "maturities",
    ];
    words.iter().rev().take(5).any(|word| ranges.contains(&word.as_str()))
}

/// No other thought begins between the two.
fn is_near(said: &str, one: &Figure, other: &Figure) -> bool {
    let (start, end) = (one.end.min(other.end), one.at.start.max(other.at.start));
    start <= end
        && !said[start..end].contains([';', '"'])
        && !said[start..end].contains(". ")
        && figures(&said[start..end]).len() < 3
}
