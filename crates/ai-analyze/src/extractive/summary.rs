use std::collections::BTreeMap;

use filing_model::{Comparison, FilingRef, Finding, Item, SectionDiff, Signal};

use super::{
    markdown::{capitalised, escaped, listed},
    signals,
};
use crate::text::{grouped, number_word, plural};

/// Quoted changes under each Item.
const MOST_QUOTED: usize = 3;

/// The report in three to six sentences of Markdown.
pub(super) fn executive(comparison: &Comparison, findings: &[Finding]) -> String {
    let mut sentences = vec![
        "No language model was used for this report: its statements were picked by rule, and each one quotes the filings."
            .to_owned(),
        extent(comparison),
    ];
    sentences.extend(flags(&comparison.signals));
    sentences.extend(figures_only(comparison));
    sentences.extend(not_compared(comparison));
    if sentences.len() < 3 {
        sentences.push(
            if findings.is_empty() {
                "There is nothing material to state."
            } else {
                "The statements follow."
            }
            .into(),
        );
    }
    sentences.join(" ")
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
    let words = |of: fn(&SectionDiff) -> usize| compared().map(of).sum::<usize>();
    format!(
        "Against its {older}, {company}’s {newer} has {} in {}, with {}.",
        plural(changes, "change"),
        if items == 1 { "one Item".into() } else { format!("{} Items", number_word(items)) },
        added_and_removed(words(|section| section.words.added), words(|section| section.words.removed)),
    )
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

/// The gravest three kinds, each once.
fn flags(found: &[Signal]) -> Option<String> {
    let mut found: Vec<&Signal> = found.iter().collect();
    found.sort_by_key(|signal| (std::cmp::Reverse(signals::materiality(signal.kind)), signal.kind));
    found.dedup_by_key(|signal| signal.kind);
    let named = |signal: &&Signal| format!("{} (Item {})", signals::name(signal.kind), signal.item);
    let mut parts: Vec<String> = found.iter().take(3).map(named).collect();
    if found.len() > 3 {
        parts.push(format!("{} more", number_word(found.len() - 3)));
    }
    (!parts.is_empty()).then(|| format!("Rules flag {}.", listed(&parts)))
}

fn figures_only(comparison: &Comparison) -> Option<String> {
    let count: usize = comparison.sections.iter().map(|section| section.counts.figures_only).sum();
    match count {
        0 => None,
        1 => Some("One passage differs in figures alone; it is counted here, not stated.".into()),
        _ => Some(format!(
            "{} passages differ in figures alone; they are counted here, not stated.",
            capitalised(&number_word(count))
        )),
    }
}

/// Only the Items that readers look for; the page lists the rest with the reasons.
fn not_compared(comparison: &Comparison) -> Option<String> {
    let main = [Item::I1, Item::I1A, Item::I7, Item::I8];
    let left_out = comparison
        .sections
        .iter()
        .filter(|section| main.contains(&section.item) && section.not_compared.is_some());
    let names: Vec<String> = left_out.map(|section| format!("Item {}", section.item)).collect();
    (!names.is_empty()).then(|| format!("{} could not be compared.", listed(&names)))
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

/// The statement without its Item, and what it quotes.
fn bullet(item: Item, finding: &Finding) -> String {
    let statement = finding.statement.as_str();
    let without = |mark: &str| statement.strip_prefix(&format!("Item {item}{mark} "));
    let statement = without(",").or_else(|| without(":")).unwrap_or(statement);
    let quotes: Vec<String> =
        finding.quotes.iter().map(|quote| format!("“{}”", escaped(&quote.text))).collect();
    format!("- {} {}", capitalised(&escaped(statement)), quotes.join(" → "))
}
