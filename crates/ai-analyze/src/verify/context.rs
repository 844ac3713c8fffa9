//! What the words around a figure say of it.

use crate::text::Figure;

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// Money made or money lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Gain,
    Loss,
}

/// Words before a figure that may still speak of it.
const NEAR_WORDS: usize = 8;

const RISES: &str = "rose rise rises rising risen increase increased increases increasing grew grow grows grown growing \
    growth climbed climbs jumped surged expanded raised raises gained widened climbing jumping widens \
    soared advanced";
const FALLS: &str = "fell fall falls falling fallen decrease decreased decreases decreasing decline declined declines \
    declining dropped drop drops shrank shrunk contracted reduced reduces reduction lowered cut cuts \
    slid narrowed compressed slipped shrinks narrows eased dropping shortened";
/// Behind a figure: `a 5% increase`, `5% lower`.
const RISES_AFTER: [&str; 5] = ["increase", "growth", "rise", "higher", "jump"];
const FALLS_AFTER: [&str; 6] = ["decrease", "decline", "reduction", "drop", "lower", "fall"];

const PREPOSITIONS: [&str; 14] =
    ["on", "in", "of", "as", "by", "for", "with", "to", "from", "and", "at", "due", "after", "or"];

/// Words that begin another thought.
const TURNS: [&str; 6] = ["while", "but", "although", "despite", "offset", "whereas"];
/// Words behind which stands what a figure is compared with.
const COMPARISONS: [&str; 4] = ["from", "than", "compared", "versus"];

/// Which way the words around a figure say that something went; `None` when they do not say, or of what it is compared with.
pub(super) fn direction(text: &str, figure: &Figure) -> Option<Direction> {
    let after = words_after(text, figure.end);
    let behind = |word: &String| {
        if RISES_AFTER.contains(&word.as_str()) {
            Some(Direction::Up)
        } else {
            FALLS_AFTER.contains(&word.as_str()).then_some(Direction::Down)
        }
    };
    // `43.9% on higher costs` speaks of the costs.
    let reach = if after.first().is_some_and(|word| PREPOSITIONS.contains(&word.as_str())) { 0 } else { 2 };
    if let Some(found) = after.iter().take(reach).find_map(behind) {
        return Some(found);
    }
    let words = words_before(text, figure.at.start);
    let place = words.iter().rposition(|word| COMPARISONS.contains(&word.as_str())).map_or(0, |at| at + 1);
    nearest(&words[place..])
}

/// The nearest word of direction before a place, in the same thought.
pub(super) fn direction_before(text: &str, at: usize) -> Option<Direction> {
    nearest(&words_before(text, at))
}

fn nearest(words: &[String]) -> Option<Direction> {
    let place = words.iter().rposition(|word| TURNS.contains(&word.as_str())).map_or(0, |turn| turn + 1);
    let near = &words[place.max(words.len().saturating_sub(NEAR_WORDS))..];
    near.iter().enumerate().rev().find_map(|(index, word)| {
        let next = near.get(index + 1).map_or("", String::as_str);
        let moves = matches!(next, "" | "by" | "from" | "about" | "approximately" | "nearly" | "some");
        match word.as_str() {
            word if is_one_of(RISES, word) => Some(Direction::Up),
            word if is_one_of(FALLS, word) => Some(Direction::Down),
            "up" if moves => Some(Direction::Up),
            "down" if moves || next == "to" => Some(Direction::Down),
            _ => None,
        }
    })
}

/// Whether a figure is called income or loss, or stands as a negative amount.
pub(super) fn outcome(text: &str, figure: &Figure) -> Option<Outcome> {
    let is_money = figure.number.unit != Some("%") && figure.number.unit != Some("percentage points");
    if figure.negative && is_money {
        return Some(Outcome::Loss);
    }
    let before = words_before(text, figure.at.start);
    let near = &before[before.len().saturating_sub(6)..];
    let after = words_after(text, figure.end);
    let behind = after.iter().take(2).map(String::as_str).find(|word| matches!(*word, "loss" | "profit"));
    if let Some(word) = behind {
        return outcome_word(word);
    }
    // Tax on income is no income, and credit losses are costs.
    let is_telling = |word: &String| outcome_word(word).is_some() || is_one_of(COSTS, word);
    let at = near.iter().rposition(is_telling)?;
    let found = outcome_word(&near[at])?;
    // `Income (loss)` says neither.
    let before = at.checked_sub(1).and_then(|before| outcome_word(&near[before]));
    before.is_none_or(|before| before == found).then_some(found)
}

fn outcome_word(word: &str) -> Option<Outcome> {
    if LOSSES.contains(&word) { Some(Outcome::Loss) } else { GAINS.contains(&word).then_some(Outcome::Gain) }
}

const COSTS: &str = "tax taxes expense expenses credit cost costs allowance";
const LOSSES: [&str; 4] = ["loss", "losses", "lost", "deficit"];
const GAINS: [&str; 5] = ["income", "profit", "profits", "earnings", "surplus"];

/// The year that a figure is said to be of: `43.9% of sales in fiscal 2025`.
pub(super) fn year(text: &str, figure: &Figure) -> Option<String> {
    let after = words_after(text, figure.end);
    let near = &after[..after.len().min(6)];
    let at = near.iter().position(|word| matches!(word.as_str(), "in" | "for" | "during"))?;
    let is_other_figure = |word: &String| word.starts_with(|c: char| c.is_ascii_digit() || c == '$');
    if near[..at].iter().any(is_other_figure) {
        return None;
    }
    let year = near[at + 1..]
        .iter()
        .find(|word| !matches!(word.as_str(), "the" | "fiscal" | "calendar" | "year" | "years" | "fy"))?;
    is_year(year).then(|| year.clone())
}

pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && (word.starts_with("19") || word.starts_with("20"))
}

/// Whether a word stands in a list that is parted by blanks.
pub(super) fn is_one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// Whether one of the phrases of a list that is parted by commas stands in a line of words.
pub(super) fn holds_one_of(list: &str, line: &str) -> bool {
    list.split(", ").any(|phrase| line.contains(&format!(" {phrase} ")))
}

/// Lower-case words of the same clause before a place, in reading order.
pub(super) fn words_before(text: &str, at: usize) -> Vec<String> {
    let before = &text[..at];
    let start = [". ", "; ", ": ", ", ", "\n", " - "]
        .iter()
        .filter_map(|border| before.rfind(border).map(|place| place + border.len()))
        .max()
        .unwrap_or(0);
    words(&before[start..])
}

/// The same behind it.
pub(super) fn words_after(text: &str, at: usize) -> Vec<String> {
    let after = &text[at..];
    let end = [". ", "; ", ": ", ", ", "\n", " - "].iter().filter_map(|border| after.find(border)).min();
    words(&after[..end.unwrap_or(after.len())])
}

/// Words in lower case without the punctuation around them.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || c == '|')
        .map(|token| token.trim_matches(|c: char| !c.is_alphanumeric() && c != '$').to_lowercase())
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::figures;

    fn first<T>(text: &str, of: fn(&str, &Figure) -> Option<T>) -> Option<T> {
        of(text, &figures(text)[0])
    }

    #[test]
    fn directions_stand_before_or_behind() {
        use Direction::{Down, Up};
        for (text, expected) in [
            ("Margin fell to 43.9%", Some(Down)),
            ("Sales rose in the year by 5%", Some(Up)),
            ("a 5% decrease in volume", Some(Down)),
            ("prices rose, with volume 3% lower", Some(Down)),
            ("up 12% in all", Some(Up)),
            ("it may borrow up to 12 million", None),
            ("sales rose while 5% of plants stood still", None),
            ("fell from 46.6%", None),
            ("sales of 12 million", None),
        ] {
            assert_eq!(first(text, direction), expected, "{text}");
        }
    }

    #[test]
    fn income_and_loss_are_told_apart_where_the_words_do() {
        use Outcome::{Gain, Loss};
        for (text, expected) in [
            ("Net loss was $5 million", Some(Loss)),
            ("a profit of $5 million", Some(Gain)),
            ("Net income (loss) was $5 million", None),
            ("income tax expense of $5 million", None),
            ("Net income | $(5) | $4", Some(Loss)),
            ("a $5 million loss", Some(Loss)),
        ] {
            assert_eq!(first(text, outcome), expected, "{text}");
        }
    }

    #[test]
    fn a_year_stands_behind_its_figure() {
        assert_eq!(first("43.9% of sales in fiscal 2025", year).as_deref(), Some("2025"));
        assert_eq!(first("$5 million for the year 2024.", year).as_deref(), Some("2024"));
        assert_eq!(first("43.9% and 46.6% in 2024", year), None);
        assert_eq!(first("43.9% in all", year), None);
    }
}
