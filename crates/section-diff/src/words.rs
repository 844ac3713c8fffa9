//! Words as the differ sees them: what counts as one, as a figure, as a stop-word.

/// A word, a mark of punctuation or a cell boundary, with the white space before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) space: &'a str,
    pub(crate) text: &'a str,
}

/// Cuts a text into tokens; joined again they are the text, but for white space at its very end, which paragraphs do not have.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let word = at + blanks(&text[at..]);
        let end = word + token_length(&text[word..]);
        let token = (end > word).then(|| Token { space: &text[at..word], text: &text[word..end] });
        at = end;
        token
    })
}

/// Bytes of white space at the start.
fn blanks(text: &str) -> usize {
    let ascii = text.bytes().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r')).count();
    match text.as_bytes().get(ascii) {
        Some(byte) if !byte.is_ascii() || byte.is_ascii_control() => {
            text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len())
        }
        _ => ascii,
    }
}

/// Whether a text holds boundaries of table cells. Few texts hold the mark at all, which is found out fast.
pub(crate) fn has_cells(text: &str) -> bool {
    text.contains('|') && text.contains(" | ")
}

/// Letters, digits and the marks inside them (`$1,234.5`, `10-K`, `Company’s`) stay together; any other character stands alone.
fn token_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| IS_ALPHANUMERIC[usize::from(**byte)]).count();
        let Some(character) = text[at..].chars().next() else { return at };
        let end = at + character.len_utf8();
        let followed = || text[end..].starts_with(char::is_alphanumeric);
        let inside = match character {
            ' ' | '\n' => false,
            '$' | '€' | '£' => at == 0,
            '%' => at > 0,
            '\'' | '’' | '-' | '.' | ',' | '/' | '&' | '‑' => at > 0 && followed(),
            _ => character.is_alphanumeric(),
        };
        if !inside {
            return if at == 0 { end } else { at };
        }
        at = end;
    }
}

/// Letters and digits of one byte: a look into a table is faster than three comparisons.
const IS_ALPHANUMERIC: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Months and units roll with the figures beside them.
const UNITS: [&str; 27] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "million",
    "millions",
    "billion",
    "billions",
    "thousand",
    "thousands",
    "percent",
    "jan",
    "feb",
    "mar",
    "apr",
    "aug",
    "sept",
    "oct",
    "dec",
];

/// A figure, a date or a unit; or a mark that says nothing without one.
pub(crate) fn is_figure_or_mark(token: &str) -> bool {
    is_figure(token)
        || !token.chars().any(char::is_alphanumeric)
        || is_month(token)
        || UNITS[12..].iter().any(|unit| unit.eq_ignore_ascii_case(token))
}

/// A token with a digit in it.
pub(crate) fn is_figure(token: &str) -> bool {
    token.bytes().any(|b| b.is_ascii_digit())
}

/// A month name; `may` in small letters is none.
pub(crate) fn is_month(token: &str) -> bool {
    token.as_bytes().first().is_some_and(u8::is_ascii_uppercase)
        && UNITS[..12].iter().any(|unit| unit.eq_ignore_ascii_case(token))
}

/// Words too common to say what a text is about, in alphabetical order.
const STOP_WORDS: [&str; 126] = [
    "about",
    "above",
    "after",
    "again",
    "against",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "down",
    "during",
    "each",
    "either",
    "few",
    "for",
    "from",
    "further",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "may",
    "me",
    "might",
    "more",
    "most",
    "must",
    "my",
    "myself",
    "no",
    "nor",
    "not",
    "of",
    "off",
    "on",
    "once",
    "only",
    "or",
    "other",
    "our",
    "ours",
    "ourselves",
    "out",
    "over",
    "own",
    "same",
    "shall",
    "she",
    "should",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "too",
    "under",
    "until",
    "up",
    "very",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "why",
    "will",
    "with",
    "would",
    "you",
    "your",
    "yours",
];

/// Whether a word in small letters is too common to count.
pub(crate) fn is_stop_word(word: &str) -> bool {
    word.len() < 2 || STOP_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_names_stay_whole() {
        let text = "In fiscal 2024, the Company’s non-GAAP margin was 43.9% ($1,234.5 million).";
        let found: Vec<&str> = tokens(text).map(|token| token.text).collect();
        insta::assert_snapshot!(found.join("·"), @"In·fiscal·2024·,·the·Company’s·non-GAAP·margin·was·43.9%·(·$1,234.5·million·)·.");
        let joined: String = tokens(text).flat_map(|token| [token.space, token.text]).collect();
        assert_eq!(joined, text);
    }

    #[test]
    fn stop_words_can_be_searched() {
        assert!(STOP_WORDS.is_sorted());
    }
}
