//! What the report says as a whole, counted once for page and Markdown.

use filing_model::{Change, Item, Report, SectionDiff, Side};

use crate::{kind, words};

/// Counts over all Items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Totals {
    pub(crate) items: usize,
    pub(crate) changes: usize,
    pub(crate) added: usize,
    pub(crate) removed: usize,
    pub(crate) unchanged: usize,
    pub(crate) figures_only: usize,
}

pub(crate) fn totals(report: &Report) -> Totals {
    let mut totals = Totals::default();
    for section in compared(report) {
        totals.items += usize::from(!section.changes.is_empty());
        totals.changes += section.changes.len();
        totals.added += section.words.added;
        totals.removed += section.words.removed;
        totals.unchanged += section.counts.unchanged;
        totals.figures_only += section.changes.iter().filter(|change| change.figures_only).count();
    }
    totals
}

/// Items that both filings have.
pub(crate) fn compared(report: &Report) -> impl Iterator<Item = &SectionDiff> {
    report.sections.iter().filter(|section| section.not_compared.is_none())
}

/// Items with a change.
pub(crate) fn changed(report: &Report) -> impl Iterator<Item = &SectionDiff> {
    compared(report).filter(|section| !section.changes.is_empty())
}

/// Numbers of the Items that were compared and are the same.
pub(crate) fn unchanged_items(report: &Report) -> Vec<&'static str> {
    compared(report)
        .filter(|section| section.changes.is_empty())
        .map(|section| section.item.number())
        .collect()
}

/// Items that were not compared, by reason, in the order of the form.
pub(crate) fn not_compared(report: &Report) -> Vec<(&str, Vec<Item>)> {
    let mut groups: Vec<(&str, Vec<Item>)> = Vec::new();
    for section in &report.sections {
        let Some(reason) = section.not_compared.as_deref() else { continue };
        match groups.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, items)) => items.push(section.item),
            None => groups.push((reason, vec![section.item])),
        }
    }
    groups
}

/// `Item 6`, `Items 9B and 9C`, `Items 10 to 14`
pub(crate) fn item_range(items: &[Item]) -> String {
    let place = |item: &Item| Item::ALL.iter().position(|known| known == item);
    let numbers: Vec<&str> = items.iter().map(|item| item.number()).collect();
    let consecutive = items.windows(2).all(|pair| place(&pair[1]) == place(&pair[0]).map(|index| index + 1));
    match numbers.as_slice() {
        [one] => format!("Item {one}"),
        [first, .., last] if consecutive && numbers.len() > 2 => format!("Items {first} to {last}"),
        numbers => format!("Items {}", words::list(numbers)),
    }
}

/// `Item 7 of the older filing has the same words.`: a passage that is new or gone in its Item, but not in the report.
pub(crate) fn elsewhere(change: &Change) -> Option<String> {
    let item = change.elsewhere?;
    let other = if change.newer.is_some() { "older" } else { "newer" };
    Some(format!("Item {item} of the {other} filing has the same words."))
}

/// Items with passages that stand in another Item of the other filing: the Item, whether they are new there, the other
/// Item, and how many.
pub(crate) fn in_other_items(report: &Report) -> Vec<(Item, bool, Item, usize)> {
    let mut groups: Vec<(Item, bool, Item, usize)> = Vec::new();
    for section in compared(report) {
        for (change, other) in section.changes.iter().filter_map(|change| Some((change, change.elsewhere?))) {
            let here = (section.item, change.newer.is_some(), other);
            match groups.iter_mut().find(|(item, is_new, other, _)| (*item, *is_new, *other) == here) {
                Some((.., count)) => *count += 1,
                None => groups.push((here.0, here.1, here.2, 1)),
            }
        }
    }
    groups
}

/// Why statements were left out, with how many each.
pub(crate) fn dropped_reasons(report: &Report) -> Vec<(&str, usize)> {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for dropped in &report.analysis.dropped {
        match reasons.iter_mut().find(|(known, _)| *known == dropped.reason) {
            Some((_, count)) => *count += 1,
            None => reasons.push((&dropped.reason, 1)),
        }
    }
    reasons
}

/// Whether no language model wrote the statements.
pub(crate) fn without_model(report: &Report) -> bool {
    report.analysis.model.is_none() || report.analysis.analyzer == "extractive"
}

/// `Item 9A, change 2`
pub(crate) fn change_name(item: Item, id: &str) -> String {
    match id.strip_prefix(item.number()).and_then(|rest| rest.strip_prefix('-')) {
        Some(number) => format!("Item {item}, change {number}"),
        None => format!("Item {item}, change {id}"),
    }
}

/// `Northwind Instruments: what changed in the 10-K, fiscal 2025 against fiscal 2024`
pub(crate) fn title(report: &Report) -> String {
    let name = report.ticker.as_ref().map_or(report.company.name.as_str(), |ticker| ticker.as_str());
    let form = report.newer.form.as_ref().map_or("10-K", |form| form.as_str());
    let newer = kind::year(&report.newer, Side::Newer);
    let older = kind::year(&report.older, Side::Older);
    format!("{name}: what changed in the {form}, {newer} against {older}")
}

/// Whether a name is set smaller.
pub(crate) fn is_long(name: &str) -> bool {
    name.chars().count() > 60
}

/// Words that a moved passage gained and lost.
pub(crate) fn edited_words(change: &Change) -> usize {
    use filing_model::{EditOp, word_count};
    change.edits.iter().filter(|(op, _)| *op != EditOp::Equal).map(|(_, text)| word_count(text)).sum()
}

/// Who and what made the report, and at what cost.
pub(crate) fn of_making(report: &Report) -> Vec<(&'static str, String)> {
    let analysis = &report.analysis;
    let quotes = || analysis.findings.iter().flat_map(|finding| &finding.quotes);
    let found = quotes().filter(|quote| quote.verified).count();
    let mut facts = vec![("Analyzer", analysis.analyzer.clone())];
    facts.extend(analysis.model.clone().map(|model| ("Model", model)));
    facts.push(("Prompts or rules", format!("version {}", analysis.prompt_version)));
    let shown = quotes().count();
    if shown > 0 {
        facts.push((
            "Quotations found",
            format!("{} of {} shown", words::number(found), words::number(shown)),
        ));
    }
    if !analysis.dropped.is_empty() {
        facts.push(("Statements dropped", words::number(analysis.dropped.len())));
    }
    if analysis.total_tokens > 0 {
        facts.push(("Tokens", words::number(usize::try_from(analysis.total_tokens).unwrap_or(usize::MAX))));
    }
    facts.extend(analysis.total_cost_usd.map(|cost| ("Cost", format!("${cost:.2}"))));
    facts.push(("Time", seconds(report.generation_time_seconds)));
    facts.push(("Quality checks", report.quality.profile.clone()));
    facts.push(("Schema version", report.schema_version.to_string()));
    facts.push(("Report", report.report_id.clone()));
    facts
}

fn seconds(seconds: f64) -> String {
    if seconds < 10.0 { format!("{seconds:.1} seconds") } else { format!("{seconds:.0} seconds") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_in_a_row_are_a_range() {
        assert_eq!(item_range(&[Item::I6]), "Item 6");
        assert_eq!(item_range(&[Item::I9B, Item::I9C]), "Items 9B and 9C");
        assert_eq!(item_range(&[Item::I10, Item::I11, Item::I12, Item::I13, Item::I14]), "Items 10 to 14");
        assert_eq!(item_range(&[Item::I6, Item::I9C, Item::I14]), "Items 6, 9C and 14");
    }

    #[test]
    fn a_change_is_named_by_item_and_number() {
        assert_eq!(change_name(Item::I9A, "9A-2"), "Item 9A, change 2");
        assert_eq!(change_name(Item::I9A, "x"), "Item 9A, change x");
    }
}
