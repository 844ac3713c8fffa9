//! Sentences of a text, as far as punctuation tells, and whether they tell of what is.

use jiff::civil::Date;

use super::tokens;

/// Longer ones are cut by no rule, they are just not offered.
const LONGEST: usize = 900;

/// The sentences of the prose in a text; tables have none.
pub(crate) fn of(text: &str) -> impl Iterator<Item = &str> {
    filing_model::paragraphs(text).filter(|paragraph| !paragraph.contains(" | ")).flat_map(split)
}

/// Cuts a paragraph after each full stop that a capital letter follows.
fn split(paragraph: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in paragraph.match_indices(['.', '?', '!']) {
        let rest = &paragraph[at + 1..];
        let closing = rest
            .chars()
            .take_while(|c| matches!(c, '”' | '"' | ')' | '’'))
            .map(char::len_utf8)
            .sum::<usize>();
        let after = &rest[closing..];
        let next = after.trim_start().chars().next();
        let ends = next.is_none_or(|c| c.is_uppercase() || matches!(c, '“' | '(' | '•'))
            && (after.is_empty() || after.starts_with(' '));
        let end = at + 1 + closing;
        if ends && !is_abbreviation(&paragraph[start..at]) && !inside_quotation(&paragraph[start..end]) {
            found.push(paragraph[start..end].trim());
            start = end;
        }
    }
    found.push(paragraph[start..].trim());
    found.retain(|sentence| !sentence.is_empty() && sentence.len() <= LONGEST);
    found
}

fn is_abbreviation(before: &str) -> bool {
    const KNOWN: [&str; 17] = [
        "Inc", "Corp", "Co", "Ltd", "No", "Nos", "U.S", "U.K", "Mr", "Ms", "Mrs", "Dr", "v", "vs", "St",
        "Jr", "L.P",
    ];
    let last = before.rsplit([' ', '(', '“']).next().unwrap_or("");
    KNOWN.contains(&last) || last.len() == 1 && last.starts_with(char::is_uppercase)
}

/// Captions such as “Item 9A. Controls and Procedures” are named between quotation marks.
fn inside_quotation(sentence: &str) -> bool {
    sentence.matches('“').count() > sentence.matches('”').count()
}

/// The first sentence of a text that fits a rule.
pub(crate) fn first(text: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
    of(text).find(|sentence| fits(&sentence.to_lowercase()))
}

/// Whether a sentence in lower case is about what may or would be: a condition, a possibility, advice.
pub(super) fn is_supposed(lower: &str) -> bool {
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let supposed = match word {
            "if" | "could" | "might" | "would" | "should" | "whether" | "unless" => true,
            // The month stands before a day or a year.
            "may" => !words.peek().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit())),
            _ => false,
        };
        if supposed {
            return true;
        }
    }
    false
}

/// Whether every year that a sentence names is over when the period ends.
pub(super) fn is_past(sentence: &str, period_end: Option<Date>) -> bool {
    let latest = tokens::years(&tokens::of(sentence)).into_iter().max();
    period_end.is_some_and(|end| latest.is_some_and(|latest| latest < end.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_and_captions_end_no_sentence() {
        let text = "Acme Corp. sued us in the U.S. District Court. We deny it (see Note 3). Sales rose 4.5 percent. \
                    Controls failed, as told in “Item 9A. Controls and Procedures.” We act on it.";
        let found: Vec<_> = of(text).collect();
        insta::assert_snapshot!(found.join("\n"), @r"
        Acme Corp. sued us in the U.S. District Court.
        We deny it (see Note 3).
        Sales rose 4.5 percent.
        Controls failed, as told in “Item 9A. Controls and Procedures.”
        We act on it.
        ");
    }

    #[test]
    fn may_is_a_month_before_a_figure() {
        assert!(is_supposed("we may restate our accounts."));
        assert!(is_supposed("if we restate them, our stock will fall."));
        assert!(!is_supposed("on may 31, 2024, we restated them."));
    }

    #[test]
    fn a_sentence_of_earlier_years_alone_is_past() {
        let end = Some(jiff::civil::date(2024, 6, 30));
        assert!(is_past("Controls were not effective as of June 30, 2023.", end));
        assert!(!is_past("Controls were not effective as of June 30, 2024 and 2023.", end));
        assert!(!is_past("Controls were not effective.", end) && !is_past("It was so in 2023.", None));
    }
}
