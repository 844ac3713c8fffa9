//! Sub-headings inside an Item, as a tree by the way they look.

use filing_model::{Heading, paragraphs};

use crate::{blocks::Block, candidate::Document, cut::Cut};

/// Risk factors have headings of whole sentences.
const LONGEST: usize = 420;
const DEEPEST: u8 = 6;

/// How a heading looks; the same look is the same level.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about how a heading looks")]
struct Look {
    bold: bool,
    italic: bool,
    underline: bool,
    center: bool,
    capitals: bool,
    size: u8,
}

/// The sub-headings of an Item's text in its order.
pub(crate) fn headings(document: &Document<'_>, cut: &Cut) -> Vec<Heading> {
    let mut open: Vec<Look> = Vec::new();
    let mut found: Vec<Heading> = Vec::new();
    for (index, (text, block)) in paragraphs(&cut.text).zip(&cut.paragraphs).enumerate() {
        let Some(block) = block.map(|block| &document.blocks.list[block]) else { continue };
        let Some(look) = look(block, text) else { continue };
        match open.iter().position(|known| *known == look) {
            Some(level) => open.truncate(level + 1),
            None => open.push(look),
        }
        let level = u8::try_from(open.len()).unwrap_or(DEEPEST).min(DEEPEST);
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
    let shown = block.emphasised() || capitals && text.len() < 120;
    let bullet = text.starts_with(['•', '●', '■', '(', '*', '–', '$']);
    if !shown
        || bullet
        || letters < 3
        || text.ends_with([',', ';'])
        || text.chars().next().is_some_and(char::is_lowercase)
    {
        return None;
    }
    Some(Look {
        bold: block.bold,
        italic: block.italic,
        underline: block.underline,
        center: block.center,
        capitals,
        size: block.size,
    })
}
