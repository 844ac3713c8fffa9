//! What an amount is called by the words before it, and silence when they do not name it alone.

use crate::text::{BULLETS, Figure};

/// Words of a name.
const LABEL_WORDS: usize = 9;

/// The noun phrase before a figure, without the verb between them.
pub(super) fn label(text: &str, figure: &Figure) -> Option<String> {
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
    if !ties(&words[last + 1..]) {
        return None;
    }
    let first = (last + 1).saturating_sub(LABEL_WORDS);
    let first = (first..=last).find(|at| !is_lead(words[*at]))?;
    // The last of a list does not name the sum.
    if first > 0 && matches!(words[first - 1], "and" | "or") {
        return None;
    }
    let words = &words[first..=last];
    if matches!(words[0], "not" | "entered" | "related" | "into")
        || words.iter().any(|word| word.contains(['"', '“', ')']))
    {
        return None;
    }
    let is_named =
        words.iter().any(|word| word.len() >= 4 && word.chars().all(|c| c.is_alphabetic() || c == '-'));
    let speaks_of_change = words.iter().any(|word| is_of_change(&word.to_lowercase()));
    let has_figures = words.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
    (is_named && !speaks_of_change && !has_figures && words.len() >= 2).then(|| words.join(" "))
}

/// Whether the words between tie the amount to the name: `revenue and $7 million of cost` names it afterwards, and what
/// somebody paid `by`, or raised `from`, is another amount than that of the name.
fn ties(links: &[&str]) -> bool {
    let links = || links.iter().map(|link| link.trim_matches(','));
    let belongs = |link: &str| {
        let tying =
            ["of", "was", "were", "is", "are", "to", "at", "totaled", "totaling", "represented", "amounted"];
        tying.contains(&link) || matches!(link, "accounted" | "comprised" | "be")
    };
    links().any(belongs) && !links().any(|link| matches!(link, "by" | "from" | "up" | "down"))
}

/// Whether the words after a figure make it a part or a difference: `35% less`, `$5 million in Euros`.
pub(super) fn is_difference(text: &str, figure: &Figure) -> bool {
    let mut words = text[figure.end..].split_whitespace();
    match words.next() {
        Some("less" | "more" | "higher" | "lower" | "below" | "above" | "greater" | "better" | "worse") => {
            true
        }
        Some("in") => words.next().is_some_and(|word| word.starts_with(char::is_uppercase)),
        _ => false,
    }
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
            | "estimated"
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
        "reduc", "offset", "chang",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}
