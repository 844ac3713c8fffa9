//! The way from a document to its Items, on one screen.

use filing_model::{Confidence, Document, Extraction, Form, Section, Span, Status, word_count};

use crate::{
    blocks::Blocks,
    candidate::{self, Candidate},
    contents::Contents,
    cover,
    cut::{self, Cut},
    decode, doubt, ends, exhibits, furniture, index,
    numbering::Numbering,
    outline, pointers, sequence,
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
        extraction.hidden_text.clone_from(&blocks.hidden_text);
    }
    let furniture = furniture::mark(&blocks);
    let headings = Headings::find(&blocks, &furniture, extraction.form.as_ref());
    let view = &headings.view;
    extraction.document_words = Some(view.words());
    if headings.view.numbering == Numbering::SmallBusiness {
        extraction.notes.push(
            "Items are given under the numbers of Form 10-K; Form 10-KSB numbers some otherwise".into(),
        );
    }
    let entries = index::read(view, &headings.candidates);
    if entries.is_empty() {
        headings.place(&mut extraction);
    } else {
        index::resolve(&mut extraction, view, &entries);
        pointers::follow(&mut extraction, view, &[]);
    }
    for exhibit in document.exhibits.iter().filter(|exhibit| exhibit.kind.starts_with("EX-13")) {
        exhibits::follow(&mut extraction, &exhibit.kind, &decode::text(&exhibit.bytes));
    }
    for part in parts.iter().filter(|part| part.kind.starts_with("EX-13")) {
        exhibits::follow(&mut extraction, part.kind, part.text);
    }
    extraction
}

/// The headings of a document's Items.
struct Headings<'a> {
    view: candidate::Document<'a>,
    candidates: Vec<Candidate>,
    contents: Contents,
    /// Those that begin the Items.
    chain: Vec<usize>,
}

impl<'a> Headings<'a> {
    /// Reads them by the numbering of the form; a filer of Form 10-KSB may have used that of Form 10-K.
    fn find(blocks: &'a Blocks, furniture: &'a [bool], form: Option<&Form>) -> Self {
        let readings = Numbering::of(form).iter().map(|&numbering| {
            let view = candidate::Document::new(blocks, furniture, numbering);
            let (mut candidates, contents) = candidate::find(&view);
            let chain = sequence::choose(&view, &mut candidates);
            Self { view, candidates, contents, chain }
        });
        let total = |reading: &Self| sequence::total(&reading.candidates, &reading.chain);
        readings
            .reduce(|best, other| if total(&other) > total(&best) { other } else { best })
            .expect("a form has a numbering")
    }

    /// Cuts the Items and follows the pointers among them.
    fn place(&self, extraction: &mut Extraction) {
        let Self { view, candidates, contents, chain } = self;
        for (position, &at) in chain.iter().enumerate() {
            let next = chain.get(position + 1).map(|&next| &candidates[next]);
            let end = ends::of_item(view, candidates, &candidates[at], next);
            let cut = cut::cut(view, candidates[at].body, end);
            let judged = status::judge(&cut.text, candidates[at].reserved);
            let words = word_count(&cut.text);
            let doubt = doubt::reason(view, candidates, contents, chain, position, judged.status, words);
            let span = view.span(candidates[at].start, end);
            place(extraction, view, &candidates[at], span, cut, judged, doubt);
        }
        let chain: Vec<&Candidate> = chain.iter().map(|&at| &candidates[at]).collect();
        pointers::follow(extraction, view, &chain);
    }
}

/// Puts a cut text into the answer, once for every Item that its heading names.
fn place(
    extraction: &mut Extraction,
    view: &candidate::Document<'_>,
    candidate: &Candidate,
    span: Span,
    cut: Cut,
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
        headings: if judged.status == Status::Omitted { Vec::new() } else { outline::headings(view, &cut) },
        text: cut.text,
        span: Some(span),
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
    use filing_model::{Exhibit, Item};

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
