//! Words and figures of a sentence in lower case.

/// A word without the punctuation around it, and whether a comma, semicolon or colon stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) word: &'a str,
    pub(super) ends_phrase: bool,
}

/// White-space words without the punctuation around them; `%` stays.
pub(super) fn of(lower: &str) -> Vec<Token<'_>> {
    lower
        .split_whitespace()
        .map(|raw| Token {
            word: raw.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '$')),
            ends_phrase: raw.ends_with([',', ';', ':']),
        })
        .collect()
}

/// A count in words or digits, up to twenty.
pub(super) fn count(word: &str) -> Option<usize> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "single" | "another") {
        return Some(1);
    }
    let digits = || word.parse().ok().filter(|count| (1..=20).contains(count));
    WORDS.iter().position(|known| *known == word).filter(|count| *count > 0).or_else(digits)
}

/// A year from 1985 to 2099.
pub(super) fn year(word: &str) -> Option<i16> {
    let year: i16 = word.trim_end_matches("'s").parse().ok()?;
    (word.len() >= 4 && (1985..2100).contains(&year)).then_some(year)
}

/// Every year that is named.
pub(super) fn years(tokens: &[Token<'_>]) -> Vec<i16> {
    tokens.iter().filter_map(|token| year(token.word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_words_stand_alone() {
        let tokens = of("in 2024, two customers (a and b) paid $5.20, or 12%.");
        let words: Vec<_> = tokens.iter().map(|token| token.word).collect();
        insta::assert_snapshot!(words.join("/"), @"in/2024/two/customers/a/and/b/paid/$5.20/or/12%");
        assert_eq!((count("two"), count("12"), count("zero"), count("40")), (Some(2), Some(12), None, None));
        assert_eq!(years(&tokens), [2024]);
    }
}
