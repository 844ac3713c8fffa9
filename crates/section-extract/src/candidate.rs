//! Places where an Item may begin, each with what speaks for and against it.

use filing_model::Item;
use rustc_hash::FxHashMap;

use crate::{
    blocks::{Block, Blocks},
    label::{self, Label},
    titles::{self, TitleMatch, Word},
};

/// A place in the document: a block, and bytes into its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) block: usize,
    pub(crate) offset: usize,
}

/// A heading that may begin an Item.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) items: Vec<Item>,
    pub(crate) start: Place,
    /// Where the text after the heading begins.
    pub(crate) body: Place,
    pub(crate) score: f32,
    /// The caption says "[Reserved]".
    pub(crate) reserved: bool,
}

impl Candidate {
    pub(crate) fn first(&self) -> Item {
        self.items[0]
    }

    pub(crate) fn last(&self) -> Item {
        self.items[self.items.len() - 1]
    }
}

/// Everything a candidate is judged by.
pub(crate) struct Document<'a> {
    pub(crate) blocks: &'a Blocks,
    pub(crate) furniture: &'a [bool],
    /// Words before each block, furniture left out.
    pub(crate) words_before: Vec<u32>,
    /// For each block, the next one that is text.
    next_text: Vec<u32>,
    anchors: FxHashMap<&'a str, usize>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(blocks: &'a Blocks, furniture: &'a [bool]) -> Self {
        let mut words_before = Vec::with_capacity(blocks.list.len() + 1);
        let mut total = 0_u32;
        for (block, furniture) in blocks.list.iter().zip(furniture) {
            words_before.push(total);
            if !furniture {
                total += count_words(blocks.text_of(block));
            }
        }
        words_before.push(total);
        let anchors =
            blocks.anchors.iter().rev().map(|(name, block)| (name.as_str(), *block as usize)).collect();
        Self { blocks, furniture, words_before, next_text: next_text(furniture), anchors }
    }

    pub(crate) fn text(&self, block: usize) -> &'a str {
        self.blocks.text_of(&self.blocks.list[block])
    }

    /// The text of a block up to where a heading that begins at the offset has certainly ended.
    fn text_near(&self, block: usize, offset: usize) -> &'a str {
        let text = self.text(block);
        &text[..text.floor_char_boundary(offset + HEADING_REACH)]
    }

    /// The next block that is text.
    pub(crate) fn next(&self, block: usize) -> Option<usize> {
        self.next_text.get(block).map(|&next| next as usize).filter(|&next| next < self.blocks.list.len())
    }

    /// Where the link of a block leads.
    fn link_target(&self, block: &Block) -> Option<usize> {
        self.anchors.get(block.link.as_deref()?).copied()
    }
}

/// The next block that is text for each one; the number of blocks when none follows.
fn next_text(furniture: &[bool]) -> Vec<u32> {
    let mut next = u32::try_from(furniture.len()).unwrap_or(u32::MAX);
    let mut all = vec![next; furniture.len()];
    for (block, all) in all.iter_mut().enumerate().rev() {
        *all = next;
        if !furniture[block] {
            next = u32::try_from(block).unwrap_or(u32::MAX);
        }
    }
    all
}

fn count_words(text: &str) -> u32 {
    u32::try_from(text.split_ascii_whitespace().count()).unwrap_or(u32::MAX)
}

/// A filing has some dozens; running heads make it a thousand or two.
const MOST: usize = 20_000;
/// A label and its caption take no more bytes than this.
const HEADING_REACH: usize = 4_000;

/// All candidates in the order of the document, scored.
pub(crate) fn find(document: &Document<'_>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = (0..document.blocks.list.len())
        .flat_map(|index| line_starts(document.text(index)).map(move |offset| (index, offset)))
        .filter_map(|(index, offset)| numbered(document, index, offset))
        .take(MOST)
        .collect();
    let contents = weigh_contents(document, &mut candidates);
    add_captions(document, &mut candidates, &contents);
    candidates
}

/// Places in a block where a heading may begin: its start, and soft line breaks that an Item's label follows.
fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let later = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    std::iter::once(0).chain(later).filter(|&at| {
        let start = text.as_bytes().get(at..at + 4).unwrap_or(b"");
        start.eq_ignore_ascii_case(b"item") || start.eq_ignore_ascii_case(b"part")
    })
}

fn numbered(document: &Document<'_>, index: usize, offset: usize) -> Option<Candidate> {
    let text = &document.text_near(index, offset)[offset..];
    let label = label::read(text)?;
    let heading = Heading::read(document, index, offset, &label);
    let block = &document.blocks.list[index];
    let mut score = 2.0 + heading.caption_score();
    if label.lower_case {
        score -= 4.0;
    }
    if offset > 0 {
        score -= 0.5;
    }
    score += emphasis_score(block, text, offset, &heading);
    if text.contains(".....") {
        // Dots lead to a page number.
        score -= 4.0;
    }
    if text.to_ascii_lowercase().contains("(continued") || text.to_ascii_lowercase().contains("(cont’d") {
        score -= 5.0;
    }
    if document.furniture[index] {
        score -= 4.0;
    }
    Some(Candidate {
        items: heading.items.clone(),
        start: Place { block: index, offset },
        body: heading.body,
        score,
        reserved: heading.reserved,
    })
}

/// The extent of a heading.
#[derive(Debug)]
struct Heading {
    items: Vec<Item>,
    caption: Option<TitleMatch>,
    body: Place,
    /// Text goes on in the same paragraph.
    runs_in: bool,
    reserved: bool,
}

/// A caption of all eras has fewer words than this.
const CAPTION_WORDS: usize = 40;
/// More words than this after a caption are no part of the heading.
const HEADING_REST: usize = 30;

impl Heading {
    fn read(document: &Document<'_>, index: usize, offset: usize, label: &Label) -> Self {
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
        let caption_end = join_second_item(text, caption_end, &mut items);
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
        if found.used + 1 < words.len() || words.len() >= CAPTION_WORDS {
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
                || longer.skipped > 0
                || longer.share < found.share.min(0.99)
                || reached + 3 < more.len()
            {
                break;
            }
            if label::read(text).is_some() {
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

    fn caption_score(&self) -> f32 {
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

fn next_place(document: &Document<'_>, block: usize) -> Place {
    Place { block: document.next(block).unwrap_or(document.blocks.list.len()), offset: 0 }
}

/// `Item 1. Business and Item 2. Properties`: the second label belongs to the same heading.
fn join_second_item(text: &str, end: usize, items: &mut Vec<Item>) -> usize {
    let rest = &text[end..];
    let trimmed = rest.trim_start_matches([' ', ',', ';', '.', '|', '/']);
    let trimmed = trimmed
        .strip_prefix("and ")
        .or_else(|| trimmed.strip_prefix("AND "))
        .or_else(|| trimmed.strip_prefix("& "))
        .unwrap_or("");
    let Some(second) = label::read(trimmed) else { return end };
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
    let start = text.trim_start_matches(['(', '[', ' ', '“', '"']).chars().take(16);
    let lower: String = start.map(|c| c.to_ascii_lowercase()).collect();
    ["none", "not applicable", "n/a", "not required", "omitted", "reserved"]
        .iter()
        .any(|word| lower.starts_with(word))
}

fn emphasis_score(block: &Block, text: &str, offset: usize, heading: &Heading) -> f32 {
    const HEAD: usize = 60;
    let shown = block.emphasised() || block.lead as usize > offset + 6;
    let head = || text.chars().take(HEAD);
    let letters = head().filter(|c| c.is_alphabetic()).count();
    let capitals = head().filter(|c| c.is_uppercase()).count();
    let loud = letters > 0 && capitals * 10 >= letters * 8;
    let mut score = 0.0;
    if shown || loud {
        score += 1.5;
    }
    if !heading.runs_in {
        score += 1.0;
    } else if !shown
        && !loud
        && !is_omission(text.get(heading.body.offset.saturating_sub(offset)..).unwrap_or(""))
    {
        // A sentence that begins with "Item 7A" and goes on.
        let goes_on = text
            .get(heading.body.offset.saturating_sub(offset)..)
            .is_some_and(|rest| rest.starts_with(char::is_lowercase));
        score -= if goes_on { 4.0 } else { 0.5 };
    }
    score
}

/// Items that the table of contents lists, with the block that its link leads to.
pub(crate) type Contents = FxHashMap<Item, Option<usize>>;

/// Fewer words than this between four headings: a list of them, not the Items themselves.
const DENSE: u32 = 20;

/// Lowers the score of entries of a table of contents and raises that of the places they lead to.
fn weigh_contents(document: &Document<'_>, candidates: &mut [Candidate]) -> Contents {
    let mut contents = Contents::default();
    let mut targets: FxHashMap<(usize, Item), f32> = FxHashMap::default();
    for index in 0..candidates.len() {
        let block = &document.blocks.list[candidates[index].start.block];
        let mut penalty = 0.0;
        let next = candidates.get(index + 1);
        if next
            .is_some_and(|next| next.items == candidates[index].items && next.start == candidates[index].body)
        {
            // A running head just above the heading itself.
            penalty += 3.0;
        }
        let target = document.link_target(block).filter(|target| *target > candidates[index].start.block + 1);
        if let Some(target) = target {
            penalty += 6.0;
            *targets.entry((target, candidates[index].first())).or_default() += 2.0;
        }
        if ends_in_page_number(document, candidates[index].start.block) {
            penalty += 4.0;
        }
        if is_dense(document, candidates, index) {
            penalty += 4.0;
        }
        if penalty > 3.0 {
            for item in candidates[index].items.clone() {
                contents.entry(item).or_insert(target);
            }
        }
        candidates[index].score -= penalty;
    }
    for ((target, item), bonus) in targets {
        let near = candidates.partition_point(|candidate| candidate.start.block < target);
        for candidate in
            candidates[near..].iter_mut().take_while(|candidate| candidate.start.block < target + 4)
        {
            if candidate.first() == item {
                candidate.score += bonus;
            }
        }
    }
    contents
}

fn ends_in_page_number(document: &Document<'_>, block: usize) -> bool {
    let text = document.text(block);
    let row = &document.blocks.list[block];
    let digits = text.bytes().rev().take(4).take_while(u8::is_ascii_digit).count();
    let before = text[..text.len() - digits].bytes().next_back();
    let number = (1..=3).contains(&digits) && before.is_none_or(|b| matches!(b, b' ' | b'|' | b'\n' | b'.'));
    let near = document.text_near(block, 0);
    number && (row.is_row() || near.contains("..") || titles::words(near, 30).len() < 25)
}

/// Four headings in a row, each of a later Item, with next to nothing between them, looking ahead or back.
fn is_dense(document: &Document<'_>, candidates: &[Candidate], index: usize) -> bool {
    const SPAN: usize = 4;
    let run = |from: usize, to: usize| {
        let rises = candidates[from..=to].windows(2).all(|pair| pair[0].first() < pair[1].first());
        let words = (from..to)
            .map(|at| body_words(document, &candidates[at], &candidates[at + 1]))
            .fold(0_u32, u32::saturating_add);
        rises && words < DENSE
    };
    index + SPAN < candidates.len() && run(index, index + SPAN) || index >= SPAN && run(index - SPAN, index)
}

/// Words between a heading and the next one.
fn body_words(document: &Document<'_>, candidate: &Candidate, next: &Candidate) -> u32 {
    let Place { block, offset } = candidate.body;
    if block >= next.start.block {
        return 0;
    }
    let body = if document.furniture[block] { "" } else { &document.text(block)[offset..] };
    // More than so many need no counting.
    let here = (0..DENSE).zip(body.split_ascii_whitespace()).fold(0, |count, _| count + 1);
    here + document.words_before[next.start.block] - document.words_before[block + 1]
}

/// Headings that have the caption but no number count when the table of contents lists their Item and no heading has its number.
fn add_captions(document: &Document<'_>, candidates: &mut Vec<Candidate>, contents: &Contents) {
    let numbered: Vec<Item> = candidates
        .iter()
        .filter(|candidate| candidate.score > 3.0)
        .flat_map(|candidate| candidate.items.clone())
        .collect();
    let wanted: Vec<Item> = contents.keys().copied().filter(|item| !numbered.contains(item)).collect();
    if wanted.is_empty() {
        return;
    }
    for index in 0..document.blocks.list.len() {
        let block = &document.blocks.list[index];
        let text = document.text(index);
        if text.len() > 200 || block.is_row() || document.furniture[index] {
            continue;
        }
        let loud = !text.chars().any(char::is_lowercase);
        if !(block.emphasised() || loud || block.center)
            || document.link_target(block).is_some_and(|target| target > index)
        {
            continue;
        }
        let Some(item) = titles::exact(text).filter(|item| wanted.contains(item)) else { continue };
        let led_to = contents
            .get(&item)
            .copied()
            .flatten()
            .is_some_and(|target| (target..target + 4).contains(&index));
        let start = Place { block: index, offset: 0 };
        let score = if led_to { 4.0 } else { 1.0 };
        candidates.push(Candidate {
            items: vec![item],
            start,
            body: next_place(document, index),
            score,
            reserved: false,
        });
    }
    candidates.sort_by_key(|candidate| candidate.start);
}
