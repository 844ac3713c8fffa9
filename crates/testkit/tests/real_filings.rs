//! Real filings, which lie outside of the repository: Items against their labels, and comparisons that lose nothing.

use filing_model::{Extraction, Item, Section, Status};
use section_diff::{Aligned, SectionDiffer as _};
use testkit::{
    Label, RealFilings, Row,
    diff_score::lost_words,
    score::{Disputed, Outcome, Tally, disputed_labels, judge, score},
};

/// Per cent of labelled Items that must be right; raised whenever more are.
const FEWEST_RIGHT: f64 = 99.15;
/// Per cent that may be silently wrong; lowered whenever fewer are.
const MOST_SILENT: f64 = 0.85;

/// Per cent that must be right of the labels that nobody disputes.
const FEWEST_TRUSTED_RIGHT: f64 = 99.95;

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
    let trusted = Tally::without(&scored, &disputed_labels().expect("the list"));
    assert!(
        right >= FEWEST_RIGHT && silent <= MOST_SILENT && trusted.right_percent() >= FEWEST_TRUSTED_RIGHT,
        "{right:.2} % right, {silent:.2} % silently wrong: {:#?}",
        silently_wrong.collect::<Vec<_>>()
    );
}

/// By each filing's own cross-reference index: the first words on the page that it names, or under the Item's caption there.
const INDEXED: [(&str, &[(Item, &str)]); 2] = [
    (
        "GE_FY2023",
        &[
            (Item::I1, "ABOUT GENERAL ELECTRIC"),
            (Item::I1A, "The following discussion of"),
            (Item::I1B, "Not applicable"),
            (Item::I1C, "The description in this"),
            (Item::I2, "ABOUT GENERAL ELECTRIC"),
            (Item::I3, "Refer to Legal Matters"),
            (Item::I4, "Not applicable"),
            (Item::I5, "OTHER FINANCIAL DATA"),
            (Item::I6, "Not applicable"),
            (Item::I7, "The consolidated financial statements"),
            (Item::I7A, "In 2023, we received"),
            (Item::I8, "STATEMENT OF EARNINGS"),
            (Item::I9, "Not applicable"),
            (Item::I9A, "MANAGEMENT AND AUDITOR’S REPORTS"),
            (Item::I9B, "Not applicable"),
            (Item::I9C, "Not applicable"),
            (Item::I10, "Information about our Executive"),
            (Item::I11, "Incorporated by reference to"),
            (Item::I12, "Incorporated by reference to"),
            (Item::I13, "Incorporated by reference to"),
            (Item::I14, "Incorporated by reference to"),
            (Item::I15, "(a)1. Financial Statements"),
            (Item::I16, "Not applicable"),
        ],
    ),
    (
        "MCD_FY2023",
        &[
            (Item::I1, "SUMMARY"),
            (Item::I1A, "Cautionary Statement Regarding"),
            (Item::I1B, "Not applicable"),
            (Item::I1C, "Governance"),
            (Item::I2, "The Company owns and"),
            (Item::I3, "The Company has pending"),
            (Item::I4, "Not applicable"),
            (Item::I5, "MARKET INFORMATION AND"),
            (Item::I6, "Not applicable"),
            (Item::I7, "MANAGEMENT'S VIEW OF"),
            (Item::I7A, "FINANCIAL POSITION AND"),
            (Item::I8, "Index to consolidated financial"),
            (Item::I9, "Not applicable"),
            (Item::I9A, "DISCLOSURE CONTROLS"),
            (Item::I9B, "Not applicable"),
            (Item::I9C, "Not applicable"),
            (Item::I10, "INFORMATION ABOUT OUR"),
            (Item::I11, "The information required by"),
            (Item::I12, "The following table summarizes"),
            (Item::I13, "The information required by"),
            (Item::I14, "The information required by"),
            (Item::I15, "a. (1) | All"),
            (Item::I16, "Not applicable"),
        ],
    ),
];

#[test]
fn items_of_a_cross_reference_index_begin_where_it_says() {
    let Some(filings) = RealFilings::find() else { return };
    let rows = filings.rows().expect("the index");
    for (name, items) in INDEXED {
        let row = rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("no filing {name}"));
        let extraction = section_extract::sections(&filings.document(row).expect("a filing"));
        for (item, first) in items {
            let text = &extraction.items[item].text;
            let begins: String = text.chars().take(60).collect();
            assert!(text.starts_with(first), "{name} Item {item} begins {begins:?}, due {first:?}");
        }
    }
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
    let unread = disputed_labels().expect("the list").into_iter().filter(|entry| !entry.read);
    for Disputed { name, item, .. } in unread {
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
            let texts = [&before, &after].map(|extraction| own_text(extraction, diff.item));
            let lost = lost_words(&diff, &texts[0], &texts[1]);
            assert!(lost.is_empty(), "{context}: {lost:#?}");
        }
    }
}

/// An Item's text; what Item 8 points to and takes from another Item is shown in Item 8 alone.
fn own_text(extraction: &Extraction, item: Item) -> String {
    let text = &extraction.items[&item].text;
    let taken = extraction.found(Item::I8).filter(|other| item != Item::I8 && other.reason.is_some());
    taken.map_or_else(|| text.clone(), |other| text.replacen(&other.text, "", 1))
}
