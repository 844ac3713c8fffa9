//! Places where an Item may begin, each with what speaks for and against it.

use std::cell::OnceCell;

use filing_model::Item;
use rustc_hash::FxHashMap;

use crate::{
    blocks::{Block, Blocks},
    captions,
    contents::{self, Contents},
    heading::{Heading, is_omission},
    label,
    numbering::Numbering,
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
    /// The place of its first Item in the order of the form.
    pub(crate) rank: usize,
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
    pub(crate) numbering: Numbering,
    /// Words before each block, furniture left out.
    pub(crate) words_before: Vec<u32>,
    /// For each block, the next one that is text.
    next_text: Vec<u32>,
    anchors: FxHashMap<&'a str, usize>,
    /// Words before each block as a reader counts them; counted when first asked for.
    pub(crate) seen_words: OnceCell<Vec<u32>>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(blocks: &'a Blocks, furniture: &'a [bool], numbering: Numbering) -> Self {
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
        Self {
            blocks,
            furniture,
            numbering,
            words_before,
            next_text: next_text(furniture),
            anchors,
            seen_words: OnceCell::new(),
        }
    }

    pub(crate) fn text(&self, block: usize) -> &'a str {
        self.blocks.text_of(&self.blocks.list[block])
    }

    /// The text of a block up to where a heading that begins at the offset has certainly ended.
    pub(crate) fn text_near(&self, block: usize, offset: usize) -> &'a str {
        let text = self.text(block);
        &text[..text.floor_char_boundary(offset + HEADING_REACH)]
    }

    /// The next block that is text.
    pub(crate) fn next(&self, block: usize) -> Option<usize> {
        self.next_text.get(block).map(|&next| next as usize).filter(|&next| next < self.blocks.list.len())
    }

    /// Where the link of a block leads.
    pub(crate) fn link_target(&self, block: &Block) -> Option<usize> {
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

/// Words of a block, whose blanks are single ones and stand between words only.
fn count_words(text: &str) -> u32 {
    let blanks = text.bytes().filter(|b| matches!(b, b' ' | b'\n')).count();
    u32::try_from(blanks + usize::from(!text.is_empty())).unwrap_or(u32::MAX)
}

/// A filing has some dozens; running heads make it a thousand or two.
const MOST: usize = 20_000;
/// A label and its caption take no more bytes than this.
const HEADING_REACH: usize = 4_000;

/// All candidates in the order of the document, scored, and what the table of contents lists.
pub(crate) fn find(document: &Document<'_>) -> (Vec<Candidate>, Contents) {
    let mut candidates: Vec<Candidate> = (0..document.blocks.list.len())
        .flat_map(|index| line_starts(document.text(index)).map(move |offset| (index, offset)))
        .filter_map(|(index, offset)| numbered(document, index, offset))
        .take(MOST)
        .collect();
    let listed = contents::weigh(document, &mut candidates);
    captions::add_listed(document, &mut candidates, &listed);
    (candidates, listed)
}

/// Places in a block where a heading may begin: its start, or behind a bullet there, and soft line breaks that an Item's
/// label follows.
fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    let bullets = text.len() - text.trim_start_matches(['•', '●', '■', '▪', '|', '*', ' ']).len();
    let later = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    std::iter::once(bullets).chain(later).filter(|&at| {
        let start = text.as_bytes().get(at..at + 4).unwrap_or(b"");
        start.eq_ignore_ascii_case(b"item") || start.eq_ignore_ascii_case(b"part")
    })
}

fn numbered(document: &Document<'_>, index: usize, offset: usize) -> Option<Candidate> {
    let text = &document.text_near(index, offset)[offset..];
    let label = label::read(text, document.numbering)?;
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
        rank: document.numbering.place(heading.items[0]),
    })
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
