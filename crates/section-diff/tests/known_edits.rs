//! Known edits of our own fixtures: found as they were made, without a lost word. `cargo xtask eval-diff` asks the same of real
//! filings; `docs/DIFF.md` has the figures.

use filing_model::{Extraction, Section, SectionDiff};
use section_diff::{Aligned, SectionDiffer as _};
use testkit::{
    diff_score::{EditTally, judge, lost_words},
    edits::{Donors, EditKind, KnownEdits, Source, known_edits},
};

/// Per cent of all passages, and of the edited ones, that must be right; raised whenever more are.
const FEWEST_RIGHT: f64 = 99.5;
const FEWEST_EDITED_RIGHT: f64 = 98.8;

/// Each gives every text other edits.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=10;

#[test]
fn known_edits_are_found_as_they_were_made() {
    let mut tally = EditTally::default();
    for_each_text(|known, diff| tally.count(known, &judge(known, diff)));
    let kinds = EditKind::ALL.map(|kind| {
        let (right, all) = tally.right_of([kind]);
        format!("{}: {right} of {all}", kind.name())
    });
    let (right, edited) = (tally.right_percent(), tally.edited_right_percent());
    assert!(
        right >= FEWEST_RIGHT && edited >= FEWEST_EDITED_RIGHT,
        "{right:.2} % right, {edited:.2} % of the edited: {kinds:#?}"
    );
}

#[test]
fn what_needs_no_judgement_is_always_right() {
    let mut tally = EditTally::default();
    for_each_text(|known, diff| tally.count(known, &judge(known, diff)));
    for kind in [EditKind::Unchanged, EditKind::Inserted, EditKind::Moved] {
        let (right, all) = tally.right_of([kind]);
        assert!(right == all && all > 0, "{}: {right} of {all}", kind.name());
    }
}

#[test]
fn both_texts_are_given_back() {
    for_each_text(|known, diff| {
        let lost = lost_words(diff, &known.older.text, &known.newer.text);
        assert!(lost.is_empty(), "{lost:#?}");
    });
}

fn for_each_text(mut look: impl FnMut(&KnownEdits, &SectionDiff)) {
    let sources = Source::of_demo().expect("the demo recording");
    let donors = Donors::new(&sources);
    for seed in SEEDS {
        for source in &sources {
            let known = known_edits(source, &donors, seed);
            look(&known, &compare(source, &known));
        }
    }
}

fn compare(source: &Source, known: &KnownEdits) -> SectionDiff {
    let whole = |section: &Section| {
        let mut extraction = Extraction::empty();
        extraction.items.insert(source.item, section.clone());
        extraction
    };
    let mut sections = Aligned.compare(&whole(&known.older), &whole(&known.newer)).sections;
    sections.pop().expect("one Item was given")
}
