//! The chain over the recording that we wrote: the report finds exactly the changes that were made.

use std::collections::BTreeSet;

use filing_model::{Change, ChangeKind, Item, SectionDiff};
use section_diff::{Aligned, Differences, SectionDiffer as _};
use testkit::{ExpectedChange, demo_documents, expected_changes};

fn differences() -> Differences {
    let [older, newer] = demo_documents().expect("the demo recording");
    Aligned.compare(&section_extract::sections(&older), &section_extract::sections(&newer))
}

#[test]
fn both_documents_are_cut_as_they_were_written() {
    let [older, newer] = demo_documents().expect("the demo recording");
    for document in [&older, &newer] {
        insta::assert_snapshot!(
            document.name.clone(),
            testkit::outline(&section_extract::sections(document))
        );
    }
}

#[test]
fn the_report_finds_exactly_the_changes_that_were_made() {
    let differences = differences();
    let mut due: BTreeSet<String> = BTreeSet::new();
    let mut found: BTreeSet<String> = BTreeSet::new();
    for section in differences.sections.iter().filter(|section| section.not_compared.is_none()) {
        found.extend(section.changes.iter().map(|change| told(section, change)));
    }
    let compared: Vec<Item> = differences
        .sections
        .iter()
        .filter(|section| section.not_compared.is_none())
        .map(|section| section.item)
        .collect();
    let expected = expected_changes().expect("the list of changes");
    due.extend(expected.changes.iter().filter(|change| compared.contains(&change.item)).map(listed));
    let missed: Vec<&String> = due.difference(&found).collect();
    let invented: Vec<&String> = found.difference(&due).collect();
    assert!(missed.is_empty() && invented.is_empty(), "missed: {missed:#?}\ninvented: {invented:#?}");
}

#[test]
fn items_that_did_not_change_show_no_change() {
    let differences = differences();
    for item in expected_changes().expect("the list of changes").unchanged_items {
        let section = differences.sections.iter().find(|section| section.item == item);
        assert!(section.is_none_or(|section| section.changes.is_empty()), "Item {item}");
    }
}

#[test]
fn signals_say_what_an_analyst_looks_for() {
    let lines: Vec<String> = differences()
        .signals
        .iter()
        .map(|signal| format!("{} {:?}: {}", signal.item, signal.kind, signal.statement))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

fn told(section: &SectionDiff, change: &Change) -> String {
    let words =
        |passage: &Option<filing_model::Passage>| passage.as_ref().map(|passage| start(&passage.text));
    line(section.item, change.kind, change.figures_only, words(&change.older), words(&change.newer))
}

fn listed(change: &ExpectedChange) -> String {
    let words = |text: &Option<String>| text.as_deref().map(start);
    line(change.item, change.kind, change.figures_only, words(&change.older), words(&change.newer))
}

fn line(
    item: Item,
    kind: ChangeKind,
    figures_only: bool,
    older: Option<String>,
    newer: Option<String>,
) -> String {
    let figures = if figures_only { ", figures only" } else { "" };
    format!("{item} {kind:?}{figures}: {} -> {}", older.unwrap_or_default(), newer.unwrap_or_default())
}

/// Enough of a paragraph to know it by.
fn start(text: &str) -> String {
    text.split_whitespace().take(14).collect::<Vec<_>>().join(" ")
}
