//! Years, dates and amounts that move on.

use super::{random::Random, words::is_month};

const SCALES: [&str; 5] = ["million", "billion", "thousand", "percent", "basis"];

/// A text with its years one later and most of its amounts another; `None` when it has none.
pub(super) fn roll(text: &str, random: &mut Random) -> Option<String> {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let mut newer = String::with_capacity(text.len());
    let mut unit: Option<&str> = None;
    for (at, word) in words.iter().enumerate() {
        let (before, core, after) = parts(word);
        let next = words.get(at + 1).map_or("", |next| parts(next).1);
        let previous = at.checked_sub(1).map_or("", |at| parts(words[at]).1);
        newer.push_str(before);
        match (unit.take(), rolled(core, previous, next, random)) {
            (Some(unit), _) => newer.push_str(unit),
            (None, Some(rolled)) => {
                // Now and then so much that the unit is another.
                let grown = next == "million" && core.starts_with('$') && random.happens(80);
                unit = grown.then_some("billion");
                newer.push_str(if grown { "$1.1" } else { &rolled });
            }
            (None, None) => newer.push_str(core),
        }
        newer.push_str(after);
    }
    (newer != text).then_some(newer)
}

/// A word between the marks around it.
fn parts(word: &str) -> (&str, &str, &str) {
    let start = word.find(|c: char| c.is_alphanumeric() || c == '$').unwrap_or(word.len());
    let end = word[start..]
        .rfind(|c: char| c.is_alphanumeric() || c == '%')
        .map_or(start, |at| start + at + word[start + at..].chars().next().map_or(0, char::len_utf8));
    (&word[..start], &word[start..end], &word[end..])
}

fn rolled(core: &str, previous: &str, next: &str, random: &mut Random) -> Option<String> {
    if let Some(year) = year(core) {
        // "Act of 1934" does not roll.
        return (previous != "of").then(|| (year + 1).to_string());
    }
    if is_month(previous) && core.len() <= 2 {
        let day: usize = core.parse().ok()?;
        return Some(if day > 1 { day - 1 } else { day + 1 }.to_string());
    }
    let amount = core.starts_with('$') || core.ends_with('%') || core.contains(',') || SCALES.contains(&next);
    if amount && random.happens(850) { other_amount(core, random) } else { None }
}

/// A year of our time.
pub(super) fn year(word: &str) -> Option<u32> {
    let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| word.parse().ok()).flatten().filter(|year| (1985..=2035).contains(year))
}

/// A figure of the same shape, up to a quarter larger or smaller; `None` when it is none.
pub(super) fn other_amount(figure: &str, random: &mut Random) -> Option<String> {
    let digits: String = figure.chars().filter(char::is_ascii_digit).collect();
    let other = |c: char| c.is_ascii_digit() || "$%.,()-–—−".contains(c);
    if digits.is_empty() || digits.len() > 12 || !figure.chars().all(other) {
        return None;
    }
    let start = figure.find(|c: char| c.is_ascii_digit())?;
    let end = figure.rfind(|c: char| c.is_ascii_digit())? + 1;
    if figure[start..end].contains(|c: char| !c.is_ascii_digit() && c != ',' && c != '.') {
        // "$80-$90" is two figures.
        return None;
    }
    let decimals = figure.find('.').map_or(0, |at| figure[at..].bytes().filter(u8::is_ascii_digit).count());
    let value: u64 = digits.parse().ok()?;
    let percent = u64::try_from(random.between(78, 125)).unwrap_or(100);
    let scaled = value * percent / 100;
    let fresh = if scaled == value { value + 1 } else { scaled };
    let number = written(fresh, decimals, figure.contains(',') || !bare_thousands(&digits, decimals));
    Some(format!("{}{number}{}", &figure[..start], &figure[end..]))
}

/// Whether a figure of four digits or more was written without commas.
fn bare_thousands(digits: &str, decimals: usize) -> bool {
    digits.len() >= decimals + 4
}

fn written(value: u64, decimals: usize, commas: bool) -> String {
    let digits = format!("{value:0>width$}", width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    let mut number = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if commas && at > 0 && (whole.len() - at).is_multiple_of(3) {
            number.push(',');
        }
        number.push(digit);
    }
    if decimals > 0 {
        number.push('.');
        number.push_str(part);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_their_shape() {
        let mut random = Random::named(7, &["figures"]);
        for figure in ["$1,234.5", "(12)%", "7.3%", "985", "$0.05", "99,999"] {
            let other = other_amount(figure, &mut random).expect("a figure");
            let shape =
                |text: &str| text.chars().filter(|c| !c.is_ascii_digit() && *c != ',').collect::<String>();
            assert!(shape(&other) == shape(figure) && other != figure, "{figure} {other}");
        }
        assert_eq!(other_amount("10-K", &mut random), None);
        assert_eq!(other_amount("—", &mut random), None);
        assert_eq!(other_amount("$80-$90", &mut random), None);
    }

    #[test]
    fn only_figures_move() {
        let mut random = Random::named(7, &["roll"]);
        let older = "On June 30, 2023, under the Act of 1934, Form 10-K had 5 pages.";
        let newer = "On June 29, 2024, under the Act of 1934, Form 10-K had 5 pages.";
        assert_eq!(roll(older, &mut random).as_deref(), Some(newer));
        assert_eq!(roll("We make gauges.", &mut random), None);
    }
}
