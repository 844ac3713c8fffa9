//! Where the text of an Item ends.

use filing_model::{Item, Part};

use crate::{
    candidate::{Candidate, Document, Place},
    heading,
};

/// Blocks of preface that may stand between the heading of a Part and its first Item.
const PART_PREFACE: usize = 40;

/// Blocks of a Part's title above its first Item; until 2003 Item 14 stood in Part IV, so any Part counts there.
const PART_TITLE: usize = 2;

/// An Item ends where the next one begins, or at the heading of that one's Part before it, or at the signatures.
pub(crate) fn of_item(
    view: &Document<'_>,
    candidates: &[Candidate],
    candidate: &Candidate,
    next: Option<&Candidate>,
) -> Place {
    without_heads(view, candidates, end(view, candidate, next), next)
}

fn end(view: &Document<'_>, candidate: &Candidate, next: Option<&Candidate>) -> Place {
    let blocks = view.blocks.list.len();
    let from = candidate.body.block;
    if let Some(end) = end_of_summary(view, candidate) {
        return end;
    }
    let Some(next) = next else {
        let signatures = (from..blocks).find(|&block| is_signatures(view, block));
        return Place { block: signatures.unwrap_or(blocks), offset: 0 };
    };
    let part = next.first().part();
    let begins_part = candidate.last().part() != part;
    let near = next.start.block.saturating_sub(PART_PREFACE).max(from);
    let just_before = next.start.block.saturating_sub(PART_TITLE).max(from);
    let heading = (near..next.start.block).find(|&block| {
        let found = part_heading(view.text(block));
        begins_part && found == Some(part) || block >= just_before && found.is_some()
    });
    heading.map_or(next.start, |block| Place { block, offset: 0 })
}

/// An end without the running heads of the next Item that stand just before its heading.
fn without_heads(
    view: &Document<'_>,
    candidates: &[Candidate],
    mut end: Place,
    next: Option<&Candidate>,
) -> Place {
    let Some(next) = next else { return end };
    while let Some(before) = (0..end.block).rev().find(|&block| !view.furniture[block]) {
        let start = Place { block: before, offset: 0 };
        let at = candidates.partition_point(|other| other.start < start);
        let head = candidates.get(at).filter(|head| head.start == start);
        if !head.is_some_and(|head| head.items == next.items && head.body.block > before) {
            break;
        }
        end = Place { block: before, offset: 0 };
    }
    end
}

/// An Item 16 that says "None" says no more, whatever pages of exhibits or statements follow it.
fn end_of_summary(view: &Document<'_>, candidate: &Candidate) -> Option<Place> {
    let Place { block, offset } = candidate.body;
    let text = (candidate.last() == Item::I16 && block < view.blocks.list.len()).then(|| view.text(block))?;
    let short = text.len() - offset < 200;
    (short && heading::is_omission(&text[offset..])).then_some(Place { block: block + 1, offset: 0 })
}

/// `PART II`, alone or with a word or two of ornament.
fn part_heading(text: &str) -> Option<Part> {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let rest = bare.get(..5).filter(|start| start.eq_ignore_ascii_case("part ")).and(bare.get(5..))?;
    let numeral = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if rest.len() >= numeral.len() + 30 || rest.to_ascii_lowercase().contains("item") {
        return None;
    }
    match numeral.to_ascii_uppercase().as_str() {
        "I" => Some(Part::I),
        "II" => Some(Part::II),
        "III" => Some(Part::III),
        "IV" => Some(Part::IV),
        _ => None,
    }
}

pub(crate) fn is_signatures(view: &Document<'_>, block: usize) -> bool {
    let letters: String = view.text(block).chars().filter(|c| c.is_alphabetic()).take(12).collect();
    matches!(letters.to_ascii_lowercase().as_str(), "signature" | "signatures")
}
