//! The number at the head of an Item: `Item 1A.`, `ITEMS 1 and 2`, `Part II, Item 9A(T)`.

use filing_model::Item;

use crate::numbering::Numbering;

/// Which Items a heading names, and where its caption begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) items: Vec<Item>,
    /// Bytes up to the caption, punctuation included.
    pub(crate) end: usize,
    /// `item` in small letters: mostly a mention in a sentence.
    pub(crate) lower_case: bool,
}

/// Reads the label that a text begins with, after an optional Part.
pub(crate) fn read(text: &str, numbering: Numbering) -> Option<Label> {
    let start = skip_part(text);
    let lower_case = text[start..].starts_with("item");
    let (first, mut at) = numbered(text, start, numbering)?;
    let mut items = vec![first];
    while let Some((item, end, through)) = further(text, at, numbering) {
        if items.len() >= Item::ALL.len() {
            break;
        }
        if through {
            let last = items[items.len() - 1];
            items.extend(Item::ALL.into_iter().filter(|between| *between > last && *between < item));
        }
        items.push(item);
        at = end;
    }
    items.dedup();
    if !items.is_sorted() {
        items.truncate(1);
    }
    Some(Label { items, end: skip_punctuation(text, at), lower_case })
}

/// `Item`, `Items`, `Item No.` and the first number.
fn numbered(text: &str, start: usize, numbering: Numbering) -> Option<(Item, usize)> {
    let at = strip_word(text, start, "item")?;
    let at = text[at..].strip_prefix(['s', 'S']).map_or(at, |rest| text.len() - rest.len());
    let at = skip_blanks(text, at);
    let at = strip_word(text, at, "no.")
        .or_else(|| strip_word(text, at, "number "))
        .map_or(at, |at| skip_blanks(text, at));
    number(text, at, numbering)
}

/// Another Item under the same heading: `and 2`, `, 11`, `through 14`, `and Item 2`.
fn further(text: &str, at: usize, numbering: Numbering) -> Option<(Item, usize, bool)> {
    let rest = &text[at..];
    let trimmed = rest.trim_start_matches(['.', ',', ';', ' ', '\n']);
    let mut next = text.len() - trimmed.len();
    let mut through = false;
    let mut linked = rest.starts_with(',');
    for (word, range) in [
        ("and ", false),
        ("& ", false),
        ("through ", true),
        ("thru ", true),
        ("to ", true),
        ("-", true),
        ("–", true),
    ] {
        if let Some(end) = strip_word(text, next, word) {
            next = skip_blanks(text, end);
            through = range;
            linked = true;
            break;
        }
    }
    if !linked {
        return None;
    }
    let with_item = numbered(text, next, numbering);
    let (item, end) = with_item.or_else(|| number(text, next, numbering))?;
    // `Item 1 - 2 plants`: a bare number goes on only when a separator follows it.
    let closed = text[end..].chars().next().is_none_or(|c| {
        matches!(c, '.' | ',' | ':' | ';' | '-' | '–' | '—' | '|' | '\n')
            || c == ' ' && followed_by_link(text, end)
    });
    (with_item.is_some() || closed).then_some((item, end, through))
}

fn followed_by_link(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start();
    ["and ", "AND ", "And ", "&", "|", "-", "–", "—", "through", "THROUGH"]
        .iter()
        .any(|word| rest.starts_with(word))
        || rest.chars().next().is_some_and(char::is_uppercase)
}

/// `1`, `1A`, `1 A`, `9(A)`, `9A(T)`.
fn number(text: &str, at: usize, numbering: Numbering) -> Option<(Item, usize)> {
    let bytes = text.as_bytes();
    let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let mut end = at + digits;
    let mut name = text[at..end].to_owned();
    if let Some((letter, after)) = letter(text, end) {
        name.push(letter);
        end = after;
    }
    let item = numbering.item(&name).or_else(|| {
        end = at + digits;
        numbering.item(&text[at..end])
    })?;
    if text[end..].starts_with("(T)") || text[end..].starts_with("(t)") {
        end += 3;
    }
    let joined = bytes.get(end).is_some_and(|b| b.is_ascii_digit() || *b == b'%' || *b == b'/');
    (!joined).then_some((item, end))
}

/// The letter of an Item's number, however it is set off from the digits.
fn letter(text: &str, at: usize) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    let is_letter =
        |at: usize| bytes.get(at).is_some_and(|b| matches!(b.to_ascii_uppercase(), b'A' | b'B' | b'C'));
    let ends = |at: usize| bytes.get(at).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'\'');
    let upper = |at: usize| char::from(bytes[at].to_ascii_uppercase());
    if is_letter(at)
        && (ends(at + 1)
            || bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase)
                && bytes.get(at + 2).is_some_and(u8::is_ascii_lowercase))
    {
        return Some((upper(at), at + 1));
    }
    let bracket = bytes.get(at) == Some(&b'(') && is_letter(at + 1) && bytes.get(at + 2) == Some(&b')');
    if bracket {
        return Some((upper(at + 1), at + 3));
    }
    let set_off = matches!(bytes.get(at), Some(b' ' | b'-' | b'.'))
        && is_letter(at + 1)
        && matches!(bytes.get(at + 2), Some(b'.' | b':' | b'-' | b')'));
    (set_off && bytes[at + 1].is_ascii_uppercase()).then(|| (upper(at + 1), at + 2))
}

/// `PART I`, alone or with a comma, before the Item on the same line.
fn skip_part(text: &str) -> usize {
    let Some(at) = strip_word(text, 0, "part ") else { return 0 };
    let numeral = text[at..].bytes().take_while(|b| matches!(b.to_ascii_uppercase(), b'I' | b'V')).count();
    if numeral == 0 { 0 } else { skip_punctuation(text, at + numeral) }
}

fn skip_punctuation(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(|c: char| {
        matches!(c, '.' | ':' | ';' | ',' | ')' | '-' | '–' | '—' | '|' | '\u{2015}' | '•' | '*')
            || c.is_whitespace()
    });
    text.len() - rest.len()
}

fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches([' ', '\n', '|', '#']);
    text.len() - rest.len()
}

/// The place after `word`, in any case; an ASCII word.
fn strip_word(text: &str, at: usize, word: &str) -> Option<usize> {
    let end = at + word.len();
    text.as_bytes()
        .get(at..end)
        .is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
        .then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_as_filers_write_them() {
        let cases = [
            ("Item 1. Business", "1", "Business"),
            ("ITEM 1A.RISK FACTORS", "1A", "RISK FACTORS"),
            ("Item 1A—Risk Factors", "1A", "Risk Factors"),
            ("ITEM15 . EXHIBITS", "15", "EXHIBITS"),
            ("Item 1 A. Risk", "1A", "Risk"),
            ("Item 9(A). Controls", "9A", "Controls"),
            ("Item 9A(T).Controls", "9A", "Controls"),
            ("Item No. 7 | Discussion", "7", "Discussion"),
            ("PART I, ITEM 1. Business", "1", "Business"),
            ("PART II\nItem 5", "5", ""),
            ("Items 1 and 2. Business and Properties", "1 2", "Business and Properties"),
            ("Items 1. and 2. Business", "1 2", "Business"),
            ("ITEMS 10, 11, 12 and 13. DIRECTORS", "10 11 12 13", "DIRECTORS"),
            ("Items 10 through 14. Directors", "10 11 12 13 14", "Directors"),
            ("Item 1 and Item 2. Business", "1 2", "Business"),
            ("Item 1. A summary of events", "1", "A summary of events"),
            ("ITEM 1BUSINESS", "1", "BUSINESS"),
            ("Item 7. 2024 against 2023", "7", "2024 against 2023"),
        ];
        for (text, items, rest) in cases {
            let label = read(text, Numbering::TenK).unwrap_or_else(|| panic!("{text}"));
            let names: Vec<_> = label.items.iter().map(|item| item.number()).collect();
            assert_eq!((names.join(" ").as_str(), &text[label.end..]), (items, rest), "{text}");
        }
        for text in [
            "Itemized deductions",
            "Item 17. Other",
            "Item 402 of Regulation S-K",
            "items of value",
            "Item 1.01",
        ] {
            let label = read(text, Numbering::TenK);
            assert!(
                label.as_ref().is_none_or(|label| text.starts_with("Item 1.01") && label.items == [Item::I1]),
                "{text}: {label:?}"
            );
        }
    }
}
