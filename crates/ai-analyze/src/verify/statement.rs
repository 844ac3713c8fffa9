use filing_model::{Change, Comparison, FilingRef, Item, Quote, word_count};

use super::quotation::stands_in;
use crate::text::{Counts, Number, edited_words, figures, normalise};

/// Whether every figure of a statement is borne out, or which one is not.
pub(super) fn figures_hold(
    statement: &str,
    item: Item,
    quotes: &[Quote],
    comparison: &Comparison,
) -> Result<(), String> {
    let statement = normalise(statement);
    let evidence = Evidence::new(&statement, item, quotes, comparison);
    let said = evidence.without_literal_parts(&statement);
    for figure in figures(&said) {
        let counted = matches!(figure.noun.as_str(), "word" | "words") && evidence.counts(&figure.number);
        if !counted && !evidence.bears_out(&figure.number) {
            let digits = figure.number.digits;
            return Err(format!(
                "the figure {digits} stands in neither the quotations nor the change they come from"
            ));
        }
    }
    Ok(())
}

/// What the figures of one statement may come from.
struct Evidence {
    texts: Vec<String>,
    numbers: Vec<Number>,
    /// Fiscal years of the two filings.
    years: Vec<String>,
    /// Counts of words that we made.
    words: Vec<String>,
}

impl Evidence {
    fn new(statement: &str, item: Item, quotes: &[Quote], comparison: &Comparison) -> Self {
        let changes = quoted_changes(item, quotes, comparison);
        let mut texts: Vec<&str> = quotes.iter().map(|quote| quote.text.as_str()).collect();
        for change in &changes {
            texts.extend(
                [&change.older, &change.newer].into_iter().flatten().map(|passage| passage.text.as_str()),
            );
            texts.extend(change.heading.as_deref());
        }
        for signal in &comparison.signals {
            let is_shown =
                signal.change_id.as_ref().is_some_and(|id| changes.iter().any(|change| &change.id == id));
            let is_repeated = signal.item == item && statement.contains(&normalise(&signal.statement));
            if is_shown || is_repeated {
                texts.push(&signal.statement);
                texts.extend([&signal.older, &signal.newer].into_iter().flatten().map(String::as_str));
            }
        }
        let texts: Vec<String> = texts.into_iter().map(normalise).collect();
        let numbers =
            texts.iter().map(String::as_str).flat_map(figures).map(|figure| figure.number).collect();
        let years = [&comparison.older, &comparison.newer].into_iter().filter_map(FilingRef::fiscal_year);
        let words = changes.iter().flat_map(|change| word_counts(change, item, comparison));
        Self {
            texts,
            numbers,
            years: years.map(|year| year.to_string()).collect(),
            words: words.map(|count| count.to_string()).collect(),
        }
    }

    fn bears_out(&self, stated: &Number) -> bool {
        let is_year =
            stated.unit.is_none() && stated.currency.is_none() && self.years.contains(&stated.digits);
        is_year || self.numbers.iter().any(|number| number.bears_out(stated))
    }

    fn counts(&self, stated: &Number) -> bool {
        self.words.contains(&stated.digits)
    }

    /// The statement without its own quotation marks' contents where these stand in the evidence word for word.
    fn without_literal_parts(&self, statement: &str) -> String {
        let mut said = String::new();
        let mut parts = statement.split('"');
        said.extend(parts.next());
        while let (Some(inside), outside) = (parts.next(), parts.next()) {
            let literal = inside.trim().trim_end_matches('…').trim_end();
            let is_literal = outside.is_some() && self.texts.iter().any(|text| stands_in(text, literal));
            said.push('"');
            said.push_str(if is_literal { "" } else { inside });
            said.push('"');
            said.extend(outside);
        }
        said
    }
}

fn quoted_changes<'a>(item: Item, quotes: &[Quote], comparison: &'a Comparison) -> Vec<&'a Change> {
    let section = comparison.sections.iter().find(|section| section.item == item);
    let is_quoted =
        |change: &&Change| quotes.iter().any(|quote| quote.change_id.as_ref() == Some(&change.id));
    section.into_iter().flat_map(|section| &section.changes).filter(is_quoted).collect()
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
