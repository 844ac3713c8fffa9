//! One Item of both filings to its differences.

use filing_model::{
    Change, ChangeCounts, ChangeKind, EditOp, Passage, Section, SectionDiff, UnchangedRun, WordCounts,
};

use crate::{
    align::{self, Alignment, Pair},
    caption, comparable, edits,
    elsewhere::Texts,
    figures, headings,
    passage::Text,
    similarity::{self, Lengths},
};

/// Compares one Item; its changes have no weight yet.
pub(crate) fn section(older: &Section, newer: &Section, texts: &Texts<'_>) -> SectionDiff {
    let item = texts.0;
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
        notes: Vec::new(),
    };
    if diff.not_compared.is_none() {
        compare(&mut diff, &texts.1, &texts.2);
    }
    diff
}

fn compare(diff: &mut SectionDiff, older: &Text<'_>, newer: &Text<'_>) {
    let alignment = align::align(older, newer);
    let (mut events, too_long) = events(older, newer, &alignment);
    if too_long > 0 {
        diff.notes.push(format!(
            "{too_long} passages too long to compare word by word are shown as removed and added."
        ));
    }
    events.sort_by_key(|event| event.key);
    let mut changes: Vec<Change> = Vec::new();
    for event in events {
        match event.what {
            What::Same(same) => keep(diff, same),
            What::Changed(change) => changes.push(*change),
        }
    }
    for (index, change) in changes.iter_mut().enumerate() {
        change.id = format!("{}-{}", diff.item, index + 1);
        count(&mut diff.counts, &mut diff.words, change);
    }
    diff.changes = changes;
    let lengths = Lengths {
        older: diff.words.older,
        newer: diff.words.newer,
        added: diff.words.added,
        removed: diff.words.removed,
    };
    diff.similarity = Some(similarity::measure(
        &similarity::terms(&older.paragraphs),
        &similarity::terms(&newer.paragraphs),
        lengths,
    ));
    diff.headings = headings::compare(older, newer, &alignment, &diff.changes);
}

/// Something at a place in reading order.
struct Event {
    /// Where the newer text has it; removed passages stand before what comes next.
    key: (usize, u8, usize),
    what: What,
}

/// Text that stayed: a paragraph, or several that were split or merged and say the same in all.
struct Same {
    older: usize,
    newer: usize,
    text: String,
    /// The older wording where it differs.
    cosmetic: Option<String>,
}

enum What {
    Same(Same),
    Changed(Box<Change>),
}

/// What happened, and how many pairs were too long to be compared by words: they are shown as removed and added.
fn events(older: &Text<'_>, newer: &Text<'_>, alignment: &Alignment) -> (Vec<Event>, usize) {
    let mut events: Vec<Event> =
        Vec::with_capacity(alignment.pairs.len() + alignment.added.len() + alignment.removed.len());
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let mut apart: Vec<&Pair> = Vec::new();
    for pair in &alignment.pairs {
        if !pair.moved {
            kept.push((pair.older.start, pair.newer.end));
        }
        let key = (pair.newer.start, 1, 0);
        if let Some(what) = paired(older, newer, pair) {
            events.push(Event { key, what });
        } else {
            apart.push(pair);
        }
    }
    let mut added = alignment.added.clone();
    let mut removed = alignment.removed.clone();
    let too_long = apart.len();
    for pair in apart {
        added.extend(pair.newer.clone());
        removed.extend(pair.older.clone());
    }
    for index in added {
        events.push(Event {
            key: (index, 1, 0),
            what: What::Changed(Box::new(one_sided(newer, index, ChangeKind::Added))),
        });
    }
    kept.sort_unstable();
    for index in removed {
        let before = kept.partition_point(|(start, _)| *start < index);
        let place = before.checked_sub(1).map_or(0, |at| kept[at].1);
        events.push(Event {
            key: (place, 0, index),
            what: What::Changed(Box::new(one_sided(older, index, ChangeKind::Removed))),
        });
    }
    (events, too_long)
}

/// What became of a pair; `None` when its passages are too long to be compared by words.
fn paired(older: &Text<'_>, newer: &Text<'_>, pair: &Pair) -> Option<What> {
    let single = pair.older.len() == 1 && pair.newer.len() == 1;
    let (a, b) = (&older.paragraphs[pair.older.start], &newer.paragraphs[pair.newer.start]);
    let same = || {
        if single {
            a.loose == b.loose
        } else {
            older.loose(pair.older.clone()) == newer.loose(pair.newer.clone())
        }
    };
    if single && a.text == b.text && !pair.moved {
        let text = b.text.to_owned();
        return Some(What::Same(Same {
            older: pair.older.start,
            newer: pair.newer.start,
            text,
            cosmetic: None,
        }));
    }
    let (before, after) = (older.joined(pair.older.clone()), newer.joined(pair.newer.clone()));
    if !pair.moved && same() {
        let cosmetic = (before != after).then_some(before);
        return Some(What::Same(Same {
            older: pair.older.start,
            newer: pair.newer.start,
            text: after,
            cosmetic,
        }));
    }
    let edits =
        if before == after { vec![(EditOp::Equal, after.clone())] } else { edits::between(&before, &after)? };
    let figures = figures::read(&edits);
    Some(What::Changed(Box::new(Change {
        id: String::new(),
        kind: if pair.moved { ChangeKind::Moved } else { ChangeKind::Modified },
        rank: 0,
        weight: 0.0,
        figures_only: figures.only && !pair.moved,
        figures: figures.pairs,
        heading: heading(newer, pair.newer.start),
        elsewhere: None,
        older: Some(Passage { paragraph: pair.older.start, text: before }),
        newer: Some(Passage { paragraph: pair.newer.start, text: after }),
        edits,
    })))
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
        elsewhere: None,
        older: if added { None } else { passage.clone() },
        newer: if added { passage } else { None },
        edits: vec![(if added { EditOp::Insert } else { EditOp::Delete }, words)],
    }
}

fn heading(text: &Text<'_>, paragraph: usize) -> Option<String> {
    text.heading_of(paragraph).map(|heading| heading.title.clone())
}

/// Puts text that stayed into the run it continues, or begins a new run. What was split or merged is a run by itself.
fn keep(diff: &mut SectionDiff, same: Same) {
    let Same { older, newer, text, cosmetic } = same;
    diff.counts.unchanged += usize::from(cosmetic.is_none());
    diff.counts.cosmetic += usize::from(cosmetic.is_some());
    let single = |run: &UnchangedRun| {
        let texts = run.text.iter().chain(run.cosmetic.iter().map(|(_, older)| older));
        run.text.len() > 1 || texts.into_iter().all(|text| !text.contains("\n\n"))
    };
    let joined = text.contains("\n\n") || cosmetic.as_ref().is_some_and(|older| older.contains("\n\n"));
    let continues = !joined
        && diff.unchanged.last().is_some_and(|run| {
            run.older + run.text.len() == older && run.newer + run.text.len() == newer && single(run)
        });
    if !continues {
        diff.unchanged.push(UnchangedRun { older, newer, text: Vec::new(), cosmetic: Vec::new() });
    }
    if let Some(run) = diff.unchanged.last_mut() {
        if let Some(older) = cosmetic {
            run.cosmetic.push((run.text.len(), older));
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
