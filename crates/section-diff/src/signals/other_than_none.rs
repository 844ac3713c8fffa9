//! Items 9 and 1B say "None" year after year, until they do not.

use filing_model::{Item, Section, Signal, SignalKind, Status, word_count};

use super::{Evidence, auditor, sentences};

/// Fewer words than this may be another way to say none.
const SHORTEST: usize = 20;

pub(crate) fn find(evidence: &Evidence<'_>) -> Vec<Signal> {
    [accountants(evidence), staff_comments(evidence)].into_iter().flatten().collect()
}

/// Item 9 retells a change of accountants a year later, so what both filings have is no news.
fn accountants(evidence: &Evidence<'_>) -> Option<Signal> {
    let newer = told(evidence.newer.items.get(&Item::I9)?)?;
    let older = evidence.older.items.get(&Item::I9).filter(|older| says_none(older))?;
    // A change of auditor is told as such.
    let statement = "Item 9 reports on accountants; a year before it said there was nothing to report.";
    auditor::find(evidence).is_empty().then(|| {
        let before = sentences::of(&older.text).next();
        signal(evidence, SignalKind::AccountantDisagreement, statement, before, newer)
    })
}

fn staff_comments(evidence: &Evidence<'_>) -> Option<Signal> {
    let newer = told(evidence.newer.items.get(&Item::I1B)?)?;
    let older = evidence.older.items.get(&Item::I1B)?;
    let before = told(older);
    let statement = if before.is_some() {
        "Both filings tell of unresolved comments of the SEC’s staff."
    } else if says_none(older) {
        "Item 1B tells of unresolved comments of the SEC’s staff; a year before it said there were none."
    } else {
        "Item 1B tells of unresolved comments of the SEC’s staff."
    };
    let before = before.or_else(|| sentences::of(&older.text).next());
    Some(signal(evidence, SignalKind::StaffComments, statement, before, newer))
}

fn signal(
    evidence: &Evidence<'_>,
    kind: SignalKind,
    statement: &str,
    older: Option<&str>,
    newer: &str,
) -> Signal {
    let item = if kind == SignalKind::StaffComments { Item::I1B } else { Item::I9 };
    Signal {
        kind,
        item,
        statement: statement.to_owned(),
        older: older.map(str::to_owned),
        newer: Some(newer.to_owned()),
        change_id: evidence.change_with(item, newer),
    }
}

/// The sentence of an Item that reports something: one on a firm that left or came, else the first.
fn told(section: &Section) -> Option<&str> {
    if section.status != Status::Found || section.words < SHORTEST || is_bare_none(section) {
        return None;
    }
    let changes = ["dismiss", "resign", "engaged", "appointed", "replaced", "declined"];
    let firm = ["accounting firm", "accountant", "auditor"];
    let has = |sentence: &str, list: &[&str]| list.iter().any(|words| sentence.contains(words));
    let change = sentences::first(&section.text, |sentence| has(sentence, &changes) && has(sentence, &firm));
    let first = || sentences::of(&section.text).find(|sentence| word_count(sentence) > 3);
    change.or_else(|| first().filter(|_| !says_none(section)))
}

/// Whether an Item says in so many words that there is nothing; what follows belongs to another place.
fn is_bare_none(section: &Section) -> bool {
    let first = sentences::of(&section.text).next().unwrap_or_default().to_lowercase();
    ["none", "not applicable", "n/a"].iter().any(|words| first.starts_with(words))
}

/// Whether an Item says that there is nothing to report.
fn says_none(section: &Section) -> bool {
    const NONE: [&str; 14] = [
        "there are no ",
        "there were no ",
        "there have been no ",
        "there has been no ",
        "there is no ",
        "received no ",
        "have no ",
        "has no ",
        "had no ",
        "not have any ",
        "not received any ",
        "no unresolved ",
        "no disagreements",
        "there are none",
    ];
    let first = || sentences::of(&section.text).next().unwrap_or_default().to_lowercase();
    match section.status {
        Status::Omitted => true,
        Status::Found => is_bare_none(section) || NONE.iter().any(|words| first().contains(words)),
        Status::ByReference | Status::Missing => false,
    }
}
