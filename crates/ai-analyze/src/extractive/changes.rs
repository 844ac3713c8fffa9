use std::collections::BTreeSet;

use filing_model::{Change, Comparison, Finding, Item, Materiality, SectionDiff};

use super::{category, passage::quote_of_change, wording};
use crate::{text::edited_words, verify::Checker};

/// Weight, as a share of the largest in the report, from which a change is worth reading first.
const HIGH_WEIGHT: f64 = 0.8;

/// The same, for worth reading.
const MEDIUM_WEIGHT: f64 = 0.4;

/// Edited words below which a change is not called high, whatever its weight.
const HIGH_WORDS: usize = 25;

/// Statements on the changes that are not told yet, the heaviest first; only such as stand up to verification.
pub(super) fn findings<'a>(
    comparison: &'a Comparison,
    checker: &Checker<'_>,
    told_ids: &[String],
) -> Vec<Finding> {
    let mut changes: Vec<(&SectionDiff, &Change)> = comparison
        .sections
        .iter()
        .flat_map(|section| section.changes.iter().map(move |change| (section, change)))
        .filter(|(section, change)| is_worth_a_statement(section, change))
        .collect();
    changes.sort_by(|(_, one), (_, other)| other.weight.total_cmp(&one.weight));
    let heaviest = changes.first().map_or(0.0, |(_, change)| change.weight);
    let (told_before, changes): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|(_, change)| told_ids.contains(&change.id));
    let sub_section = |(section, change): (&'a SectionDiff, &Change)| {
        Some((section.item, wording::sub_section_title(section, change)?))
    };
    let mut told: BTreeSet<_> = told_before.into_iter().filter_map(sub_section).collect();
    let mut findings = Vec::new();
    for (section, change) in changes {
        // One statement on each sub-section: a reader finds its other changes beside it.
        let place = wording::sub_section_title(section, change).or(change.heading.as_deref());
        if place.is_some_and(|heading| told.contains(&(section.item, heading))) {
            continue;
        }
        if let Some(finding) = finding(section, change, materiality(change, heaviest), checker) {
            told.extend(place.map(|heading| (section.item, heading)));
            findings.push(finding);
        }
    }
    findings
}

/// Figures alone, moves without edits, tables and the list of exhibits are counted, not stated.
fn is_worth_a_statement(section: &SectionDiff, change: &Change) -> bool {
    let counts = edited_words(change);
    let sides = [&change.older, &change.newer];
    let is_table = sides.into_iter().flatten().any(|passage| passage.text.contains(" | "));
    !change.figures_only && counts.added + counts.removed > 0 && !is_table && section.item != Item::I15
}

fn finding(
    section: &SectionDiff,
    change: &Change,
    materiality: Materiality,
    checker: &Checker<'_>,
) -> Option<Finding> {
    let quote = quote_of_change(change)?;
    wording::statements(section, change).into_iter().find_map(|statement| {
        let finding = Finding {
            item: section.item,
            category: category(section.item),
            materiality,
            statement,
            quotes: vec![quote.clone()],
        };
        checker.check(&finding).ok()
    })
}

/// How far a rule can tell: by weight against the heaviest change of the report.
fn materiality(change: &Change, heaviest: f64) -> Materiality {
    let counts = edited_words(change);
    if change.weight >= HIGH_WEIGHT * heaviest && counts.added + counts.removed >= HIGH_WORDS {
        Materiality::High
    } else if change.weight >= MEDIUM_WEIGHT * heaviest {
        Materiality::Medium
    } else {
        Materiality::Low
    }
}
