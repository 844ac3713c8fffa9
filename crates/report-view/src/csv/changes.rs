use filing_model::{Change, ChangeKind, EditOp, Passage, Report, SectionDiff, word_count};

use super::{PAIR, Table, pair};
use crate::facts;

const COLUMNS: [&str; 13] = [
    "item",
    "change",
    "kind",
    "figures_only",
    "rank",
    "weight",
    "heading",
    "elsewhere",
    "words_added",
    "words_removed",
    "figures",
    "older",
    "newer",
];

/// Every change as a row of CSV, Items in the order of the form, changes in reading order.
///
/// `kind` is that of the JSON: `added`, `removed`, `modified` or `moved`. `figures` has pairs such as `$5 → $6`, parted by
/// `; `. `older` and `newer` are whole passages; some spreadsheets show no more than 32,767 letters of one.
///
/// ```
/// # fn show(report: &filing_model::Report) {
/// let table = report_view::changes_csv(report);
/// assert!(table.starts_with("company,ticker,older_period_end,newer_period_end,item,change,kind,"));
/// # }
/// ```
pub fn changes_csv(report: &Report) -> String {
    let mut table = Table::new(&[&PAIR[..], &COLUMNS].concat());
    let pair = pair(report);
    for section in facts::compared(report) {
        for change in &section.changes {
            table.row(pair.iter().cloned().chain(cells(section, change)));
        }
    }
    table.into_text()
}

fn cells(section: &SectionDiff, change: &Change) -> [String; COLUMNS.len()] {
    let text = |passage: &Option<Passage>| passage.as_ref().map_or(String::new(), |at| at.text.clone());
    let figures: Vec<String> =
        change.figures.iter().map(|[older, newer]| format!("{older} → {newer}")).collect();
    [
        section.item.number().to_owned(),
        change.id.clone(),
        kind(change.kind).to_owned(),
        change.figures_only.to_string(),
        change.rank.to_string(),
        format!("{:.3}", change.weight),
        change.heading.clone().unwrap_or_default(),
        change.elsewhere.map_or(String::new(), |item| item.number().to_owned()),
        words(change, EditOp::Insert).to_string(),
        words(change, EditOp::Delete).to_string(),
        figures.join("; "),
        text(&change.older),
        text(&change.newer),
    ]
}

/// Words that came or went; of a new or removed passage all of them.
fn words(change: &Change, op: EditOp) -> usize {
    let whole = match (change.kind, op) {
        (ChangeKind::Added, EditOp::Insert) => change.newer.as_ref(),
        (ChangeKind::Removed, EditOp::Delete) => change.older.as_ref(),
        _ => None,
    };
    match whole {
        Some(passage) => word_count(&passage.text),
        None => change.edits.iter().filter(|(of, _)| *of == op).map(|(_, text)| word_count(text)).sum(),
    }
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Modified => "modified",
        ChangeKind::Added => "added",
        ChangeKind::Removed => "removed",
        ChangeKind::Moved => "moved",
    }
}
