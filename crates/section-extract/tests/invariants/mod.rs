//! What holds for every answer, whatever the document was. The fuzz target asserts it, too.

use filing_model::{Extraction, Item, Section, Status, paragraphs, word_count};

/// Panics with the invariant that does not hold.
pub fn assert_hold(extraction: &Extraction) {
    for item in Item::ALL {
        let section = extraction.items.get(&item).unwrap_or_else(|| panic!("Item {item} has no entry"));
        assert_section_holds(item, section);
    }
    let facts = extraction.cover.0.iter().flat_map(|(name, value)| [name, value]);
    for told in facts.chain(&extraction.company).chain(&extraction.notes) {
        // PostgreSQL takes it neither in text nor in JSON.
        assert!(!told.contains('\0'), "a NUL in {told:?}");
    }
}

fn assert_section_holds(item: Item, section: &Section) {
    let text = &section.text;
    if section.status == Status::Missing {
        assert!(text.is_empty() && section.heading.is_none(), "Item {item} is missing and has a text");
    }
    assert_eq!(section.words, word_count(text), "words of Item {item}");
    assert_eq!(text.trim(), text, "Item {item} begins or ends with a blank");
    assert!(!text.contains("\n\n\n"), "Item {item} has an empty paragraph: {text:?}");
    let told = section.heading.iter().chain(&section.reason).chain(&section.refers_to).chain([text]);
    for told in told {
        assert!(!told.contains('\0'), "a NUL in Item {item}: {told:?}");
    }
    assert_headings_hold(item, section);
}

/// Each heading is the paragraph it says it is, and they stand in the order of the text.
fn assert_headings_hold(item: Item, section: &Section) {
    let mut all = paragraphs(&section.text).enumerate();
    for heading in &section.headings {
        assert!((1..=6).contains(&heading.level), "Item {item}: {heading:?}");
        let (_, found) = all
            .find(|(index, _)| *index == heading.paragraph)
            .unwrap_or_else(|| panic!("Item {item} has no paragraph for {heading:?}"));
        assert_eq!(found, heading.title, "Item {item}, paragraph {}", heading.paragraph);
    }
}
