//! Text of strangers in a cell: never a formula.

use std::borrow::Cow;

/// What spreadsheets begin a formula with, in the wide letters of East Asia too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The text for a cell. What a spreadsheet could take for a formula gets an apostrophe in front; plain numbers do not.
///
/// Blanks in front are looked through, since some programs drop them. Tabs and line ends in front are defused by themselves.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let is_formula =
        text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(FORMULA) && !is_number(text);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// `-1,204.5`, `+3%`
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_formula_is_defused() {
        for text in [
            "=1+1",
            "+A1",
            "-A1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{a0}=1",
            "-2+3",
            "-",
            "-.5",
            "＝1",
            "=HYPERLINK(\"https://evil.example\")",
        ] {
            assert_eq!(cell(text), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn numbers_and_sentences_stay() {
        for text in ["", "-12.5", "+3%", "-1,204", "0.97", "We sell meters.", "a = b", "'=1", "(12)", "–"] {
            assert_eq!(cell(text), text);
        }
    }
}
