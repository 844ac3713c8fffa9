//! What a page carries besides its text: page numbers, running heads, links back to the contents.

use rustc_hash::FxHashMap;

use crate::blocks::{Block, Blocks};

/// A running head is short.
const LONGEST_HEAD: usize = 120;
/// It stands at the edge of a page: among so many blocks.
const EDGE: usize = 3;
/// And on so many pages.
const FEWEST: usize = 4;

/// For each block, whether it belongs to the page and not to the text.
pub(crate) fn mark(blocks: &Blocks) -> Vec<bool> {
    let list = &blocks.list;
    let mut marks: Vec<bool> = list.iter().map(|block| stands_alone(block, blocks.text_of(block))).collect();
    let edges = page_edges(list, &marks);
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for (index, block) in list.iter().enumerate() {
        if edges[index] && !marks[index] && let Some(key) = running_key(blocks.text_of(block)) {
            *seen.entry(key).or_default() += 1;
        }
    }
    let fewest = u32::try_from(FEWEST).unwrap_or(u32::MAX);
    for (index, block) in list.iter().enumerate() {
        if edges[index] && !marks[index] && let Some(key) = running_key(blocks.text_of(block)) {
            marks[index] = seen.get(&key).is_some_and(|count| *count >= fewest);
        }
    }
    marks
}

/// Page numbers and links to the contents, wherever they stand.
fn stands_alone(block: &Block, text: &str) -> bool {
    if text.len() > 40 || block.table != 0 && block.cells > 1 {
        return false;
    }
    is_page_number(text) || is_contents_link(text, block)
}

fn is_contents_link(text: &str, block: &Block) -> bool {
    const LINKS: [&str; 8] = [
        "table of contents", "(table of contents)", "return to contents", "back to contents", "index to financial statements",
        "return to table of contents", "back to table of contents", "go to contents",
    ];
    let lower = text.to_ascii_lowercase();
    LINKS.contains(&lower.trim_matches(|c: char| matches!(c, '[' | ']' | '.' | ' ')))
        && (lower != "index to financial statements" || block.link.is_some())
}

/// `17`, `- 17 -`, `Page 17`, `F-17`, `xii`.
pub(crate) fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | ' ' | '.' | '|' | '[' | ']' | '*' | '\n'));
    let bare = bare.strip_prefix("Page ").or_else(|| bare.strip_prefix("PAGE ")).or_else(|| bare.strip_prefix("page ")).unwrap_or(bare);
    let bare = bare.split_once(" of ").map_or(bare, |(page, _)| page).trim();
    let bytes = bare.as_bytes();
    let number = match bytes {
        [letter, b'-', rest @ ..] | [letter, b' ', b'-', b' ', rest @ ..] if letter.is_ascii_alphabetic() => rest,
        [b'I' | b'V', b'I' | b'V' , b'-', rest @ ..] => rest,
        _ => bytes,
    };
    let digits = (1..=3).contains(&number.len()) && number.iter().all(u8::is_ascii_digit);
    let roman = (1..=6).contains(&bytes.len()) && bytes.iter().all(|b| matches!(b, b'i' | b'v' | b'x'));
    digits || roman
}

/// Blocks near the start or the end of a page; where the document has no page marks, near page numbers.
fn page_edges(list: &[Block], marks: &[bool]) -> Vec<bool> {
    let mut edges = vec![false; list.len()];
    for (index, block) in list.iter().enumerate() {
        if block.page_start || marks[index] {
            let from = index.saturating_sub(EDGE);
            let to = (index + EDGE + 1).min(list.len());
            edges[from..to].fill(true);
        }
    }
    edges
}

/// What a running head has in common from page to page: its letters, without figures.
fn running_key(text: &str) -> Option<String> {
    if text.len() > LONGEST_HEAD {
        return None;
    }
    let names_item = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("item"));
    let key: String = text
        .chars()
        .filter(|c| c.is_alphabetic() || names_item && c.is_ascii_digit())
        .flat_map(char::to_lowercase)
        .collect();
    (key.len() >= 3).then_some(key)
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
