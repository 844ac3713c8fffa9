//! Labels whose body begins with the rest of a wrapped heading.

use std::sync::LazyLock;

use super::words::normalised;
use crate::Label;

/// How captions of all eras end, one a line.
static CAPTIONS: LazyLock<Vec<Vec<String>>> =
    LazyLock::new(|| include_str!("../../data/captions.txt").lines().map(normalised).collect());

/// Words of the heading that must stand before its rest.
const ANCHOR: usize = 2;

/// The label without the rest of its heading; `None` when its body begins where it should.
pub(super) fn without_rest_of_heading(label: &Label) -> Option<Label> {
    let rest = rest_of_heading(label);
    if rest == 0 {
        return None;
    }
    let start: Vec<&str> = label.start_words.split_whitespace().collect();
    let cut = tokens_holding(&start, rest);
    let remaining = start[cut..].join(" ");
    let words = label.words.saturating_sub(cut);
    let mut shorter = Label { words, text_words: None, ..label.clone() };
    if label.words <= start.len() {
        // The whole body was in its first words.
        shorter.end_words.clone_from(&remaining);
    }
    if words <= 12 && says_none(&remaining) {
        "reserved_or_none".clone_into(&mut shorter.status);
    }
    shorter.start_words = remaining;
    Some(shorter)
}

/// How many words at the start of the body belong to the caption.
fn rest_of_heading(label: &Label) -> usize {
    let heading = normalised(label.heading.as_deref().unwrap_or_default());
    let start = normalised(&label.start_words);
    let continues = |caption: &[String], rest: usize| {
        let (begun, ended) = caption.split_at(caption.len() - rest);
        start.starts_with(ended) && heading.ends_with(&begun[begun.len().saturating_sub(ANCHOR)..])
    };
    CAPTIONS
        .iter()
        .flat_map(|caption| (1..caption.len()).map(move |rest| (caption, rest)))
        .filter(|(caption, rest)| continues(caption, *rest))
        .map(|(_, rest)| rest)
        .max()
        .unwrap_or(0)
}

/// How many tokens hold so many words, with tokens that hold none at their end.
fn tokens_holding(tokens: &[&str], words: usize) -> usize {
    (0..tokens.len())
        .find(|&cut| {
            normalised(&tokens[..cut].join(" ")).len() >= words && !normalised(tokens[cut]).is_empty()
        })
        .unwrap_or(tokens.len())
}

fn says_none(text: &str) -> bool {
    let text = normalised(text).join(" ");
    ["none", "not applicable", "not required", "n a", "there are no"]
        .iter()
        .any(|phrase| text.starts_with(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(heading: &str, start: &str, words: usize) -> Label {
        Label {
            status: "present".into(),
            heading: Some(heading.into()),
            start_words: start.into(),
            end_words: start.into(),
            words,
            text_words: Some(words),
            internal_pointer: false,
            decided: None,
        }
    }

    #[test]
    fn the_second_line_of_a_heading_is_no_text() {
        let wrapped = label("Item 14. Principal Accountant", "Fees and Services – We paid our auditor", 40);
        let shorter = without_rest_of_heading(&wrapped).expect("the heading goes on");
        assert_eq!((shorter.start_words.as_str(), shorter.words), ("We paid our auditor", 36));
        assert_eq!(shorter.status, "present");
    }

    #[test]
    fn none_behind_the_second_line_is_none() {
        let wrapped =
            label("Item 9C. Disclosure Regarding Foreign Jurisdictions", "that Prevent Inspections None.", 4);
        let shorter = without_rest_of_heading(&wrapped).expect("the heading goes on");
        assert_eq!((shorter.status.as_str(), shorter.end_words.as_str()), ("reserved_or_none", "None."));
    }

    #[test]
    fn a_body_that_only_resembles_a_caption_stays() {
        assert!(
            without_rest_of_heading(&label("Item 1. Business", "and services are our trade", 90)).is_none()
        );
    }
}
