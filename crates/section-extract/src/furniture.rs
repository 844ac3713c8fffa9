//! What a page carries besides its text: page numbers, running heads, links back to the contents.

use rustc_hash::FxHashMap;

use crate::blocks::{Block, Blocks};

/// A running head is short.
const LONGEST_HEAD: usize = 120;
/// It stands at the edge of a page, among so many blocks.
const EDGE: usize = 3;
/// And on so many pages.
const FEWEST: u32 = 4;

/// For each block, whether it belongs to the page and not to the text.
pub(crate) fn mark(blocks: &Blocks) -> Vec<bool> {
    let list = &blocks.list;
    let mut marks: Vec<bool> = list.iter().map(|block| stands_alone(block, blocks.text_of(block))).collect();
    let boundaries = page_boundaries(list, &marks);
    let mut pages: FxHashMap<String, u32> = FxHashMap::default();
    for &boundary in &boundaries {
        for index in edge(boundary, list.len()) {
            if let Some(key) = running_key(blocks, index) {
                *pages.entry(key).or_default() += 1;
            }
        }
    }
    let is_running = |index: usize| {
        running_key(blocks, index).is_some_and(|key| pages.get(&key).is_some_and(|pages| *pages >= FEWEST))
    };
    for &boundary in &boundaries {
        // From the edge inwards, as far as everything is furniture: text in between ends the search.
        for index in edge(boundary, list.len()).filter(|&index| index >= boundary) {
            if !(marks[index] || is_running(index)) {
                break;
            }
            marks[index] = true;
        }
        for index in edge(boundary, list.len()).rev().filter(|&index| index < boundary) {
            if !(marks[index] || is_running(index)) {
                break;
            }
            marks[index] = true;
        }
    }
    marks
}

/// Blocks around the boundary of two pages.
fn edge(boundary: usize, blocks: usize) -> std::ops::Range<usize> {
    boundary.saturating_sub(EDGE)..(boundary + EDGE).min(blocks)
}

/// Where pages begin: at page marks; in a document without them, after page numbers.
fn page_boundaries(list: &[Block], marks: &[bool]) -> Vec<usize> {
    let marked: Vec<usize> =
        list.iter().enumerate().filter(|(_, block)| block.page_start).map(|(index, _)| index).collect();
    if marked.len() >= EDGE {
        return marked;
    }
    marks.iter().enumerate().filter(|(_, mark)| **mark).map(|(index, _)| index + 1).collect()
}

/// Page numbers and links to the contents, wherever they stand.
fn stands_alone(block: &Block, text: &str) -> bool {
    if block.table != 0 && block.cells > 1 {
        return false;
    }
    text.len() <= 40 && (is_page_number(text) || is_contents_link(text, block)) || is_continued(text, block)
}

/// A heading repeated on the next page, `Item 1. Business (continued)`, or what is left of one.
fn is_continued(text: &str, block: &Block) -> bool {
    if text.len() > LONGEST_HEAD {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphabetic());
    let tail = |word: &str| {
        let at = bare.len().checked_sub(word.len())?;
        bare.get(at..).filter(|end| end.eq_ignore_ascii_case(word)).map(|_| &bare[..at])
    };
    let Some(before) = tail("continued").or_else(|| tail("cont’d")).or_else(|| tail("cont'd")) else {
        return false;
    };
    let set_off = before.trim_end().ends_with(['(', '-', '–', '—', '[', ',']);
    before.is_empty() || set_off && (block.emphasised() || !before.chars().any(char::is_lowercase))
}

fn is_contents_link(text: &str, block: &Block) -> bool {
    const LINKS: [&str; 8] = [
        "table of contents",
        "(table of contents)",
        "return to contents",
        "back to contents",
        "index to financial statements",
        "return to table of contents",
        "back to table of contents",
        "go to contents",
    ];
    let lower = text.to_ascii_lowercase();
    LINKS.contains(&lower.trim_matches(|c: char| matches!(c, '[' | ']' | '.' | ' ')))
        && (lower != "index to financial statements" || block.link.is_some())
}

/// `17`, `- 17 -`, `Page 17`, `F-17`, `xii`.
pub(crate) fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        matches!(c, '-' | '–' | '—' | ' ' | '.' | '|' | '[' | ']' | '(' | ')' | '*' | '\n')
    });
    let bare = bare
        .strip_prefix("Page ")
        .or_else(|| bare.strip_prefix("PAGE "))
        .or_else(|| bare.strip_prefix("page "))
        .unwrap_or(bare);
    let bare = bare.split_once(" of ").map_or(bare, |(page, _)| page).trim();
    let bytes = bare.as_bytes();
    let number = match bytes {
        [letter, b'-', rest @ ..] | [letter, b' ', b'-', b' ', rest @ ..] if letter.is_ascii_alphabetic() => {
            rest
        }
        [b'I' | b'V', b'I' | b'V', b'-', rest @ ..] => rest,
        _ => bytes,
    };
    let digits = (1..=3).contains(&number.len()) && number.iter().all(u8::is_ascii_digit);
    let roman = (1..=6).contains(&bytes.len()) && bytes.iter().all(|b| matches!(b, b'i' | b'v' | b'x'));
    digits || roman
}

/// What a running head has in common from page to page: its letters, and the figures of an Item's number. Heads that name
/// the Items of their page (`PART II, III`, `Item 9B, 10, 11`) have their form in common.
fn running_key(blocks: &Blocks, index: usize) -> Option<String> {
    let text = blocks.text_of(&blocks.list[index]);
    if text.len() > LONGEST_HEAD || is_row_of_table(&blocks.list, index) {
        return None;
    }
    if is_label_alone(text) {
        return Some("\u{1}labels".to_owned());
    }
    let names_item = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("item"));
    let key: String =
        text.chars().filter(|c| c.is_alphabetic() || names_item && c.is_ascii_digit()).collect();
    // The first page of a part has the head without "continued".
    let key = ["Continued", "continued", "CONTINUED"]
        .iter()
        .find_map(|word| key.strip_suffix(word))
        .unwrap_or(&key);
    (key.len() >= 3).then(|| key.to_owned())
}

/// A row with others of the same table beside it.
fn is_row_of_table(list: &[Block], index: usize) -> bool {
    let table = list[index].table;
    let beside = |other: Option<&Block>| other.is_some_and(|block| block.table == table);
    table != 0 && (beside(list.get(index + 1)) || index > 0 && beside(list.get(index - 1)))
}

/// Nothing but Parts and the numbers of Items.
fn is_label_alone(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let labelled = words
        .peek()
        .is_some_and(|word| ["part", "item", "items"].iter().any(|label| label.eq_ignore_ascii_case(word)));
    labelled && words.all(is_label_word)
}

fn is_label_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let digits = lower.trim_end_matches(['a', 'b', 'c']);
    ["part", "item", "items", "and", "i", "ii", "iii", "iv"].contains(&lower.as_str())
        || !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_of_all_kinds() {
        for text in ["7", "- 17 -", "Page 3 of 90", "F-12", "xii", "F - 3", "| 17"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2024", "None", "$ 17", "7A", "1,234", "mix of"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
