//! Real filings, which lie outside of the repository: Items against their labels, and comparisons that lose nothing.

use std::collections::BTreeMap;

use filing_model::{
    Change, EditOp, Extraction, Item, Passage, Section, SectionDiff, Side, Status, paragraphs,
};
use section_diff::{Aligned, SectionDiffer as _};
use testkit::{
    Label, RealFilings, Row,
    score::{Disputed, Outcome, Tally, disputed_labels, judge, score},
};

/// Per cent of labelled Items that must be right; raised whenever more are.
const FEWEST_RIGHT: f64 = 98.7;
/// Per cent that may be silently wrong; lowered whenever fewer are.
const MOST_SILENT: f64 = 1.1;

const THREADS: usize = 2;

#[test]
fn items_agree_with_their_labels() {
    let Some(filings) = RealFilings::find() else { return };
    let rows = filings.rows().expect("the index");
    let scored: Vec<_> =
        score(&filings, &rows, THREADS).into_iter().map(|filing| filing.expect("a filing")).collect();
    let tally = Tally::of(&scored);
    let (right, silent) = (tally.right_percent(), tally.silent_percent());
    let silently_wrong = scored.iter().flat_map(|filing| {
        let wrong = filing.items.iter().filter(|(_, outcome, _)| *outcome == Outcome::SilentlyWrong);
        wrong.map(|(item, _, why)| format!("{} {item}: {why}", filing.row.name))
    });
    assert!(
        right >= FEWEST_RIGHT && silent <= MOST_SILENT,
        "{right:.2} % right, {silent:.2} % silently wrong: {:#?}",
        silently_wrong.collect::<Vec<_>>()
    );
}

#[test]
fn counts_and_headings_fit_the_texts() {
    let Some(filings) = RealFilings::find() else { return };
    for row in filings.rows().expect("the index") {
        println!("{}", row.name);
        testkit::assert_consistent(&section_extract::sections(&filings.document(&row).expect("a filing")));
    }
}

#[test]
fn no_text_satisfies_a_disputed_label_because_of_its_last_words() {
    let Some(filings) = RealFilings::find() else { return };
    let rows = filings.rows().expect("the index");
    for Disputed { name, item, .. } in disputed_labels().expect("the list") {
        let row = rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("no filing {name}"));
        let label = filings.labels(row).expect("its labels").remove(&item).expect("a label");
        assert!(!can_be_met(&label), "{name} {item}");
        let end_words = "last words as they are in a text that holds no table".to_owned();
        assert!(can_be_met(&Label { end_words, ..label }), "{name} {item}");
    }
}

/// Whether the label's own text, as far as it tells it, is right.
fn can_be_met(label: &Label) -> bool {
    let due = label.text_words.unwrap_or(label.words);
    // Which of its tokens count as words is the rule's affair; half of the room it leaves is a small enough step.
    (due.saturating_sub(24)..=due).step_by(7).any(|filler| {
        let text = format!("{}{} {}", label.start_words, " filler".repeat(filler), label.end_words);
        judge(label, &Section { status: Status::Found, text, ..Section::missing() }).right
    })
}

#[test]
fn a_comparison_gives_back_both_texts() {
    let Some(filings) = RealFilings::find() else { return };
    let pairs = filings.pairs().expect("the index");
    assert!(!pairs.is_empty(), "the folder has pairs of years");
    std::thread::scope(|scope| {
        for some in pairs.chunks(pairs.len().div_ceil(THREADS)) {
            scope.spawn(|| some.iter().for_each(|pair| assert_comparison_gives_back(&filings, pair)));
        }
    });
}

fn assert_comparison_gives_back(filings: &RealFilings, [older, newer]: &[Row; 2]) {
    let read = |row| section_extract::sections(&filings.document(row).expect("a filing"));
    let (before, after) = (read(older), read(newer));
    for diff in Aligned.compare(&before, &after).sections {
        if diff.not_compared.is_none() {
            let context = format!("{} against {}, Item {}", newer.name, older.name, diff.item);
            assert_gives_back(&diff, Side::Older, &before, &context);
            assert_gives_back(&diff, Side::Newer, &after, &context);
        }
    }
}

/// Changes and unchanged runs hold every paragraph of a side once, at its place and word for word.
fn assert_gives_back(diff: &SectionDiff, side: Side, extraction: &Extraction, context: &str) {
    let mut told: BTreeMap<usize, &str> = BTreeMap::new();
    let mut tell = |index, text| {
        let before = told.insert(index, text);
        assert!(before.is_none(), "{context}: {side:?} paragraph {index} is told twice");
    };
    for change in &diff.changes {
        assert_edits_give_back(change, side, context);
        if let Some(Passage { paragraph, text }) = change.side(side) {
            paragraphs(text).enumerate().for_each(|(at, text)| tell(paragraph + at, text));
        }
    }
    for run in &diff.unchanged {
        for (at, text) in run.text.iter().enumerate() {
            let other_wording = run.cosmetic.iter().find(|(index, _)| *index == at);
            match (side, other_wording) {
                (Side::Older, Some((_, older))) => tell(run.older + at, older),
                (Side::Older, None) => tell(run.older + at, text),
                (Side::Newer, _) => tell(run.newer + at, text),
            }
        }
    }
    let due = own_text(extraction, diff.item);
    let due: Vec<(usize, &str)> = paragraphs(&due).enumerate().collect();
    let told: Vec<(usize, &str)> = told.into_iter().collect();
    for (told, due) in told.iter().zip(&due) {
        assert_eq!(told, due, "{context}: {side:?}");
    }
    assert_eq!(told.len(), due.len(), "{context}: {side:?} paragraphs");
}

/// Equal and deleted text is the older, equal and inserted text the newer.
fn assert_edits_give_back(change: &Change, side: Side, context: &str) {
    let other = match side {
        Side::Older => EditOp::Insert,
        Side::Newer => EditOp::Delete,
    };
    let edits = change.edits.iter().filter(|(op, _)| *op != other);
    let text: String = edits.map(|(_, text)| text.as_str()).collect();
    let due = change.side(side).map_or("", |passage| passage.text.as_str());
    assert_eq!(text, due, "{context}: edits of {}, {side:?}", change.id);
}

/// An Item's text; what Item 8 points to and takes from another Item is shown in Item 8 alone.
fn own_text(extraction: &Extraction, item: Item) -> String {
    let text = &extraction.items[&item].text;
    let taken = extraction.found(Item::I8).filter(|other| item != Item::I8 && other.reason.is_some());
    taken.map_or_else(|| text.clone(), |other| text.replacen(&other.text, "", 1))
}
