//! Comparisons of invented companies, for tests.

use filing_model::{
    Change, ChangeCounts, ChangeKind, Company, Comparison, EditOp, FilingRef, Item, Passage, SectionDiff,
    Signal, SignalKind, Status, UnchangedRun, WordCounts,
};

/// Two filings of an invented maker of pumps, without any section yet.
pub(crate) fn comparison(sections: Vec<SectionDiff>) -> Comparison {
    Comparison {
        company: Company { name: "Tidewell Pumps, Inc.".into(), cik: None, ticker: None },
        newer: filing(2025),
        older: filing(2024),
        sections,
        signals: Vec::new(),
    }
}

fn filing(year: i16) -> FilingRef {
    FilingRef {
        form: Some("10-K".into()),
        period_end: Some(jiff::civil::date(year, 12, 31)),
        ..FilingRef::default()
    }
}

/// An Item that was compared, with counts that fit its changes.
pub(crate) fn section(item: Item, changes: Vec<Change>) -> SectionDiff {
    let count = |kind: ChangeKind| changes.iter().filter(|change| change.kind == kind).count();
    let edits =
        |of: fn(crate::text::Counts) -> usize| changes.iter().map(crate::text::edited_words).map(of).sum();
    SectionDiff {
        item,
        title: item.title().into(),
        newer_status: Status::Found,
        older_status: Status::Found,
        not_compared: None,
        similarity: None,
        headings: Vec::new(),
        words: WordCounts {
            newer: 900,
            older: 880,
            added: edits(|it| it.added),
            removed: edits(|it| it.removed),
        },
        counts: ChangeCounts {
            unchanged: 4,
            modified: count(ChangeKind::Modified),
            added: count(ChangeKind::Added),
            removed: count(ChangeKind::Removed),
            moved: count(ChangeKind::Moved),
            figures_only: changes.iter().filter(|change| change.figures_only).count(),
            cosmetic: 0,
        },
        changes,
        unchanged: Vec::new(),
        notes: Vec::new(),
    }
}

/// Paragraphs that both filings have, at these places.
pub(crate) fn unchanged(older: usize, newer: usize, text: &[&str]) -> UnchangedRun {
    UnchangedRun { older, newer, text: text.iter().map(ToString::to_string).collect(), cosmetic: Vec::new() }
}

/// A paragraph that the newer filing adds.
pub(crate) fn added(id: &str, paragraph: usize, text: &str) -> Change {
    Change {
        id: id.into(),
        kind: ChangeKind::Added,
        rank: 1,
        weight: 1.0,
        figures_only: false,
        elsewhere: None,
        figures: Vec::new(),
        heading: None,
        older: None,
        newer: Some(Passage { paragraph, text: text.into() }),
        edits: Vec::new(),
    }
}

/// A paragraph that the older filing alone has.
pub(crate) fn removed(id: &str, paragraph: usize, text: &str) -> Change {
    let passage = Some(Passage { paragraph, text: text.into() });
    Change { kind: ChangeKind::Removed, older: passage, newer: None, ..added(id, paragraph, "") }
}

/// A paragraph edited in place; `marked` has its edits as `[-gone-]` and `{+new+}`.
pub(crate) fn modified(id: &str, paragraph: usize, marked: &str) -> Change {
    let edits = edits(marked);
    let side = |without: EditOp| {
        let text = edits.iter().filter(|(op, _)| *op != without).map(|(_, text)| text.as_str()).collect();
        Some(Passage { paragraph, text })
    };
    Change {
        kind: ChangeKind::Modified,
        older: side(EditOp::Insert),
        newer: side(EditOp::Delete),
        edits: edits.clone(),
        ..added(id, paragraph, "")
    }
}

fn edits(marked: &str) -> Vec<(EditOp, String)> {
    let mut edits = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find("[-").into_iter().chain(rest.find("{+")).min() {
        let (op, close) =
            if rest[at..].starts_with("[-") { (EditOp::Delete, "-]") } else { (EditOp::Insert, "+}") };
        let end = at + rest[at..].find(close).expect("every mark is closed");
        edits.push((EditOp::Equal, rest[..at].to_owned()));
        edits.push((op, rest[at + 2..end].to_owned()));
        rest = &rest[end + 2..];
    }
    edits.push((EditOp::Equal, rest.to_owned()));
    edits.retain(|(_, text)| !text.is_empty());
    edits
}

/// With a rank, a weight and a heading.
pub(crate) fn placed(change: Change, rank: usize, weight: f64, heading: &str) -> Change {
    Change { rank, weight, heading: (!heading.is_empty()).then(|| heading.into()), ..change }
}

/// What a rule found.
pub(crate) fn signal(kind: SignalKind, item: Item, statement: &str, change_id: Option<&str>) -> Signal {
    Signal {
        kind,
        item,
        statement: statement.into(),
        older: None,
        newer: None,
        change_id: change_id.map(Into::into),
    }
}
