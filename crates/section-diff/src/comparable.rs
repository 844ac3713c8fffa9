//! Whether two sections can be compared at all: layout is not content.

use std::borrow::Cow;

use filing_model::{Extraction, Heading, Item, Section, Status, paragraphs, word_count};

use crate::caption;

/// Why two sections cannot be compared, in a sentence: an Item that one filing has elsewhere is no change.
pub(crate) fn reason_not(item: Item, older: &Section, newer: &Section) -> Option<String> {
    let (after, before) = (outcome(item, newer), outcome(item, older));
    Some(match (after, before) {
        (Some(after), Some(before)) if after == before => format!("Both filings {}.", after.both),
        (Some(after), Some(before)) => {
            format!("The newer filing {}, and the older filing {}.", after.one, before.one)
        }
        (Some(only), None) => format!("The newer filing {}; the older has a text.", only.one),
        (None, Some(only)) => format!("The older filing {}; the newer has a text.", only.one),
        (None, None) => return caption::of_other_subjects(item, older, newer).map(renumbered),
    })
}

fn renumbered([before, after]: [&str; 2]) -> String {
    let [before, after] = [before, after].map(caption::in_title_case);
    format!(
        "The form gave this number another subject: “{before}” in the older filing, “{after}” in the newer."
    )
}

/// What a filing does instead of giving a text, said of one filing and of both.
#[derive(PartialEq, Eq)]
struct Outcome {
    one: String,
    both: String,
}

fn outcome(item: Item, section: &Section) -> Option<Outcome> {
    let said = |one: String, both: String| Some(Outcome { one, both });
    match section.status {
        Status::Found => None,
        Status::ByReference => {
            let target = target(section.refers_to.as_deref().unwrap_or("another document"));
            said(format!("refers to {target}"), format!("refer to {target}"))
        }
        Status::Omitted => {
            said("has nothing to report there".to_owned(), "have nothing to report there".to_owned())
        }
        Status::Missing => said(format!("has no Item {item}"), format!("have no Item {item}")),
    }
}

/// A target as it stands in a sentence.
fn target(name: &str) -> Cow<'_, str> {
    let common = ["proxy", "annual report", "page "].iter().any(|start| name.starts_with(start));
    if common { Cow::Owned(format!("the {name}")) } else { Cow::Borrowed(name) }
}

/// An Item's section without what another Item of the same filing already shows: financial statements that stand inside
/// Item 15 are the text of Item 8 when that one points there.
pub(crate) fn own_text(extraction: &Extraction, item: Item) -> Option<Cow<'_, Section>> {
    let section = extraction.items.get(&item)?;
    let taken = extraction.found(Item::I8).filter(|other| item != Item::I8 && other.reason.is_some());
    let shared = taken.and_then(|other| Some((section.text.find(&other.text)?, other)));
    Some(shared.map_or(Cow::Borrowed(section), |(start, other)| Cow::Owned(without(section, start, other))))
}

/// A section without the paragraphs of another, which begin at a byte of its text.
fn without(section: &Section, start: usize, other: &Section) -> Section {
    let first = paragraphs(&section.text[..start]).count();
    let taken = first..first + paragraphs(&other.text).count();
    let own = paragraphs(&section.text).enumerate().filter(|(at, _)| !taken.contains(at));
    let text = own.map(|(_, paragraph)| paragraph).collect::<Vec<_>>().join("\n\n");
    let headings = section.headings.iter().filter(|heading| !taken.contains(&heading.paragraph));
    let headings = headings
        .map(|heading| Heading {
            paragraph: heading.paragraph - if heading.paragraph < first { 0 } else { taken.len() },
            ..heading.clone()
        })
        .collect();
    Section { words: word_count(&text), headings, text, ..section.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(status: Status, refers_to: Option<&str>) -> Section {
        Section { status, refers_to: refers_to.map(str::to_owned), ..Section::missing() }
    }

    #[test]
    fn reasons_read_as_sentences() {
        let found = section(Status::Found, None);
        let proxy = section(Status::ByReference, Some("proxy statement"));
        let note = section(Status::ByReference, Some("Note 12"));
        let silent = section(Status::Omitted, None);
        let cases =
            [(&proxy, &proxy), (&note, &proxy), (&found, &silent), (&silent, &found), (&found, &found)];
        let lines: Vec<_> = cases
            .iter()
            .map(|(older, newer)| reason_not(Item::I3, older, newer).unwrap_or_else(|| "compared".to_owned()))
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        Both filings refer to the proxy statement.
        The newer filing refers to the proxy statement, and the older filing refers to Note 12.
        The newer filing has nothing to report there; the older has a text.
        The older filing has nothing to report there; the newer has a text.
        compared
        ");
    }

    #[test]
    fn a_number_with_another_subject_is_not_compared() {
        let headed =
            |heading: &str| Section { heading: Some(heading.to_owned()), ..section(Status::Found, None) };
        let controls = headed("ITEM 14. CONTROLS AND PROCEDURES");
        let fees = headed("Item 14. Principal Accountant Fees and Services");
        let service = headed("Item 14. Principal Accounting Fees");
        insta::assert_snapshot!(
            reason_not(Item::I14, &controls, &fees).unwrap_or_default(),
            @"The form gave this number another subject: “Controls and Procedures” in the older filing, “Principal Accountant Fees and Services” in the newer."
        );
        assert_eq!(reason_not(Item::I14, &service, &fees), None);
    }

    #[test]
    fn statements_inside_item_15_are_shown_once() {
        let mut extraction = Extraction::empty();
        let text =
            |text: &str| Section { status: Status::Found, text: text.to_owned(), ..Section::missing() };
        let followed = Section { reason: Some("taken from Item 15".to_owned()), ..text("Balance\n\nNotes") };
        extraction.items.insert(Item::I8, followed);
        extraction.items.insert(Item::I15, text("List\n\nBalance\n\nNotes\n\nExhibits"));
        let own = own_text(&extraction, Item::I15).map(|section| section.text.clone());
        assert_eq!(own.as_deref(), Some("List\n\nExhibits"));
    }
}
