use filing_model::{Change, Comparison, EditOp, FilingRef, Item, Quote, Side, word_count};

use super::quotation::stands_in;
use crate::text::{Counts, Figure, Number, edited_words, figures, normalise, plain_words};

/// Words in quotation marks that are a term, not a quotation.
const TERM_WORDS: usize = 2;

/// What one statement may come from.
pub(super) struct Evidence {
    texts: Vec<Text>,
    figures: Vec<(usize, Figure)>,
    /// Fiscal years of the older and the newer filing.
    years: [Option<String>; 2],
    /// Counts of words that we made.
    words: Vec<String>,
    /// Changes that are quoted.
    pub(super) changes: usize,
    /// Old and new figures of those changes of which one side is quoted.
    pub(super) pairs: Vec<[Figure; 2]>,
}

/// A text that a statement may draw on.
pub(super) struct Text {
    /// The filing whose words these are; `None` for ours.
    pub(super) side: Option<Side>,
    /// Words that the statement itself quotes.
    pub(super) is_quoted: bool,
    pub(super) words: String,
}

/// A figure of the evidence and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) text: &'a Text,
    pub(super) figure: &'a Figure,
}

impl Evidence {
    pub(super) fn new(statement: &str, item: Item, quotes: &[Quote], comparison: &Comparison) -> Self {
        let changes = quoted_changes(item, quotes, comparison);
        let mut texts = Texts::default();
        for quote in quotes {
            texts.push(Some(quote.side), true, &quote.text);
        }
        for change in &changes {
            for side in [Side::Older, Side::Newer] {
                texts.extend(Some(side), change.side(side).map(|passage| passage.text.as_str()));
            }
            texts.extend(None, change.heading.as_deref());
        }
        for signal in &comparison.signals {
            let is_shown = signal.change_id.as_ref().is_some_and(|id| changes.iter().any(|it| &it.id == id));
            let is_repeated = signal.item == item && statement.contains(&normalise(&signal.statement));
            if is_shown || is_repeated {
                texts.push(None, false, &signal.statement);
                texts.extend(Some(Side::Older), signal.older.as_deref());
                texts.extend(Some(Side::Newer), signal.newer.as_deref());
            }
        }
        let year = |filing: &FilingRef| filing.fiscal_year().map(|year| year.to_string());
        let words = changes.iter().flat_map(|change| word_counts(change, item, comparison));
        Self::of(texts.0, [year(&comparison.older), year(&comparison.newer)])
            .with_changes(&changes, words.map(|count| count.to_string()).collect())
    }

    /// Evidence of texts alone.
    pub(super) fn of(texts: Vec<Text>, years: [Option<String>; 2]) -> Self {
        let figures = texts
            .iter()
            .enumerate()
            .flat_map(|(index, text)| figures(&text.words).into_iter().map(move |figure| (index, figure)))
            .collect();
        Self { texts, figures, years, words: Vec::new(), changes: 0, pairs: Vec::new() }
    }

    fn with_changes(mut self, changes: &[&Change], words: Vec<String>) -> Self {
        self.changes = changes.len();
        self.words = words;
        let pairs = changes.iter().flat_map(|change| pairs(change));
        self.pairs = pairs.filter(|pair| self.is_quoted(pair)).collect();
        self
    }

    /// A table has figures enough to compute anything from; a pair counts when one of its figures is quoted.
    fn is_quoted(&self, [old, new]: &[Figure; 2]) -> bool {
        let stands = |wanted: &Figure, side: Side| {
            self.figures.iter().any(|(index, figure)| {
                let text = &self.texts[*index];
                text.is_quoted && text.side == Some(side) && figure.number.bears_out(&wanted.number)
            })
        };
        stands(old, Side::Older) || stands(new, Side::Newer)
    }

    /// Where a number stands.
    pub(super) fn known<'a>(&'a self, stated: &Number) -> Vec<Known<'a>> {
        let is_it =
            |(_, figure): &&(usize, Figure)| figure.relation.is_none() && figure.number.bears_out(stated);
        let mut known: Vec<Known<'a>> =
            self.figures.iter().filter(is_it).map(|(index, figure)| self.place(*index, figure)).collect();
        // A quotation may leave out the words before its first figure; its passage has them.
        let passages: Vec<Option<Side>> =
            known.iter().filter(|it| !it.text.is_quoted).map(|it| it.text.side).collect();
        known.retain(|it| !it.text.is_quoted || !passages.contains(&it.text.side));
        known
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = Known<'_>> {
        self.figures.iter().map(|(index, figure)| self.place(*index, figure))
    }

    fn place<'a>(&'a self, index: usize, figure: &'a Figure) -> Known<'a> {
        Known { text: &self.texts[index], figure }
    }

    pub(super) fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// The filing that reports on a year.
    pub(super) fn side_of_year(&self, year: &str) -> Option<Side> {
        let [older, newer] = &self.years;
        match year {
            year if newer.as_deref() == Some(year) => Some(Side::Newer),
            year if older.as_deref() == Some(year) => Some(Side::Older),
            _ => None,
        }
    }

    /// Words of a change, of its edits or of its sub-section.
    pub(super) fn counts_words(&self, stated: &Number) -> bool {
        self.words.contains(&stated.digits)
    }

    /// The statement without the contents of its own quotation marks where they stand in the evidence word for word, or
    /// which of them does not.
    pub(super) fn without_literal_parts(&self, statement: &str) -> Result<String, String> {
        let mut said = String::new();
        let mut parts = statement.split('"');
        said.extend(parts.next());
        while let (Some(inside), outside) = (parts.next(), parts.next()) {
            let is_closed = outside.is_some();
            let is_literal = is_closed && self.holds(inside);
            if is_closed && !is_literal && plain_words(inside) > TERM_WORDS {
                return Err(
                    "words in quotation marks stand in neither the quotations nor the change they come from"
                        .into(),
                );
            }
            said.push('"');
            said.push_str(if is_literal { "" } else { inside });
            said.push('"');
            said.extend(outside);
        }
        Ok(said)
    }

    /// Quotation marks within are single ones, and a full stop or comma may stand before the closing mark.
    fn holds(&self, literal: &str) -> bool {
        let literal = literal.trim().trim_end_matches(['…', ' ']).replace('"', "'");
        let bare = literal.trim_end_matches(['.', ',', ';']);
        self.texts
            .iter()
            .map(|text| text.words.replace('"', "'"))
            .any(|text| stands_in(&text, &literal) || stands_in(&text, bare))
    }
}

#[derive(Default)]
struct Texts(Vec<Text>);

impl Texts {
    fn push(&mut self, side: Option<Side>, is_quoted: bool, text: &str) {
        self.0.push(Text { side, is_quoted, words: normalise(text) });
    }

    fn extend(&mut self, side: Option<Side>, text: Option<&str>) {
        if let Some(text) = text {
            self.push(side, false, text);
        }
    }
}

fn quoted_changes<'a>(item: Item, quotes: &[Quote], comparison: &'a Comparison) -> Vec<&'a Change> {
    let section = comparison.sections.iter().find(|section| section.item == item);
    let is_quoted =
        |change: &&Change| quotes.iter().any(|quote| quote.change_id.as_ref() == Some(&change.id));
    section.into_iter().flat_map(|section| &section.changes).filter(is_quoted).collect()
}

/// The figures of a change that took the place of others, each with the unit that it has in its passage.
fn pairs(change: &Change) -> Vec<[Figure; 2]> {
    let passage =
        |side: Side| change.side(side).map_or_else(Vec::new, |passage| figures(&normalise(&passage.text)));
    let passages = [passage(Side::Older), passage(Side::Newer)];
    let read = |text: &str, passage: &[Figure]| {
        // A date is no amount.
        let mut all = figures(&normalise(text));
        let mut figure = all.pop().filter(|_| all.is_empty())?;
        if figure.number.unit.is_none() {
            let in_place = passage.iter().find(|other| other.number.digits == figure.number.digits);
            figure.number.unit = in_place.and_then(|other| other.number.unit);
        }
        Some(figure)
    };
    let pair = |[old, new]: [&str; 2]| Some([read(old, &passages[0])?, read(new, &passages[1])?]);
    let listed = change.figures.iter().map(|[old, new]| [old.as_str(), new.as_str()]);
    listed.chain(replaced(change)).filter_map(pair).collect()
}

/// Words right in the place of others: figures may be spelled out.
fn replaced(change: &Change) -> impl Iterator<Item = [&str; 2]> {
    change.edits.windows(2).filter_map(|edits| match edits {
        [(EditOp::Delete, old), (EditOp::Insert, new)] => Some([old.as_str(), new.as_str()]),
        _ => None,
    })
}

/// Words of a change's passages, of its edits, and of all edits under its heading.
fn word_counts(change: &Change, item: Item, comparison: &Comparison) -> Vec<usize> {
    let section = comparison.sections.iter().find(|section| section.item == item);
    let siblings = section.into_iter().flat_map(|section| &section.changes);
    let siblings = siblings.filter(|other| change.heading.is_some() && other.heading == change.heading);
    let under_heading = siblings.map(edited_words).fold(Counts::default(), |sum, next| Counts {
        added: sum.added + next.added,
        removed: sum.removed + next.removed,
    });
    let edits = edited_words(change);
    let passages =
        [&change.older, &change.newer].into_iter().flatten().map(|passage| word_count(&passage.text));
    let counts = [edits.added, edits.removed, under_heading.added, under_heading.removed];
    counts.into_iter().chain(passages).filter(|count| *count > 0).collect()
}
