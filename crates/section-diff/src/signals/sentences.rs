//! Sentences of a text, as far as punctuation tells.

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
        if ends && !is_abbreviation(&paragraph[start..at]) {
            found.push(paragraph[start..at + 1 + closing].trim());
            start = at + 1 + closing;
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
    let last = before.rsplit([' ', '(']).next().unwrap_or("");
    KNOWN.contains(&last) || last.len() == 1 && last.starts_with(char::is_uppercase)
}

/// The first sentence of a text that fits a rule.
pub(crate) fn first(text: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
    of(text).find(|sentence| fits(&sentence.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_end_no_sentence() {
        let text =
            "Acme Corp. sued us in the U.S. District Court. We deny it (see Note 3). Sales rose 4.5 percent.";
        let found: Vec<_> = of(text).collect();
        insta::assert_snapshot!(found.join("\n"), @r"
        Acme Corp. sued us in the U.S. District Court.
        We deny it (see Note 3).
        Sales rose 4.5 percent.
        ");
    }
}
