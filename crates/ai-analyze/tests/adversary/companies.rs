//! Two annual reports of invented companies, written as one text with the edits marked.

use filing_model::{
    Change, ChangeCounts, ChangeKind, Company, Comparison, EditOp, FilingRef, Item, Passage, SectionDiff,
    Status, UnchangedRun, WordCounts,
};

/// All of them, read from `companies/`.
pub(crate) fn companies() -> Vec<Comparison> {
    [
        include_str!("companies/tidewell-pumps.txt"),
        include_str!("companies/harrow-savings.txt"),
        include_str!("companies/quillwork-software.txt"),
        include_str!("companies/saltmarsh-mining.txt"),
        include_str!("companies/brightfield-foods.txt"),
    ]
    .map(comparison)
    .into()
}

/// The first line names the company; `@` begins an Item, `#` a sub-heading, `=` stands in both filings, `+` in the newer
/// alone, `-` in the older alone, and `~` has its edits as `[-gone-]` and `{+new+}`.
fn comparison(text: &str) -> Comparison {
    let mut lines = text.lines();
    let name = lines.next().expect("a name").to_owned();
    let mut sections: Vec<Section> = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let (mark, words) = line.split_once(' ').expect("a mark and words");
        if mark == "@" {
            sections.push(Section::new(words.parse().expect("an Item")));
        } else {
            sections.last_mut().expect("an Item comes first").add(mark, words);
        }
    }
    let filing = |year: i16| FilingRef {
        form: Some("10-K".into()),
        period_end: Some(jiff::civil::date(year, 12, 31)),
        ..FilingRef::default()
    };
    Comparison {
        company: Company { name, cik: None, ticker: None },
        newer: filing(2025),
        older: filing(2024),
        sections: sections.into_iter().map(|section| section.diff).collect(),
        signals: Vec::new(),
    }
}

struct Section {
    diff: SectionDiff,
    heading: Option<String>,
    older: usize,
    newer: usize,
}

impl Section {
    fn new(item: Item) -> Self {
        let diff = SectionDiff {
            item,
            title: item.title().into(),
            newer_status: Status::Found,
            older_status: Status::Found,
            not_compared: None,
            similarity: None,
            headings: Vec::new(),
            words: WordCounts::default(),
            counts: ChangeCounts::default(),
            changes: Vec::new(),
            unchanged: Vec::new(),
            notes: Vec::new(),
        };
        Self { diff, heading: None, older: 0, newer: 0 }
    }

    fn add(&mut self, mark: &str, words: &str) {
        match mark {
            "+" => self.change(ChangeKind::Added, vec![(EditOp::Insert, words.to_owned())]),
            "-" => self.change(ChangeKind::Removed, vec![(EditOp::Delete, words.to_owned())]),
            "~" => self.change(ChangeKind::Modified, edits(words)),
            _ => {
                if mark == "#" {
                    self.heading = Some(words.to_owned());
                }
                let text = vec![words.to_owned()];
                let run = UnchangedRun { older: self.older, newer: self.newer, text, cosmetic: Vec::new() };
                self.diff.unchanged.push(run);
                self.older += 1;
                self.newer += 1;
            }
        }
    }

    fn change(&mut self, kind: ChangeKind, edits: Vec<(EditOp, String)>) {
        let side = |without: EditOp, paragraph: usize| {
            let text: String =
                edits.iter().filter(|(op, _)| *op != without).map(|(_, text)| text.as_str()).collect();
            (!text.is_empty()).then_some(Passage { paragraph, text })
        };
        let (older, newer) = (side(EditOp::Insert, self.older), side(EditOp::Delete, self.newer));
        self.older += usize::from(older.is_some());
        self.newer += usize::from(newer.is_some());
        let rank = self.diff.changes.len() + 1;
        self.diff.changes.push(Change {
            id: format!("{}-{rank}", self.diff.item),
            kind,
            rank,
            weight: 1.0,
            figures_only: false,
            figures: figures(&edits),
            heading: self.heading.clone(),
            elsewhere: None,
            older,
            newer,
            edits: if kind == ChangeKind::Modified { edits } else { Vec::new() },
        });
    }
}

fn edits(marked: &str) -> Vec<(EditOp, String)> {
    let mut edits = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find("[-").into_iter().chain(rest.find("{+")).min() {
        let is_gone = rest[at..].starts_with("[-");
        let (op, close) = if is_gone { (EditOp::Delete, "-]") } else { (EditOp::Insert, "+}") };
        let end = at + rest[at..].find(close).expect("every mark is closed");
        edits.push((EditOp::Equal, rest[..at].to_owned()));
        edits.push((op, rest[at + 2..end].to_owned()));
        rest = &rest[end + 2..];
    }
    edits.push((EditOp::Equal, rest.to_owned()));
    edits.retain(|(_, text)| !text.is_empty());
    edits
}

/// Figures in digits that took the place of others.
fn figures(edits: &[(EditOp, String)]) -> Vec<[String; 2]> {
    let is_figure = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    edits
        .windows(2)
        .filter(|pair| pair[0].0 == EditOp::Delete && pair[1].0 == EditOp::Insert)
        .filter(|pair| is_figure(&pair[0].1) && is_figure(&pair[1].1))
        .map(|pair| [pair[0].1.clone(), pair[1].1.clone()])
        .collect()
}
