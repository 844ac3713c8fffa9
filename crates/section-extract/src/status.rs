//! What became of an Item: its own text, a pointer to another place, or the statement that there is none.

use filing_model::{Status, word_count};

use crate::candidate::is_omission;

/// The judgement on an Item's text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) status: Status,
    pub(crate) refers_to: Option<String>,
}

/// More words than this are a text of its own, whatever they refer to.
const LONGEST_POINTER: usize = 130;
/// More words than this say more than "none".
const LONGEST_OMISSION: usize = 60;

/// Judges by wording and length (Rule 12b-13: an inapplicable Item carries a sentence that says so; Rule 12b-23: others
/// may be incorporated by reference).
pub(crate) fn judge(text: &str, reserved: bool) -> Judged {
    let words = word_count(text);
    if words == 0 || reserved && words < 4 {
        return Judged { status: Status::Omitted, refers_to: None };
    }
    if words > LONGEST_POINTER {
        return Judged { status: Status::Found, refers_to: None };
    }
    let lower = text.to_lowercase().replace(['\n', '’'], " ");
    if words <= LONGEST_OMISSION && says_omitted(text, &lower, words) {
        return Judged { status: Status::Omitted, refers_to: None };
    }
    if !text.contains(" | ") && is_pointer(&lower, words) {
        return Judged { status: Status::ByReference, refers_to: Some(target(&lower, text)) };
    }
    Judged { status: Status::Found, refers_to: None }
}

fn says_omitted(text: &str, lower: &str, words: usize) -> bool {
    const PHRASES: [&str; 13] = [
        "not applicable",
        "not required",
        "there are no unresolved",
        "no unresolved",
        "there were no changes in or disagreements",
        "no matters were submitted",
        "no matter was submitted",
        "there were no matters submitted",
        "[reserved]",
        "omitted pursuant",
        "there were no disagreements",
        "has been omitted",
        "nothing to report",
    ];
    is_omission(text) && words <= 25
        || PHRASES.iter().any(|phrase| lower.contains(phrase)) && !lower.contains("incorporated")
}

/// Words that say something of their own; more of them beside a pointer make a text.
const OWN_WORDS: usize = 30;

/// Whether the text does nothing but point: hardly a sentence of it says anything else.
fn is_pointer(lower: &str, words: usize) -> bool {
    const WEAK: [&str; 30] = [
        "see ",
        "refer to",
        "set forth in",
        "set forth under",
        "set forth on",
        "included in",
        "included under",
        "included elsewhere",
        "contained in",
        "contained under",
        "appears in",
        "appears under",
        "appear in",
        "appearing",
        "presented in",
        "presented under",
        "found in",
        "found under",
        "described in",
        "discussed in",
        "begin on page",
        "follow the signature",
        "appears on",
        "appear on",
        "reported on page",
        "provided in",
        "provided under",
        "listed under",
        "listed in",
        "submitted as",
    ];
    let incorporated =
        lower.contains("incorporat") && lower.contains("reference") || lower.contains("reference is made to");
    if incorporated || lower.contains("omitted because") && lower.contains("proxy statement") {
        return true;
    }
    let own: usize = lower
        .split_inclusive(". ")
        .filter(|sentence| !WEAK.iter().any(|phrase| sentence.contains(phrase)))
        .map(|sentence| sentence.split_whitespace().count())
        .sum();
    words <= 80 && own < OWN_WORDS && own < words
}

/// Where a pointer points, in the words reports use.
fn target(lower: &str, text: &str) -> String {
    for exhibit in ["exhibit 13", "exhibit (13)", "exhibit 99"] {
        if lower.contains(exhibit) {
            return exhibit.replace(['(', ')'], "").replacen("exhibit", "Exhibit", 1);
        }
    }
    if lower.contains("proxy statement") || lower.contains("information statement") {
        return "proxy statement".to_owned();
    }
    if lower.contains("annual report to")
        || lower.contains("to shareholders")
        || lower.contains("to stockholders")
        || lower.contains("shareowners")
    {
        return "annual report to shareholders".to_owned();
    }
    named(text, "Note ")
        .or_else(|| named(text, "Item "))
        .or_else(|| named(text, "Part "))
        .or_else(|| pages(text))
        .unwrap_or_else(|| "another place in this document".to_owned())
}

/// `Note 12`, `Item 15`: the word and the number after it.
fn named(text: &str, word: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let at = lower.find(&word.to_ascii_lowercase())?;
    let after = &text[at + word.len()..];
    let length = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
    let name = &after[..length];
    let numbered = name.starts_with(|c: char| c.is_ascii_digit())
        || name.bytes().all(|b| matches!(b, b'I' | b'V')) && !name.is_empty();
    numbered.then(|| format!("{word}{name}"))
}

fn pages(text: &str) -> Option<String> {
    let at = text.find("F-")?;
    let digits = text[at + 2..].bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| format!("page {}", &text[at..at + 2 + digits]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_told_apart_by_their_wording() {
        let cases = [
            ("None.", Status::Omitted, None),
            ("[Reserved]", Status::Omitted, None),
            ("Not applicable to smaller reporting companies.", Status::Omitted, None),
            (
                "The information is incorporated by reference to our Proxy Statement.",
                Status::ByReference,
                Some("proxy statement"),
            ),
            (
                "See Note 12 of the Notes to Consolidated Financial Statements.",
                Status::ByReference,
                Some("Note 12"),
            ),
            ("The financial statements begin on page F-1.", Status::ByReference, Some("page F-1")),
            ("See Exhibit 13.", Status::ByReference, Some("Exhibit 13")),
            ("Our headquarters are in Rochester.", Status::Found, None),
        ];
        for (text, status, target) in cases {
            assert_eq!(judge(text, false), Judged { status, refers_to: target.map(str::to_owned) }, "{text}");
        }
    }
}
