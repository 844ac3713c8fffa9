//! One Item of both filings to its differences.

use filing_model::{
    Change, ChangeCounts, ChangeKind, EditOp, Item, Passage, Section, SectionDiff, UnchangedRun, WordCounts,
};

use crate::{
    align::{self, Alignment, Pair},
    caption, comparable, edits, figures, headings,
    passage::Text,
    rank,
    similarity::{self, Lengths, Terms},
};

/// Compares one Item.
pub(crate) fn section(item: Item, older: &Section, newer: &Section) -> SectionDiff {
    let mut diff = SectionDiff {
        item,
        title: caption::of(item, older, newer),
        newer_status: newer.status,
        older_status: older.status,
        not_compared: comparable::reason_not(item, older, newer),
        similarity: None,
        headings: Vec::new(),
        words: WordCounts { newer: newer.words, older: older.words, added: 0, removed: 0 },
        counts: ChangeCounts::default(),
        changes: Vec::new(),
        unchanged: Vec::new(),
    };
    if diff.not_compared.is_none() {
        compare(&mut diff, &Text::new(older), &Text::new(newer));
    }
    diff
}

fn compare(diff: &mut SectionDiff, older: &Text<'_>, newer: &Text<'_>) {
    let alignment = align::align(older, newer);
    let mut events = events(older, newer, &alignment);
    events.sort_by_key(|event| event.key);
    let mut changes: Vec<Change> = Vec::new();
    for event in events {
        match event.what {
            What::Same { older: a, newer: b, cosmetic } => keep(diff, older, newer, (a, b), cosmetic),
            What::Changed(change) => changes.push(*change),
        }
    }
    for (index, change) in changes.iter_mut().enumerate() {
        change.id = format!("{}-{}", diff.item, index + 1);
        count(&mut diff.counts, &mut diff.words, change);
    }
    rank::weigh(diff.item, &mut changes, newer, older);
    diff.changes = changes;
    let lengths = Lengths {
        older: diff.words.older,
        newer: diff.words.newer,
        added: diff.words.added,
        removed: diff.words.removed,
    };
    diff.similarity = Some(similarity::measure(&terms(older), &terms(newer), lengths));
    diff.headings = headings::compare(older, newer, &alignment, &diff.changes);
}

fn terms(text: &Text<'_>) -> Terms {
    let mut terms = Terms::default();
    for paragraph in &text.paragraphs {
        similarity::count_terms(paragraph.text, &mut terms);
    }
    terms
}

/// Something at a place in reading order.
struct Event {
    /// Where the newer text has it; removed passages stand before what comes next.
    key: (usize, u8, usize),
    what: What,
}

enum What {
    Same { older: usize, newer: usize, cosmetic: bool },
    Changed(Box<Change>),
}

fn events(older: &Text<'_>, newer: &Text<'_>, alignment: &Alignment) -> Vec<Event> {
    let mut events: Vec<Event> =
        Vec::with_capacity(alignment.pairs.len() + alignment.added.len() + alignment.removed.len());
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for pair in &alignment.pairs {
        if !pair.moved {
            kept.push((pair.older.start, pair.newer.end));
        }
        let key = (pair.newer.start, 1, 0);
        events.push(Event { key, what: paired(older, newer, pair) });
    }
    for &index in &alignment.added {
        events.push(Event {
            key: (index, 1, 0),
            what: What::Changed(Box::new(one_sided(newer, index, ChangeKind::Added))),
        });
    }
    kept.sort_unstable();
    for &index in &alignment.removed {
        let before = kept.partition_point(|(start, _)| *start < index);
        let place = before.checked_sub(1).map_or(0, |at| kept[at].1);
        events.push(Event {
            key: (place, 0, index),
            what: What::Changed(Box::new(one_sided(older, index, ChangeKind::Removed))),
        });
    }
    events
}

fn paired(older: &Text<'_>, newer: &Text<'_>, pair: &Pair) -> What {
    let single = pair.older.len() == 1 && pair.newer.len() == 1;
    let (a, b) = (&older.paragraphs[pair.older.start], &newer.paragraphs[pair.newer.start]);
    if single && !pair.moved && a.loose == b.loose {
        return What::Same { older: pair.older.start, newer: pair.newer.start, cosmetic: a.text != b.text };
    }
    let (before, after) = (older.joined(pair.older.clone()), newer.joined(pair.newer.clone()));
    let edits =
        if before == after { vec![(EditOp::Equal, after.clone())] } else { edits::between(&before, &after) };
    let figures = figures::read(&edits);
    What::Changed(Box::new(Change {
        id: String::new(),
        kind: if pair.moved { ChangeKind::Moved } else { ChangeKind::Modified },
        rank: 0,
        weight: 0.0,
        figures_only: figures.only && !pair.moved,
        figures: figures.pairs,
        heading: heading(newer, pair.newer.start),
        older: Some(Passage { paragraph: pair.older.start, text: before }),
        newer: Some(Passage { paragraph: pair.newer.start, text: after }),
        edits,
    }))
}

fn one_sided(text: &Text<'_>, index: usize, kind: ChangeKind) -> Change {
    let words = text.paragraphs[index].text.to_owned();
    let passage = Some(Passage { paragraph: index, text: words.clone() });
    let added = kind == ChangeKind::Added;
    Change {
        id: String::new(),
        kind,
        rank: 0,
        weight: 0.0,
        figures_only: false,
        figures: Vec::new(),
        heading: heading(text, index),
        older: if added { None } else { passage.clone() },
        newer: if added { passage } else { None },
        edits: vec![(if added { EditOp::Insert } else { EditOp::Delete }, words)],
    }
}

fn heading(text: &Text<'_>, paragraph: usize) -> Option<String> {
    text.heading_of(paragraph).map(|heading| heading.title.clone())
}

/// Puts a paragraph that stayed into the run it continues, or begins a new run.
fn keep(diff: &mut SectionDiff, older: &Text<'_>, newer: &Text<'_>, (a, b): (usize, usize), cosmetic: bool) {
    diff.counts.unchanged += usize::from(!cosmetic);
    diff.counts.cosmetic += usize::from(cosmetic);
    let text = newer.paragraphs[b].text.to_owned();
    let continues = diff
        .unchanged
        .last()
        .is_some_and(|run| run.older + run.text.len() == a && run.newer + run.text.len() == b);
    if !continues {
        diff.unchanged.push(UnchangedRun { older: a, newer: b, text: Vec::new(), cosmetic: Vec::new() });
    }
    if let Some(run) = diff.unchanged.last_mut() {
        if cosmetic {
            run.cosmetic.push((run.text.len(), older.paragraphs[a].text.to_owned()));
        }
        run.text.push(text);
    }
}

fn count(counts: &mut ChangeCounts, words: &mut WordCounts, change: &Change) {
    match change.kind {
        ChangeKind::Modified => counts.modified += 1,
        ChangeKind::Added => counts.added += 1,
        ChangeKind::Removed => counts.removed += 1,
        ChangeKind::Moved => counts.moved += 1,
    }
    counts.figures_only += usize::from(change.figures_only);
    let (added, removed) = edits::changed_words(&change.edits);
    words.added += added;
    words.removed += removed;
}
