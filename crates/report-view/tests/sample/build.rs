//! Builds one compared Item from marked texts: `[-old words-]{+new words+}`.

use std::collections::HashMap;

use filing_model::{
    Change, ChangeCounts, ChangeKind, EditOp, HeadingDiff, HeadingState, Item, Passage, SectionDiff,
    Similarity, Status, UnchangedRun, WordCounts, word_count,
};

/// An Item in the making, paragraph by paragraph in reading order.
pub(crate) struct Text {
    section: SectionDiff,
    older_next: usize,
    newer_next: usize,
    moved: HashMap<String, (usize, String)>,
}

impl Text {
    pub(crate) fn new(item: Item) -> Self {
        let section = SectionDiff {
            item,
            title: item.title().to_owned(),
            newer_status: Status::Found,
            older_status: Status::Found,
            not_compared: None,
            similarity: Some(Similarity { cosine: 0.97, jaccard: 0.95, min_edit: 0.94, simple: 0.93 }),
            headings: Vec::new(),
            words: WordCounts::default(),
            counts: ChangeCounts::default(),
            changes: Vec::new(),
            unchanged: Vec::new(),
            notes: Vec::new(),
        };
        Self { section, older_next: 0, newer_next: 0, moved: HashMap::new() }
    }

    pub(crate) fn same(mut self, text: &str) -> Self {
        let words = word_count(text);
        self.section.words.older += words;
        self.section.words.newer += words;
        self.section.counts.unchanged += 1;
        let (older, newer) = (self.older_next, self.newer_next);
        match self.section.unchanged.last_mut() {
            Some(run) if run.older + run.text.len() == older && run.newer + run.text.len() == newer => {
                run.text.push(text.to_owned());
            }
            _ => self.section.unchanged.push(UnchangedRun {
                older,
                newer,
                text: vec![text.to_owned()],
                cosmetic: Vec::new(),
            }),
        }
        self.older_next += 1;
        self.newer_next += 1;
        self
    }

    pub(crate) fn cosmetic(self, newer: &str, older: &str) -> Self {
        let mut text = self.same(newer);
        let run = text.section.unchanged.last_mut().unwrap();
        run.cosmetic.push((run.text.len() - 1, older.to_owned()));
        text.section.counts.cosmetic += 1;
        text
    }

    pub(crate) fn heading(mut self, level: u8, state: HeadingState, marked: &str) -> Self {
        let edits = edits(marked);
        let (older, newer) = (side(&edits, EditOp::Delete), side(&edits, EditOp::Insert));
        self.section.headings.push(HeadingDiff {
            title: newer.clone(),
            similarity: None,
            level,
            state,
            older_title: (older != newer).then(|| older.clone()),
            older_paragraph: (state != HeadingState::Added).then_some(self.older_next),
            newer_paragraph: (state != HeadingState::Removed).then_some(self.newer_next),
        });
        match state {
            HeadingState::Kept => self.same(&newer),
            HeadingState::Retitled => self.modified(marked),
            HeadingState::Added => self.added(&newer),
            HeadingState::Removed => self.removed(&older),
        }
    }

    pub(crate) fn modified(self, marked: &str) -> Self {
        self.edited(ChangeKind::Modified, edits(marked), false)
    }

    pub(crate) fn figures(self, marked: &str) -> Self {
        self.edited(ChangeKind::Modified, edits(marked), true)
    }

    pub(crate) fn added(mut self, text: &str) -> Self {
        let newer = self.newer(text);
        self.change(ChangeKind::Added, None, Some(newer), Vec::new(), false);
        self
    }

    pub(crate) fn removed(mut self, text: &str) -> Self {
        let older = self.older(text);
        self.change(ChangeKind::Removed, Some(older), None, Vec::new(), false);
        self
    }

    pub(crate) fn table(mut self, older: &str, newer: &str, figures_only: bool) -> Self {
        let edits = vec![(EditOp::Delete, older.to_owned()), (EditOp::Insert, newer.to_owned())];
        let (older, newer) = (self.older(older), self.newer(newer));
        self.change(ChangeKind::Modified, Some(older), Some(newer), edits, figures_only);
        if figures_only {
            self.section.changes.last_mut().unwrap().figures =
                vec![["54".into(), "63".into()], ["3.1".into(), "2.8".into()]];
        }
        self
    }

    pub(crate) fn moved_away(mut self, name: &str, marked: &str) -> Self {
        self.moved.insert(name.to_owned(), (self.older_next, marked.to_owned()));
        self.older_next += 1;
        self
    }

    pub(crate) fn moved_here(mut self, name: &str) -> Self {
        let (paragraph, marked) = self.moved.remove(name).unwrap();
        let edits = edits(&marked);
        let older = Passage { paragraph, text: side(&edits, EditOp::Delete) };
        let newer = self.newer(&side(&edits, EditOp::Insert));
        self.change(ChangeKind::Moved, Some(older), Some(newer), edits, false);
        self
    }

    pub(crate) fn done(self) -> SectionDiff {
        self.section
    }

    fn edited(mut self, kind: ChangeKind, edits: Vec<(EditOp, String)>, figures_only: bool) -> Self {
        let older = self.older(&side(&edits, EditOp::Delete));
        let newer = self.newer(&side(&edits, EditOp::Insert));
        self.change(kind, Some(older), Some(newer), edits, figures_only);
        self
    }

    fn older(&mut self, text: &str) -> Passage {
        self.section.words.older += word_count(text);
        self.older_next += 1;
        Passage { paragraph: self.older_next - 1, text: text.to_owned() }
    }

    fn newer(&mut self, text: &str) -> Passage {
        self.section.words.newer += word_count(text);
        self.newer_next += 1;
        Passage { paragraph: self.newer_next - 1, text: text.to_owned() }
    }

    fn change(
        &mut self,
        kind: ChangeKind,
        older: Option<Passage>,
        newer: Option<Passage>,
        edits: Vec<(EditOp, String)>,
        figures_only: bool,
    ) {
        let number = self.section.changes.len() + 1;
        let counts = &mut self.section.counts;
        *match kind {
            ChangeKind::Modified => &mut counts.modified,
            ChangeKind::Added => &mut counts.added,
            ChangeKind::Removed => &mut counts.removed,
            ChangeKind::Moved => &mut counts.moved,
        } += 1;
        counts.figures_only += usize::from(figures_only);
        let words =
            |op| edits.iter().filter(|(of, _)| *of == op).map(|(_, text)| word_count(text)).sum::<usize>();
        self.section.words.added += match kind {
            ChangeKind::Added => word_count(&newer.as_ref().unwrap().text),
            _ => words(EditOp::Insert),
        };
        self.section.words.removed += match kind {
            ChangeKind::Removed => word_count(&older.as_ref().unwrap().text),
            _ => words(EditOp::Delete),
        };
        let deleted = edits.iter().filter(|(op, _)| *op == EditOp::Delete);
        let inserted = edits.iter().filter(|(op, _)| *op == EditOp::Insert);
        let figures = deleted.zip(inserted).map(|((_, old), (_, new))| [old.clone(), new.clone()]).collect();
        self.section.changes.push(Change {
            id: format!("{}-{number}", self.section.item),
            kind,
            rank: number,
            weight: 1.0,
            figures_only,
            figures: if figures_only { figures } else { Vec::new() },
            elsewhere: None,
            heading: None,
            older,
            newer,
            edits,
        });
    }
}

/// An Item that was not compared.
pub(crate) fn not_compared(item: Item, reason: &str) -> SectionDiff {
    let mut section = Text::new(item).done();
    section.not_compared = Some(reason.to_owned());
    section.similarity = None;
    section.newer_status = Status::ByReference;
    section.older_status = Status::ByReference;
    section
}

fn side(edits: &[(EditOp, String)], op: EditOp) -> String {
    edits.iter().filter(|(of, _)| *of == op || *of == EditOp::Equal).map(|(_, text)| text.as_str()).collect()
}

fn edits(marked: &str) -> Vec<(EditOp, String)> {
    let mut edits = Vec::new();
    let mut rest = marked;
    while let Some(start) =
        rest.find(['[', '{']).filter(|&at| rest[at..].starts_with("[-") || rest[at..].starts_with("{+"))
    {
        let (op, end) =
            if rest[start..].starts_with("[-") { (EditOp::Delete, "-]") } else { (EditOp::Insert, "+}") };
        let length = rest[start..].find(end).unwrap();
        edits.push((EditOp::Equal, rest[..start].to_owned()));
        edits.push((op, rest[start + 2..start + length].to_owned()));
        rest = &rest[start + length + 2..];
    }
    edits.push((EditOp::Equal, rest.to_owned()));
    edits.retain(|(_, text)| !text.is_empty());
    edits
}
