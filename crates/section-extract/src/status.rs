//! What became of an Item: its own text, a pointer to another place, or the statement that there is none.

use filing_model::{Status, word_count};

use crate::heading::is_omission;

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
    // A change of accountants without disagreements is no omission.
    const EVENTS: [&str; 6] = ["dismiss", "resign", "engaged", "appoint", "replaced", "ceased"];
    if EVENTS.iter().any(|event| lower.contains(event)) {
        return false;
    }
    is_omission(text) && words <= 25
        || PHRASES.iter().any(|phrase| lower.contains(phrase)) && !lower.contains("incorporated")
}

/// Words that say something of their own; more of them beside a pointer make a text.
const OWN_WORDS: usize = 22;
/// So many may stand beside words that incorporate by reference: of what the other document is, and when it is filed.
const OWN_WORDS_BESIDE_INCORPORATION: usize = 60;

/// Whether the text does nothing but point: hardly a sentence of it says anything else.
fn is_pointer(lower: &str, words: usize) -> bool {
    let own: usize = lower
        .split_inclusive(". ")
        .filter(|sentence| !points(sentence))
        .map(|sentence| sentence.split_whitespace().count())
        .sum();
    let incorporated = incorporates(lower) || is_to_be_filed(lower);
    incorporated && own < OWN_WORDS_BESIDE_INCORPORATION || words <= 80 && own < OWN_WORDS && own < words
}

/// Rule 12b-23: incorporation by reference.
fn incorporates(text: &str) -> bool {
    text.contains("incorporat") && text.contains("reference") || text.contains("reference is made to")
}

/// Part III follows in the proxy statement or in an amendment (General Instruction G(3)).
fn is_to_be_filed(lower: &str) -> bool {
    const WHERE: [&str; 4] = ["proxy statement", "information statement", "schedule 14a", "amendment"];
    const HOW: [&str; 5] = ["omitted because", "will be", "to be filed", "shall be", "is omitted"];
    (lower.contains("information") || lower.contains("this item"))
        && WHERE.iter().any(|place| lower.contains(place))
        && HOW.iter().any(|phrase| lower.contains(phrase))
}

/// Whether a sentence sends the reader to another place: words that point, and a place that it names.
fn points(sentence: &str) -> bool {
    const STRONG: [&str; 5] =
        ["refer to", "begin on page", "follow the signature", "reported on page", "submitted as"];
    const WEAK: [&str; 25] = [
        "see ",
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
        "appears on",
        "appear on",
        "provided in",
        "provided under",
        "listed under",
        "listed in",
    ];
    const PLACES: [&str; 17] = [
        "item",
        "note",
        "part ",
        "page",
        "exhibit",
        "section",
        "caption",
        "heading",
        "elsewhere",
        "“",
        "\"",
        "appendix",
        "index",
        "statements",
        "report",
        "form 10-k",
        "f-",
    ];
    let names_place = || PLACES.iter().any(|place| sentence.contains(place));
    incorporates(sentence)
        || sentence.contains("have been omitted")
        || is_to_be_filed(sentence)
        || STRONG.iter().any(|phrase| sentence.contains(phrase))
        || WEAK.iter().any(|phrase| sentence.contains(phrase)) && names_place()
}

/// Where a pointer points, in the words reports use.
fn target(lower: &str, text: &str) -> String {
    for exhibit in ["exhibit 13", "exhibit (13)", "exhibit 99"] {
        if lower.contains(exhibit) {
            return exhibit.replace(['(', ')'], "").replacen("exhibit", "Exhibit", 1);
        }
    }
    if ["proxy statement", "information statement", "schedule 14a"].iter().any(|name| lower.contains(name)) {
        return "proxy statement".to_owned();
    }
    if is_to_be_filed(lower) {
        return "an amendment to this report".to_owned();
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
    // `this Item 10` is the Item itself.
    let at = lower
        .match_indices(&word.to_ascii_lowercase())
        .map(|(at, _)| at)
        .find(|&at| !lower[..at].ends_with("this "))?;
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
            (
                "The information required by this Item will be supplied by a Schedule 14A filing or an amendment.",
                Status::ByReference,
                Some("proxy statement"),
            ),
            ("In May we dismissed our auditors. There were no disagreements with them.", Status::Found, None),
            ("No director was paid for services provided in that capacity.", Status::Found, None),
            ("See Exhibit 13.", Status::ByReference, Some("Exhibit 13")),
            ("Our headquarters are in Rochester.", Status::Found, None),
        ];
        for (text, status, target) in cases {
            assert_eq!(judge(text, false), Judged { status, refers_to: target.map(str::to_owned) }, "{text}");
        }
    }
}
