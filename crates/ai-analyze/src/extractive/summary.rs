use std::collections::BTreeMap;

use filing_model::{Comparison, FilingRef, Finding, Item, Materiality, SectionDiff};

use super::markdown::{capitalised, escaped, listed};
use crate::text::{grouped, number_word, plural};

/// Quoted changes under each Item.
const MOST_QUOTED: usize = 3;

/// Statements that the executive summary repeats.
const MOST_TOLD: usize = 3;

/// Items that it names by how much of them changed.
const MOST_NAMED: usize = 3;

/// The report in three to six sentences of Markdown: who wrote it, what stands out, how much changed and where, what was
/// left out.
pub(super) fn executive(comparison: &Comparison, findings: &[Finding]) -> String {
    let mut sentences = vec![
        "No language model was used: rules picked the statements, and each one quotes the filings."
            .to_owned(),
    ];
    let material = findings.iter().filter(|finding| finding.materiality > Materiality::Low);
    sentences.extend(material.take(MOST_TOLD).map(told));
    sentences.push(extent(comparison));
    if findings.is_empty() {
        sentences.push("There is nothing material to state.".into());
    }
    sentences.extend(left_out(comparison));
    sentences.join(" ")
}

/// A statement that names its Item.
fn told(finding: &Finding) -> String {
    let item = format!("Item {}", finding.item);
    let statement = escaped(&finding.statement);
    if statement.contains(&item) {
        return statement;
    }
    format!("{} ({item}).", statement.trim_end_matches('.'))
}

/// One summary for every Item with changes.
pub(super) fn by_item(comparison: &Comparison, findings: &[Finding]) -> BTreeMap<String, String> {
    let changed = comparison.sections.iter().filter(|section| !section.changes.is_empty());
    changed.map(|section| (format!("Item {}", section.item), of_item(section, findings))).collect()
}

fn extent(comparison: &Comparison) -> String {
    let compared = || comparison.sections.iter().filter(|section| section.not_compared.is_none());
    let changes: usize = compared().map(|section| section.changes.len()).sum();
    let items = compared().filter(|section| !section.changes.is_empty()).count();
    let company = escaped(&comparison.company.name);
    let [newer, older] = [(&comparison.newer, "newer"), (&comparison.older, "older")]
        .map(|(filing, side)| named(filing, side));
    if compared().count() == 0 {
        return format!("None of the Items of {company}’s two filings could be compared.");
    }
    if changes == 0 {
        return format!(
            "{company}’s {newer} and {older} have the same wording in every Item that could be compared."
        );
    }
    format!(
        "Against its {older}, {company}’s {newer} has {} in {}; {}.",
        plural(changes, "change"),
        if items == 1 { "one Item".into() } else { format!("{} Items", number_word(items)) },
        most_changed(compared()),
    )
}

/// The Items with most words edited, and how much of their text that is.
fn most_changed<'a>(compared: impl Iterator<Item = &'a SectionDiff>) -> String {
    let edited = |section: &SectionDiff| section.words.added + section.words.removed;
    let mut sections: Vec<&SectionDiff> = compared.filter(|section| edited(section) > 0).collect();
    sections.sort_by_key(|section| std::cmp::Reverse(edited(section)));
    let with_share =
        |section: &&SectionDiff| format!("Item {} ({} of its text)", section.item, share(section));
    let names: Vec<String> = sections.iter().take(MOST_NAMED).map(with_share).collect();
    match names.len() {
        0 => "no word was added or removed".into(),
        1 => format!("all edited words are in {}", names[0]),
        _ => format!("most edited words are in {}", listed(&names)),
    }
}

fn share(section: &SectionDiff) -> String {
    let percent = (1.0 - section.share_kept()) * 100.0;
    if percent < 1.0 { "under 1%".into() } else { format!("{percent:.0}%") }
}

fn added_and_removed(added: usize, removed: usize) -> String {
    match (added, removed) {
        (0, 0) => "no word added or removed".into(),
        (0, _) => format!("{} removed and none added", plural(removed, "word")),
        (_, 0) => format!("{} added and none removed", plural(added, "word")),
        _ => format!("{} added and {removed} removed", plural(added, "word"), removed = grouped(removed)),
    }
}

fn named(filing: &FilingRef, side: &str) -> String {
    filing
        .fiscal_year()
        .map_or_else(|| format!("{side} filing"), |year| format!("annual report for fiscal {year}"))
}

/// Figures alone, and Items that could not be compared, in one sentence.
fn left_out(comparison: &Comparison) -> Option<String> {
    let count: usize = comparison.sections.iter().map(|section| section.counts.figures_only).sum();
    let figures = match count {
        0 => None,
        1 => Some("one passage differs in figures alone".to_owned()),
        _ => Some(format!("{} passages differ in figures alone", number_word(count))),
    };
    let parts: Vec<String> = not_compared(comparison).into_iter().chain(figures).collect();
    (!parts.is_empty()).then(|| format!("{}.", capitalised(&parts.join(", and "))))
}

/// Only the Items that readers look for; the page lists the rest with the reasons.
fn not_compared(comparison: &Comparison) -> Option<String> {
    let main = [Item::I1, Item::I1A, Item::I7, Item::I8];
    let left_out = comparison
        .sections
        .iter()
        .filter(|section| main.contains(&section.item) && section.not_compared.is_some());
    let names: Vec<String> = left_out.map(|section| format!("Item {}", section.item)).collect();
    (!names.is_empty()).then(|| format!("{} could not be compared", listed(&names)))
}

fn of_item(section: &SectionDiff, findings: &[Finding]) -> String {
    let counts = section.counts;
    let kinds = [
        (counts.modified, "edited"),
        (counts.added, "new"),
        (counts.removed, "removed"),
        (counts.moved, "moved"),
    ];
    let mut parts: Vec<String> = kinds
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, kind)| format!("{} {kind}", number_word(count)))
        .collect();
    if let Some(first) = parts.first_mut() {
        let first_count = kinds.iter().find(|(count, _)| *count > 0).map_or(0, |(count, _)| *count);
        let noun = if first_count == 1 { "paragraph" } else { "paragraphs" };
        *first = first.replacen(' ', &format!(" {noun} "), 1);
    }
    let mut text = format!(
        "{}; {}.",
        capitalised(&listed(&parts)),
        added_and_removed(section.words.added, section.words.removed)
    );
    if counts.figures_only > 0 {
        let verb = if counts.figures_only == 1 { "edit is" } else { "edits are" };
        let number = capitalised(&number_word(counts.figures_only));
        text.extend([" ", &number, " ", verb, " in figures alone."]);
    }
    let own: Vec<&Finding> = findings.iter().filter(|finding| finding.item == section.item).collect();
    for (index, finding) in own.iter().take(MOST_QUOTED).enumerate() {
        text.push_str(if index == 0 { "\n\n" } else { "\n" });
        text.push_str(&bullet(section.item, finding));
    }
    text
}

/// The statement without its Item, and what it quotes beyond its own words.
fn bullet(item: Item, finding: &Finding) -> String {
    let statement = finding.statement.as_str();
    let without = |mark: &str| statement.strip_prefix(&format!("Item {item}{mark} "));
    let shown = without(",").or_else(|| without(":")).or_else(|| without("")).unwrap_or(statement);
    let mut line = format!("- {}", capitalised(&escaped(shown)));
    if !statement.contains('“') || shown == statement {
        let quotes: Vec<String> =
            finding.quotes.iter().map(|quote| format!("“{}”", escaped(&quote.text))).collect();
        line.extend([" ", &quotes.join(" → ")]);
    }
    line
}
