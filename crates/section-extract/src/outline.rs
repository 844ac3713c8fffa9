//! Sub-headings inside an Item, as a tree by the way they look.

use filing_model::{Heading, paragraphs};
use rustc_hash::FxHashMap;

use crate::{
    blocks::Block,
    candidate::Document,
    cut::{Cut, Source},
};

/// Risk factors have headings of whole sentences.
const LONGEST: usize = 420;
const DEEPEST: u8 = 6;
/// An Item has some hundreds.
const MOST: usize = 20_000;

/// How a heading looks; the same look is the same level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about how a heading looks")]
struct Look {
    bold: bool,
    italic: bool,
    underline: bool,
    center: bool,
    capitals: bool,
    /// The title of a group of risk factors.
    group: bool,
    run_in: bool,
    size: u8,
}

/// The sub-headings of an Item's text in its order.
pub(crate) fn headings(document: &Document<'_>, cut: &Cut) -> Vec<Heading> {
    let mut open: Vec<Look> = Vec::new();
    let mut levels: FxHashMap<Look, usize> = FxHashMap::default();
    let mut found: Vec<Heading> = Vec::new();
    for (index, (text, source)) in paragraphs(&cut.text).zip(&cut.paragraphs).enumerate() {
        let look = match *source {
            Source::Table => None,
            Source::Block(block) => look(&document.blocks.list[block], text),
            Source::RunIn(block) => {
                Some(Look { run_in: true, bold: true, ..Look::plain(&document.blocks.list[block]) })
            }
        };
        let Some(look) = look else { continue };
        if let Some(&level) = levels.get(&look) {
            for closed in open.drain(level + 1..) {
                levels.remove(&closed);
            }
        } else {
            levels.insert(look, open.len());
            open.push(look);
        }
        let level = u8::try_from(open.len()).unwrap_or(DEEPEST).min(DEEPEST);
        if found.len() >= MOST {
            break;
        }
        found.push(Heading { level, title: text.to_owned(), paragraph: index });
    }
    found
}

/// The look of a paragraph that is a heading.
fn look(block: &Block, text: &str) -> Option<Look> {
    if text.len() > LONGEST || text.len() < 3 || text.contains(" | ") {
        return None;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = letters >= 3 && !text.chars().any(char::is_lowercase);
    let shown = block.emphasised() || capitals && text.len() < 120 || is_note(block, text);
    let small = text.chars().next().is_some_and(char::is_lowercase) && !(block.bold && text.len() < 20);
    let bullet = text.starts_with(['•', '●', '■', '(', '*', '–', '$']);
    if !shown || bullet || letters < 3 || text.ends_with([',', ';']) || small {
        return None;
    }
    let group = GROUPS.iter().any(|start| text.starts_with(start)) && !text.ends_with('.');
    Some(Look { capitals, group, ..Look::plain(block) })
}

/// Risk factors stand in groups (Regulation S-K, Item 105) whose titles often look like their headings.
const GROUPS: [&str; 5] = ["Risks ", "RISKS ", "Risk Factors", "General Risk", "Other Risks"];

/// A note to the financial statements, of which often just the number is bold.
fn is_note(block: &Block, text: &str) -> bool {
    let numbered = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("note "))
        && text[5..].starts_with(|c: char| c.is_ascii_digit());
    numbered && text.len() < 120 && block.lead > 0 && !text.ends_with('.')
}

impl Look {
    /// What the block itself shows.
    fn plain(block: &Block) -> Self {
        Self {
            bold: block.bold,
            italic: block.italic,
            underline: block.underline,
            center: block.center,
            capitals: false,
            group: false,
            run_in: false,
            size: block.size,
        }
    }
}
