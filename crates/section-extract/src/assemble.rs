//! The way from a document to its Items, on one screen.

use filing_model::{Confidence, Document, Extraction, Section, Status, word_count};

use crate::{
    blocks::Blocks,
    candidate::{self, Candidate, Place},
    cover,
    cut::{self, Cut},
    decode, furniture, outline, sequence,
    status,
    submission,
};

/// Cuts a document into its Items.
///
/// Every Item of the form has an entry in the answer, the missing ones too.
pub fn sections(document: &Document) -> Extraction {
    let mut extraction = Extraction::empty();
    let text = decode::text(&document.bytes);
    let (main, _exhibits) = submission::main_document(&text);
    let blocks = Blocks::read(&main);
    cover::read(&blocks, &mut extraction);
    if blocks.hidden_words > 0 {
        extraction.notes.push(format!("{} words that a reader cannot see were left out", blocks.hidden_words));
    }
    let furniture = furniture::mark(&blocks);
    let view = candidate::Document::new(&blocks, &furniture);
    let candidates = candidate::find(&view);
    let chain = sequence::best(&candidates);
    for (position, &at) in chain.iter().enumerate() {
        let next = chain.get(position + 1).map(|&next| &candidates[next]);
        let end = end_of_item(&view, &candidates[at], next);
        let cut = cut::cut(&view, candidates[at].body, end);
        place(&mut extraction, &view, &candidates[at], &cut);
    }
    extraction
}

/// An Item ends where the next one begins, or at the heading of a Part before it, or at the signatures.
fn end_of_item(view: &candidate::Document<'_>, candidate: &Candidate, next: Option<&Candidate>) -> Place {
    let blocks = view.blocks.list.len();
    let limit = next.map_or(Place { block: blocks, offset: 0 }, |next| next.start);
    let from = candidate.body.block;
    let to = limit.block.min(blocks);
    let part = (from..to).rev().take(40).find(|&block| is_part_heading(view.text(block)));
    if let Some(part) = part.filter(|_| next.is_some()) {
        return Place { block: part, offset: 0 };
    }
    if next.is_none() {
        let signatures = (from..to).find(|&block| is_signatures(view, block));
        return Place { block: signatures.unwrap_or(to), offset: 0 };
    }
    limit
}

/// `PART II`, alone or with a word or two of ornament.
fn is_part_heading(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let Some(rest) = bare.get(..5).filter(|start| start.eq_ignore_ascii_case("part ")).and(bare.get(5..)) else { return false };
    let numeral = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let roman = !numeral.is_empty() && numeral.bytes().all(|b| matches!(b.to_ascii_uppercase(), b'I' | b'V'));
    roman && rest.len() < numeral.len() + 30 && !rest.to_ascii_lowercase().contains("item")
}

fn is_signatures(view: &candidate::Document<'_>, block: usize) -> bool {
    let letters: String = view.text(block).chars().filter(|c| c.is_alphabetic()).take(12).collect();
    matches!(letters.to_ascii_lowercase().as_str(), "signature" | "signatures")
}

/// Puts a cut text into the answer, once for every Item that its heading names.
fn place(extraction: &mut Extraction, view: &candidate::Document<'_>, candidate: &Candidate, cut: &Cut) {
    let judged = status::judge(&cut.text, candidate.reserved);
    let heading = heading_text(view, candidate);
    let section = Section {
        status: judged.status,
        heading: Some(heading),
        words: word_count(&cut.text),
        tables: cut.tables,
        confidence: Confidence::High,
        reason: None,
        refers_to: judged.refers_to,
        headings: outline::headings(view, cut),
        text: cut.text.clone(),
    };
    let first = candidate.first();
    for item in &candidate.items[1..] {
        let shared = Section {
            status: Status::ByReference,
            heading: section.heading.clone(),
            refers_to: Some(format!("Item {first}")),
            reason: Some(format!("Item {item} stands under the same heading as Item {first}")),
            ..Section::missing()
        };
        extraction.items.insert(*item, shared);
    }
    extraction.items.insert(first, section);
}

/// All lines of the heading.
fn heading_text(view: &candidate::Document<'_>, candidate: &Candidate) -> String {
    let mut words: Vec<&str> = Vec::new();
    for block in candidate.start.block..=candidate.body.block.min(view.blocks.list.len().saturating_sub(1)) {
        let text = view.text(block);
        let from = if block == candidate.start.block { candidate.start.offset } else { 0 };
        let to = if block == candidate.body.block { candidate.body.offset } else { text.len() };
        if from < to && (!view.furniture[block] || block == candidate.start.block) {
            words.extend(text[from..to].split_whitespace().filter(|word| *word != "|"));
        }
    }
    words.join(" ")
}

