//! The way from a document to its Items, on one screen.

use filing_model::{Confidence, Document, Extraction, Item, Part, Section, Status, word_count};

use crate::{
    blocks::Blocks,
    candidate::{self, Candidate, Place},
    cover,
    cut::{self, Cut},
    decode, doubt, exhibits, furniture, index, outline, pointers, sequence,
    status::{self, Judged},
    submission,
};

/// Cuts a document into its Items.
///
/// Every Item of the form has an entry in the answer, the missing ones too.
pub fn sections(document: &Document) -> Extraction {
    let mut extraction = Extraction::empty();
    let text = decode::text(&document.bytes);
    let (main, parts) = submission::main_document(&text);
    let blocks = Blocks::read(&main);
    cover::read(&blocks, &mut extraction);
    if blocks.hidden_words > 0 {
        extraction
            .notes
            .push(format!("{} words that a reader cannot see were left out", blocks.hidden_words));
    }
    let furniture = furniture::mark(&blocks);
    let view = candidate::Document::new(&blocks, &furniture);
    let mut candidates = candidate::find(&view);
    let entries = index::read(&view, &candidates);
    if !entries.is_empty() {
        index::resolve(&mut extraction, &view, &entries);
        candidates.clear();
    }
    let chain = sequence::best(&candidates);
    for (position, &at) in chain.iter().enumerate() {
        let next = chain.get(position + 1).map(|&next| &candidates[next]);
        let end = without_heads(&view, &candidates, end_of_item(&view, &candidates[at], next), next);
        let cut = cut::cut(&view, candidates[at].body, end);
        let judged = status::judge(&cut.text, candidates[at].reserved);
        let doubt =
            doubt::reason(&view, &candidates, &candidates[at], next, judged.status, word_count(&cut.text));
        place(&mut extraction, &view, &candidates[at], &cut, judged, doubt);
    }
    let chain: Vec<&Candidate> = chain.iter().map(|&at| &candidates[at]).collect();
    pointers::follow(&mut extraction, &view, &chain);
    for exhibit in document.exhibits.iter().filter(|exhibit| exhibit.kind.starts_with("EX-13")) {
        exhibits::follow(&mut extraction, &exhibit.kind, &decode::text(&exhibit.bytes));
    }
    for part in parts.iter().filter(|part| part.kind.starts_with("EX-13")) {
        exhibits::follow(&mut extraction, part.kind, part.text);
    }
    extraction
}

/// Blocks of preface that may stand between the heading of a Part and its first Item.
const PART_PREFACE: usize = 40;

/// An Item ends where the next one begins, or at the heading of that one's Part before it, or at the signatures.
fn end_of_item(view: &candidate::Document<'_>, candidate: &Candidate, next: Option<&Candidate>) -> Place {
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
    let heading =
        (near..next.start.block).find(|&block| begins_part && part_heading(view.text(block)) == Some(part));
    heading.map_or(next.start, |block| Place { block, offset: 0 })
}

/// An end without the running heads of the next Item that stand just before its heading.
fn without_heads(
    view: &candidate::Document<'_>,
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
fn end_of_summary(view: &candidate::Document<'_>, candidate: &Candidate) -> Option<Place> {
    let Place { block, offset } = candidate.body;
    let text = (candidate.last() == Item::I16 && block < view.blocks.list.len()).then(|| view.text(block))?;
    let short = text.len() - offset < 200;
    (short && candidate::is_omission(&text[offset..])).then_some(Place { block: block + 1, offset: 0 })
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

fn is_signatures(view: &candidate::Document<'_>, block: usize) -> bool {
    let letters: String = view.text(block).chars().filter(|c| c.is_alphabetic()).take(12).collect();
    matches!(letters.to_ascii_lowercase().as_str(), "signature" | "signatures")
}

/// Puts a cut text into the answer, once for every Item that its heading names.
fn place(
    extraction: &mut Extraction,
    view: &candidate::Document<'_>,
    candidate: &Candidate,
    cut: &Cut,
    judged: Judged,
    doubt: Option<String>,
) {
    let heading = heading_text(view, candidate);
    let section = Section {
        status: judged.status,
        heading: Some(heading),
        words: word_count(&cut.text),
        tables: cut.tables,
        confidence: if doubt.is_some() { Confidence::Low } else { Confidence::High },
        reason: doubt,
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

#[cfg(test)]
mod tests {
    use filing_model::Exhibit;

    use super::*;

    #[test]
    fn an_item_in_exhibit_13_is_found_when_the_exhibit_is_given() {
        let main = "<p><b>Item 7. Management’s Discussion and Analysis of Financial Condition and Results of Operations</b></p>\
                    <p>The section “Financial Review” of the annual report, Exhibit 13, is incorporated by reference.</p>\
                    <p><b>Item 8. Financial Statements and Supplementary Data</b></p><p>See Exhibit 13.</p>";
        let review = "Sales of pumps rose in every region and margins held. ".repeat(20);
        let exhibit =
            format!("<p><b>Our year</b></p><p>Dear owners.</p><p><b>Financial Review</b></p><p>{review}</p>");
        let mut document = Document::new("a.htm", main);
        assert_eq!(sections(&document).items[&Item::I7].refers_to.as_deref(), Some("Exhibit 13"));
        document.exhibits.push(Exhibit {
            kind: "EX-13".into(),
            name: "b.htm".into(),
            bytes: exhibit.into_bytes(),
        });
        let extraction = sections(&document);
        assert_eq!(extraction.items[&Item::I7].status, Status::Found);
        assert!(extraction.items[&Item::I7].text.starts_with("Sales of pumps rose"));
        assert_eq!(extraction.items[&Item::I8].status, Status::ByReference);
    }
}
