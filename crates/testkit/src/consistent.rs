use filing_model::{Extraction, Item, Section, Status, paragraphs, word_count};

/// What holds of every extraction, whatever the document: counts fit the text, headings are paragraphs of it, and every
/// Item has an entry.
///
/// # Panics
/// When something does not hold.
pub fn assert_consistent(extraction: &Extraction) {
    assert!(extraction.items.keys().copied().eq(Item::ALL), "every Item has an entry");
    for (item, section) in &extraction.items {
        assert_eq!(section.words, word_count(&section.text), "Item {item}: words");
        let paragraphs: Vec<&str> = paragraphs(&section.text).collect();
        assert_eq!(paragraphs.join("\n\n"), section.text, "Item {item}: one blank line between paragraphs");
        for heading in &section.headings {
            let paragraph = paragraphs.get(heading.paragraph).copied();
            assert_eq!(paragraph, Some(heading.title.as_str()), "Item {item}: heading");
            assert!(heading.level >= 1, "Item {item}: the outermost level is 1");
        }
        let in_order = section.headings.is_sorted_by(|one, next| one.paragraph < next.paragraph);
        assert!(in_order, "Item {item}: headings in the order of the text");
        let is_empty = section.text.is_empty();
        assert!(section.status != Status::Missing || is_empty, "Item {item}: missing has no text");
        assert!(section.status != Status::Found || !is_empty, "Item {item}: found has text");
        let has_heading = section.heading.is_some();
        assert!(section.status != Status::Missing || !has_heading, "Item {item}: missing has no heading");
        assert!(!section.text.contains("\n\n\n"), "Item {item}: no empty paragraph");
        assert_eq!(section.text.trim(), section.text, "Item {item}: no blank at either end");
    }
    // PostgreSQL takes it neither in text nor in JSON.
    assert!(!strings(extraction).any(|string| string.contains('\0')), "no NUL");
}

/// What comes from the document in so many words.
fn strings(extraction: &Extraction) -> impl Iterator<Item = &String> {
    let facts = extraction.cover.0.iter().flat_map(|(name, value)| [name, value]);
    let sections = extraction.items.values().flat_map(told);
    facts.chain(&extraction.company).chain(&extraction.notes).chain(sections)
}

fn told(section: &Section) -> impl Iterator<Item = &String> {
    let facts = [&section.heading, &section.reason, &section.refers_to];
    facts.into_iter().flatten().chain([&section.text])
}
