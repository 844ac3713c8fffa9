//! One Item in reading order: changes, headings, old places of moved text, and what is unchanged between them.

use std::{collections::HashMap, iter::Peekable};

use filing_model::{Change, ChangeKind, HeadingDiff, HeadingState, SectionDiff, UnchangedRun, paragraphs};

use crate::kind::Kind;

/// What stands next in an Item.
pub(crate) enum Piece<'a> {
    /// A heading that both filings have in the same words.
    Heading(Heading<'a>),
    /// A change; with its heading when the passage is one.
    Change(&'a Change, Option<Heading<'a>>),
    /// The place that a passage was moved away from.
    MovedFrom(&'a Change),
    /// Paragraphs in a row that need no attention.
    Quiet(Vec<Quiet<'a>>),
}

/// A paragraph that needs no attention.
pub(crate) enum Quiet<'a> {
    /// The same in both, but for case, punctuation or white space where an older wording is given.
    Same {
        /// As in the newer filing.
        text: &'a str,
        /// As in the older filing, when it is not the very same.
        older: Option<&'a str>,
    },
    /// Other in figures alone; those are listed by themselves.
    FiguresOnly(&'a Change),
}

/// A heading in its place.
#[derive(Clone, Copy)]
pub(crate) struct Heading<'a> {
    /// Its index in the Item, which names its anchor.
    pub(crate) index: usize,
    /// Its words and what became of it.
    pub(crate) diff: &'a HeadingDiff,
    /// The paragraph, when it is unchanged.
    pub(crate) text: &'a str,
}

/// The pieces of an Item in reading order, in one pass over its text.
pub(crate) fn pieces(section: &SectionDiff) -> Vec<Piece<'_>> {
    let mut flow = Flow::new(section);
    for change in &section.changes {
        flow.unchanged_before(change);
        flow.moved_from_before(
            change.older.as_ref().filter(|_| change.kind != ChangeKind::Moved).map(|at| at.paragraph),
        );
        flow.change(change);
    }
    flow.unchanged_while(|_| true);
    flow.moved_from_before(Some(usize::MAX));
    flow.pieces
}

struct Flow<'a> {
    pieces: Vec<Piece<'a>>,
    unchanged: Peekable<Box<dyn Iterator<Item = Unchanged<'a>> + 'a>>,
    moved_from: Peekable<std::vec::IntoIter<&'a Change>>,
    newer_headings: HashMap<usize, (usize, &'a HeadingDiff)>,
    older_headings: HashMap<usize, (usize, &'a HeadingDiff)>,
    /// The older paragraph that the next piece of the older text would have.
    older_next: usize,
}

#[derive(Clone, Copy)]
struct Unchanged<'a> {
    older: usize,
    /// Behind it in the older text.
    older_end: usize,
    newer: usize,
    text: &'a str,
    older_text: Option<&'a str>,
}

impl<'a> Flow<'a> {
    fn new(section: &'a SectionDiff) -> Self {
        let mut moved: Vec<&Change> = section
            .changes
            .iter()
            .filter(|change| change.kind == ChangeKind::Moved && change.older.is_some())
            .collect();
        moved.sort_by_key(|change| older_place(change));
        let runs: Box<dyn Iterator<Item = _>> = Box::new(section.unchanged.iter().flat_map(unchanged));
        Self {
            pieces: Vec::with_capacity(
                2 * section.changes.len() + section.unchanged.len() + section.headings.len(),
            ),
            unchanged: runs.peekable(),
            moved_from: moved.into_iter().peekable(),
            newer_headings: headings(section, |heading| heading.newer_paragraph),
            older_headings: headings(section, |heading| {
                heading.older_paragraph.filter(|_| heading.state == HeadingState::Removed)
            }),
            older_next: 0,
        }
    }

    /// A change of the newer text stands by its newer paragraph, a removed one by its older.
    fn unchanged_before(&mut self, change: &Change) {
        match (&change.newer, &change.older) {
            (Some(newer), _) => self.unchanged_while(|paragraph| paragraph.newer < newer.paragraph),
            (None, Some(older)) => self.unchanged_while(|paragraph| paragraph.older < older.paragraph),
            (None, None) => {}
        }
    }

    fn unchanged_while(&mut self, stands_before: impl Fn(&Unchanged<'_>) -> bool) {
        while let Some(paragraph) = self.unchanged.next_if(&stands_before) {
            self.moved_from_before(Some(paragraph.older));
            match self.newer_headings.get(&paragraph.newer) {
                Some(&(index, diff)) => {
                    self.pieces.push(Piece::Heading(Heading { index, diff, text: paragraph.text }));
                }
                None => self.quiet(Quiet::Same { text: paragraph.text, older: paragraph.older_text }),
            }
            self.older_next = paragraph.older_end;
            self.moved_from_here();
        }
    }

    fn change(&mut self, change: &'a Change) {
        let heading = self.heading_of(change);
        if Kind::of(change) == Kind::FiguresOnly && heading.is_none() {
            self.quiet(Quiet::FiguresOnly(change));
        } else {
            self.pieces.push(Piece::Change(change, heading));
        }
        if let Some(older) = &change.older
            && change.kind != ChangeKind::Moved
        {
            self.older_next = older.paragraph + filing_model::paragraphs(&older.text).count().max(1);
        }
        self.moved_from_here();
    }

    fn heading_of(&self, change: &'a Change) -> Option<Heading<'a>> {
        let &(index, diff) = match (&change.newer, &change.older) {
            (Some(newer), _) => self.newer_headings.get(&newer.paragraph)?,
            (None, Some(older)) => self.older_headings.get(&older.paragraph)?,
            (None, None) => return None,
        };
        let passages = [&change.newer, &change.older];
        let single = passages.into_iter().flatten().all(|passage| !passage.text.contains('\n'));
        single.then_some(Heading { index, diff, text: "" })
    }

    fn quiet(&mut self, quiet: Quiet<'a>) {
        if let Some(Piece::Quiet(run)) = self.pieces.last_mut() {
            run.push(quiet);
        } else {
            self.pieces.push(Piece::Quiet(vec![quiet]));
        }
    }

    /// Old places that lie before an older paragraph.
    fn moved_from_before(&mut self, paragraph: Option<usize>) {
        let Some(paragraph) = paragraph else { return };
        while let Some(change) = self.moved_from.next_if(|change| older_place(change) < paragraph) {
            self.pieces.push(Piece::MovedFrom(change));
        }
    }

    /// Old places that follow the older paragraphs shown so far.
    fn moved_from_here(&mut self) {
        while let Some(change) = self.moved_from.next_if(|change| older_place(change) <= self.older_next) {
            let older = change.older.as_ref().map_or("", |older| older.text.as_str());
            self.older_next = older_place(change) + filing_model::paragraphs(older).count().max(1);
            self.pieces.push(Piece::MovedFrom(change));
        }
    }
}

fn older_place(change: &Change) -> usize {
    change.older.as_ref().map_or(usize::MAX, |older| older.paragraph)
}

fn headings(
    section: &SectionDiff,
    paragraph: impl Fn(&HeadingDiff) -> Option<usize>,
) -> HashMap<usize, (usize, &HeadingDiff)> {
    let placed = section.headings.iter().enumerate().rev();
    placed.filter_map(|(index, heading)| Some((paragraph(heading)?, (index, heading)))).collect()
}

/// The paragraphs of a run. Those that were split or merged without another word share their older place, and the first one
/// tells the older wording.
fn unchanged(run: &UnchangedRun) -> impl Iterator<Item = Unchanged<'_>> {
    run.text.iter().enumerate().flat_map(move |(index, text)| {
        let wording = run.cosmetic.binary_search_by_key(&index, |(at, _)| *at);
        let older_text = wording.ok().map(|at| run.cosmetic[at].1.as_str());
        let older = run.older + index;
        let older_end = older + older_text.map_or(1, |older| paragraphs(older).count());
        paragraphs(text).enumerate().map(move |(at, text)| Unchanged {
            older,
            older_end,
            newer: run.newer + index + at,
            text,
            older_text: older_text.filter(|_| at == 0),
        })
    })
}

#[cfg(test)]
mod tests {
    use filing_model::{EditOp, Item, Passage, Status};

    use super::*;

    fn change(id: &str, kind: ChangeKind, older: Option<usize>, newer: Option<usize>) -> Change {
        let passage = |paragraph| Passage { paragraph, text: id.to_owned() };
        Change {
            id: id.to_owned(),
            kind,
            rank: 1,
            weight: 1.0,
            figures_only: false,
            elsewhere: None,
            figures: Vec::new(),
            heading: None,
            older: older.map(passage),
            newer: newer.map(passage),
            edits: vec![(EditOp::Equal, id.to_owned())],
        }
    }

    fn run(older: usize, newer: usize, text: &[&str]) -> UnchangedRun {
        let text = text.iter().map(|&text| text.to_owned()).collect();
        UnchangedRun { older, newer, text, cosmetic: Vec::new() }
    }

    fn section(
        changes: Vec<Change>,
        unchanged: Vec<UnchangedRun>,
        headings: Vec<HeadingDiff>,
    ) -> SectionDiff {
        SectionDiff {
            item: Item::I1,
            title: "Business".to_owned(),
            newer_status: Status::Found,
            older_status: Status::Found,
            not_compared: None,
            similarity: None,
            headings,
            words: filing_model::WordCounts::default(),
            counts: filing_model::ChangeCounts::default(),
            changes,
            unchanged,
            notes: Vec::new(),
        }
    }

    fn shown(section: &SectionDiff) -> String {
        let words = pieces(section).into_iter().map(|piece| match piece {
            Piece::Heading(heading) => format!("#{}", heading.text),
            Piece::Change(change, Some(_)) => format!("#{}", change.id),
            Piece::Change(change, None) => change.id.clone(),
            Piece::MovedFrom(change) => format!("(from {})", change.id),
            Piece::Quiet(run) => run
                .iter()
                .map(|quiet| match quiet {
                    Quiet::Same { text, .. } => (*text).to_owned(),
                    Quiet::FiguresOnly(change) => format!("~{}", change.id),
                })
                .collect::<Vec<_>>()
                .join("+"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn removed_and_moved_text_stands_where_it_stood() {
        // Older: a R M b c; newer: a N b M c.
        let changes = vec![
            change("R", ChangeKind::Removed, Some(1), None),
            change("N", ChangeKind::Added, None, Some(1)),
            change("M", ChangeKind::Moved, Some(2), Some(3)),
        ];
        let unchanged = vec![run(0, 0, &["a"]), run(3, 2, &["b"]), run(4, 4, &["c"])];
        assert_eq!(shown(&section(changes, unchanged, vec![])), "a R (from M) N b M c");
    }

    #[test]
    fn text_moved_from_the_very_start_or_end_is_not_lost() {
        // Older: M a L; newer: L a M.
        let changes = vec![
            change("L", ChangeKind::Moved, Some(2), Some(0)),
            change("M", ChangeKind::Moved, Some(0), Some(2)),
        ];
        assert_eq!(shown(&section(changes, vec![run(1, 1, &["a"])], vec![])), "L (from M) a (from L) M");
    }

    #[test]
    fn headings_part_unchanged_text_and_figures_do_not() {
        let heading = |title: &str, state, older, newer| HeadingDiff {
            title: title.to_owned(),
            similarity: None,
            level: 1,
            state,
            older_title: None,
            older_paragraph: older,
            newer_paragraph: newer,
        };
        let mut figures = change("F", ChangeKind::Modified, Some(2), Some(2));
        figures.figures_only = true;
        let changes = vec![figures, change("T", ChangeKind::Added, None, Some(4))];
        let unchanged = vec![run(0, 0, &["a", "H"]), run(3, 3, &["b"]), run(4, 5, &["c"])];
        let headings = vec![
            heading("H", HeadingState::Kept, Some(1), Some(1)),
            heading("T", HeadingState::Added, None, Some(4)),
        ];
        assert_eq!(shown(&section(changes, unchanged, headings)), "a #H ~F+b #T c");
    }
}
