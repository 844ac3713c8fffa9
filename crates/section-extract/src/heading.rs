//! How far a heading goes: its label, its caption, and where the text behind it begins.

use filing_model::Item;

use crate::{
    blocks::Block,
    candidate::{Document, Place},
    label::{self, Label},
    numbering::Numbering,
    titles::{self, TitleMatch, Word},
};

/// The extent of a heading.
#[derive(Debug)]
pub(crate) struct Heading {
    pub(crate) items: Vec<Item>,
    caption: Option<TitleMatch>,
    pub(crate) body: Place,
    /// Text goes on in the same paragraph.
    pub(crate) runs_in: bool,
    pub(crate) reserved: bool,
}

/// A caption of all eras has fewer words than this.
const CAPTION_WORDS: usize = 40;
/// More words than this after a caption are no part of the heading.
const HEADING_REST: usize = 30;

impl Heading {
    pub(crate) fn read(document: &Document<'_>, index: usize, offset: usize, label: &Label) -> Self {
        let text = document.text_near(index, offset);
        let caption_start = offset + label.end;
        let rest = &text[caption_start..];
        let mut words = titles::words(rest, CAPTION_WORDS);
        // `Business and Item 2. Properties`: the caption ends before the next label.
        if let Some(second) = words.iter().position(|word| word.text.eq_ignore_ascii_case("item")) {
            words.truncate(second);
        }
        let mut items = label.items.clone();
        if words.is_empty() {
            return Self::caption_below(document, index, items);
        }
        let caption = best_of(&items, &words);
        if let Some(wrapped) = caption.and_then(|found| Self::wrapped(document, index, &items, &words, found))
        {
            return wrapped;
        }
        let caption_end = caption.map_or(caption_start, |found| caption_start + end_of(&words, found.used));
        let caption_end = join_second_item(text, caption_end, &mut items, document.numbering);
        let body_offset = heading_end(&document.blocks.list[index], text, offset, caption_end);
        let reserved = text[caption_start..body_offset].to_ascii_lowercase().contains("reserved");
        let body = body_place(document, index, body_offset);
        Self { items, caption, runs_in: body.block == index, body, reserved }
    }

    /// `Item 7.` stands alone and the caption in the next paragraph.
    fn caption_below(document: &Document<'_>, index: usize, items: Vec<Item>) -> Self {
        let plain =
            Self { items, caption: None, body: next_place(document, index), runs_in: false, reserved: false };
        let Some(next) = document.next(index) else { return plain };
        let text = document.text_near(next, 0);
        let words = titles::words(text, CAPTION_WORDS);
        let Some(found) = best_of(&plain.items, &words).filter(|found| found.share > 0.7) else {
            return plain;
        };
        if let Some(wrapped) = Self::wrapped(document, next, &plain.items, &words, found) {
            return wrapped;
        }
        let end = heading_end(&document.blocks.list[next], text, 0, end_of(&words, found.used));
        let body = body_place(document, next, end);
        let reserved = text[..end].to_ascii_lowercase().contains("reserved");
        Self { caption: Some(found), runs_in: body.block == next, body, reserved, ..plain }
    }

    /// The caption goes on in the next paragraphs, which hold nothing else.
    fn wrapped(
        document: &Document<'_>,
        index: usize,
        items: &[Item],
        words: &[Word<'_>],
        found: TitleMatch,
    ) -> Option<Self> {
        if words.len() >= CAPTION_WORDS {
            return None;
        }
        let mut all: Vec<Word<'_>> = words.to_vec();
        let (mut last, mut best) = (index, None);
        for _ in 0..2 {
            last = document.next(last)?;
            let text = document.text_near(last, 0);
            let more = titles::words(text, CAPTION_WORDS);
            let before = all.len();
            all.extend(more.iter().cloned());
            let longer = best_of(items, &all)?;
            let reached = longer.used.saturating_sub(before);
            if reached == 0
                || longer.length <= found.length && found.used < words.len()
                || longer.skipped > 0
                || longer.share < found.share.min(0.99)
                || reached + 3 < more.len()
            {
                break;
            }
            if label::read(text, document.numbering).is_some() {
                break;
            }
            let end = heading_end(&document.blocks.list[last], text, 0, end_of(&more, reached));
            if end < document.text(last).len() {
                break;
            }
            best = Some(Self {
                items: items.to_vec(),
                caption: Some(longer),
                body: next_place(document, last),
                runs_in: false,
                reserved: false,
            });
        }
        best
    }

    pub(crate) fn caption_score(&self) -> f32 {
        match self.caption {
            Some(found) if found.share > 0.8 => 3.0,
            Some(_) => 1.5,
            None if self.runs_in => -3.0,
            None => -0.5,
        }
    }
}

fn best_of(items: &[Item], words: &[Word<'_>]) -> Option<TitleMatch> {
    items
        .iter()
        .filter_map(|item| titles::best_match(*item, words))
        .max_by(|a, b| (a.share, a.used).partial_cmp(&(b.share, b.used)).unwrap_or(std::cmp::Ordering::Equal))
}

fn end_of(words: &[Word<'_>], used: usize) -> usize {
    words.get(used.wrapping_sub(1)).map_or(0, |word| word.range.end)
}

/// Where a body begins when the heading ends at the offset.
fn body_place(document: &Document<'_>, block: usize, offset: usize) -> Place {
    if offset < document.text(block).len() { Place { block, offset } } else { next_place(document, block) }
}

pub(crate) fn next_place(document: &Document<'_>, block: usize) -> Place {
    Place { block: document.next(block).unwrap_or(document.blocks.list.len()), offset: 0 }
}

/// `Item 1. Business and Item 2. Properties`: the second label belongs to the same heading.
fn join_second_item(text: &str, end: usize, items: &mut Vec<Item>, numbering: Numbering) -> usize {
    let rest = &text[end..];
    let trimmed = rest.trim_start_matches([' ', ',', ';', '.', '|', '/']);
    let trimmed = trimmed
        .strip_prefix("and ")
        .or_else(|| trimmed.strip_prefix("AND "))
        .or_else(|| trimmed.strip_prefix("& "))
        .unwrap_or("");
    let Some(second) = label::read(trimmed, numbering) else { return end };
    if second.items[0] <= items[items.len() - 1] {
        return end;
    }
    let start = text.len() - trimmed.len();
    items.extend(second.items);
    let words = titles::words(&text[start + second.end..], CAPTION_WORDS);
    let caption = best_of(items, &words);
    start + second.end + caption.map_or(0, |found| end_of(&words, found.used))
}

/// Where the heading ends in its paragraph and the body begins: at the caption's end, or later when what follows looks
/// the same and is short.
fn heading_end(block: &Block, text: &str, offset: usize, caption_end: usize) -> usize {
    let after = skip_punctuation(text, caption_end);
    let rest = &text[after..];
    if rest.is_empty() || is_omission(rest) {
        return after;
    }
    let words = titles::words(rest, HEADING_REST + 1).len();
    if words == 0 {
        return text.len();
    }
    let lead = block.lead as usize;
    if lead >= text.len() && lead > offset && words <= HEADING_REST && caption_end > offset {
        return text.len();
    }
    if lead > caption_end
        && lead < text.len()
        && text.is_char_boundary(lead)
        && titles::words(&text[after..lead.max(after)], HEADING_REST).len() <= 15
    {
        return skip_punctuation(text, lead);
    }
    // A line break ends a heading of plain text; so does the end of a line in capitals.
    let line = rest.find('\n').map_or(rest, |length| &rest[..length]);
    let heading_line = text[offset..after].chars().any(char::is_alphabetic)
        && !text[offset..after].chars().skip(4).any(char::is_lowercase);
    if heading_line
        && words <= HEADING_REST
        && !line.chars().any(char::is_lowercase)
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with('.')
    {
        return skip_punctuation(text, after + line.len());
    }
    let in_brackets = rest.starts_with('(') && rest.find(')').is_some_and(|end| end < 120);
    if in_brackets {
        let end = after + rest.find(')').map_or(0, |end| end + 1);
        return skip_punctuation(text, end);
    }
    after
}

fn skip_punctuation(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(|c: char| {
        matches!(c, '.' | ':' | ';' | ',' | ']' | '-' | '–' | '—' | '|' | '\u{2015}' | '’' | '\'' | '*')
            || c.is_whitespace()
    });
    text.len() - rest.len()
}

/// What stands in place of a body.
pub(crate) fn is_omission(text: &str) -> bool {
    let start = text.trim_start_matches(['(', '[', ' ', '“', '"']).chars().take(24);
    let lower: String = start.map(|c| c.to_ascii_lowercase()).collect();
    ["none", "not applicable", "n/a", "not required", "omitted", "intentionally omitted", "reserved"]
        .iter()
        .any(|word| lower.starts_with(word))
}
