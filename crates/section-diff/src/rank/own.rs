//! What one change tells by itself.

use filing_model::{Change, ChangeKind, Item, Passage};
use rustc_hash::FxHashSet;

use super::{
    amounts, float,
    lexicon::Lexicon,
    told::{Told, Usage},
    turns,
};
use crate::{elsewhere::Texts, passage::Text};

/// Points for what a change says, and the share that it keeps for what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weight {
    pub(super) points: f64,
    pub(super) share: f64,
}

/// Words count by their logarithm: the second hundred tells less than the first.
const SIZE: f64 = 0.8;

/// The same of new topics, on top of it.
const TOPICS: f64 = 0.8;

/// A word that is new and used once or twice is mostly chance: four make a topic.
const USED_ONCE: f64 = 0.25;

/// A word that went says less than one that came.
const WENT: f64 = 0.6;

/// A figure that rolled with its year.
const ROLLED: f64 = 0.15;

/// A year or date that rolled: the least that there is.
const DATES: f64 = 0.03;

/// A table's cells swing from year to year, and prose tells those that matter.
const TABLE: f64 = 0.25;

/// Of the points of amounts, what a table of figures keeps: it stands above dates and below prose.
const AMOUNTS_OF_TABLE: f64 = 0.06;

/// From so many points of grave words on, a passage is no boilerplate.
const GRAVE: f64 = 1.2;

/// The same passage in a second Item, such as a note and the discussion.
const SAID_BEFORE: f64 = 0.3;

/// Text that stands in another Item of the other filing changed its place, not the report.
const ELSEWHERE: f64 = 0.2;

/// A passage on years before the older filing's left the report with its year: three years are told, then the first goes.
const ROLLED_OUT: f64 = 0.3;

/// What new text tells more, and text that is gone or moved tells less.
const KINDS: [(ChangeKind, f64); 4] = [
    (ChangeKind::Added, 1.1),
    (ChangeKind::Modified, 1.0),
    (ChangeKind::Removed, 0.85),
    (ChangeKind::Moved, 0.3),
];

/// What the Items keep, those not named here [`OTHER_ITEMS`]: risk factors tell most of the stock's return (Lazy Prices);
/// auditors, controls and proceedings change seldom and then matter; statements repeat what the discussion says.
const ITEMS: [(Item, f64); 12] = [
    (Item::I9, 1.4),
    (Item::I9A, 1.15),
    (Item::I3, 1.1),
    (Item::I1A, 1.0),
    (Item::I1C, 1.0),
    (Item::I7, 1.0),
    (Item::I1, 0.85),
    (Item::I7A, 0.85),
    (Item::I8, 0.8),
    (Item::I2, 0.7),
    (Item::I5, 0.7),
    (Item::I9B, 0.7),
];

/// Directors, pay, ownership, staff comments.
const OTHER_ITEMS: f64 = 0.5;

/// The list of exhibits.
const EXHIBITS: f64 = 0.2;

/// Weighs change after change of a comparison.
pub(super) struct Weigher {
    lexicon: Lexicon,
    usage: Usage,
    /// The year of the older filing.
    older_year: Option<i16>,
    /// Passages weighed already.
    said: FxHashSet<(ChangeKind, u64)>,
}

impl Weigher {
    pub(super) fn new(lexicon: Lexicon, usage: Usage, older_year: Option<i16>) -> Self {
        Self { lexicon, usage, older_year, said: FxHashSet::default() }
    }

    /// What a change of these texts tells by itself.
    pub(super) fn weight(&mut self, change: &Change, (item, older, newer): &Texts<'_>) -> Weight {
        let told = self.usage.told(&self.lexicon, change, older, newer);
        let Some((text, passage)) = place(change, older, newer) else {
            return Weight { points: 0.0, share: 1.0 };
        };
        let lists = told.lists | heading_lists(&self.lexicon, text, passage.paragraph);
        let mut share = self.lexicon.share(*item, lists, told.terms, told.grave() >= GRAVE) * of_item(*item);
        if !self.said.insert((change.kind, text.paragraphs[passage.paragraph].loose)) {
            share *= SAID_BEFORE;
        }
        let is_table = text.paragraphs[passage.paragraph].is_table;
        if change.figures_only {
            return Weight { points: figures(change, is_table), share };
        }
        share *= of_kind(change.kind) * if is_table { TABLE } else { 1.0 };
        if change.elsewhere.is_some() {
            share *= ELSEWHERE;
        }
        if change.kind == ChangeKind::Removed && self.rolled_out(&passage.text) {
            share *= ROLLED_OUT;
        }
        Weight { points: points(change, &told, is_table), share }
    }

    fn rolled_out(&self, text: &str) -> bool {
        last_year(text).zip(self.older_year).is_some_and(|(last, older)| last < older)
    }
}

/// Where the words of a change stand: in the newer text, or in the older when they are gone.
fn place<'a, 'b>(
    change: &'a Change,
    older: &'a Text<'b>,
    newer: &'a Text<'b>,
) -> Option<(&'a Text<'b>, &'a Passage)> {
    let after = change.newer.as_ref().map(|passage| (newer, passage));
    after.or(change.older.as_ref().map(|passage| (older, passage)))
}

/// The lists of boilerplate that the heading of a paragraph is in.
fn heading_lists(lexicon: &Lexicon, text: &Text<'_>, paragraph: usize) -> u64 {
    let heading = text.heading_at(paragraph).and_then(|heading| text.paragraphs.get(heading.paragraph));
    heading.map_or(0, |paragraph| lexicon.lists(&paragraph.terms))
}

/// What figures alone tell: dates least, then tables, then prose by how far its amounts moved.
fn figures(change: &Change, is_table: bool) -> f64 {
    let moved = amounts::points(&change.figures);
    if !amounts::any(&change.figures) {
        DATES
    } else if is_table {
        2.0 * DATES + AMOUNTS_OF_TABLE * moved.min(1.0)
    } else {
        ROLLED + moved
    }
}

fn points(change: &Change, told: &Told, is_table: bool) -> f64 {
    let words = SIZE * (float(told.came) + WENT * float(told.went)).ln_1p();
    let topics = TOPICS * (float(told.topics) + USED_ONCE * float(told.once)).ln_1p();
    let turns = if change.kind == ChangeKind::Modified { turns::points(&change.edits) } else { 0.0 };
    let moved = if is_table { 0.0 } else { amounts::points(&change.figures) };
    words + topics + told.grave() + turns + moved
}

fn of_kind(kind: ChangeKind) -> f64 {
    KINDS.iter().find(|(known, _)| *known == kind).map_or(1.0, |(_, share)| *share)
}

fn of_item(item: Item) -> f64 {
    let named = ITEMS.iter().find(|(known, _)| *known == item).map(|(_, share)| *share);
    named.unwrap_or(if item == Item::I15 { EXHIBITS } else { OTHER_ITEMS })
}

/// The last year that a text names.
fn last_year(text: &str) -> Option<i16> {
    let bytes = text.as_bytes();
    let edge =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let years = bytes.windows(4).enumerate().filter(|(at, four)| {
        matches!(four, [b'1', b'9', ..] | [b'2', b'0', ..]) && edge(at.checked_sub(1)) && edge(Some(at + 4))
    });
    years.filter_map(|(at, _)| text.get(at..at + 4)?.parse().ok()).max()
}
