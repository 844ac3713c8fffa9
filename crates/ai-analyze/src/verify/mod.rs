//! The check without a model that every statement of every analyzer goes through; `docs/VERIFICATION.md` has the rules
//! with their reasons and figures.

mod quotation;
mod source;

mod evidence;
mod statement;

mod context;

mod computed;
mod direction;
mod years;

mod advice;
mod form;
mod names;
mod negation;
mod orders;

#[cfg(feature = "claude")]
mod summary;

use std::sync::OnceLock;

use filing_model::{Comparison, Dropped, Finding, Item, Quote, Side, Signal};

#[cfg(feature = "claude")]
pub(crate) use self::summary::{MOST_EXECUTIVE_WORDS, MOST_ITEM_WORDS, SummaryChecker};
use self::{names::Names, quotation::without_frame, source::Sources, years::other};
use crate::text::{cleaned, normalise, plain_words};

/// The shortest quotation, in words, unless it is a whole paragraph of fewer.
pub const FEWEST_WORDS: usize = 5;

/// The longest quotation, in words: a reader cannot see what matters in more.
pub const MOST_QUOTED_WORDS: usize = 120;

/// Quotations under one statement.
const MOST_QUOTES: usize = 5;

/// Statements after the check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Every quotation was found, every figure is borne out.
    pub accepted: Vec<Finding>,
    /// Failed, with the reason.
    pub dropped: Vec<Dropped>,
}

/// Checks every statement against the two filings, without any model; the only place that marks a quotation `verified`.
///
/// A statement is dropped as a whole when one of these does not hold:
///
/// 1. It has one to five quotations, each of [`FEWEST_WORDS`] to [`MOST_QUOTED_WORDS`] words, unless it is a whole
///    shorter paragraph.
/// 2. Each quotation stands word for word on the side it names, within one paragraph of its Item or across consecutive
///    ones. Both are normalised in one way: runs of blanks become one, curly quotation marks straight, dashes `-`
///    (an em dash with blanks around it), soft hyphens and characters without width go. Case, punctuation and figures
///    count. It begins and ends with whole words: `effective` is not found in `ineffective`, nor `12` in `12.5%`.
///    Quotation marks and dots around it, and marks of edits within, are left out first where that helps.
/// 3. One quotation shows a change: its words do not stand in the same Item of the other filing, or a signal has them.
/// 4. Each figure, in digits or in words, stands in the quotations, in either side of a change they come from, in that
///    change's heading, or in the signal that the change shows; or it is the difference or the change in percent of a
///    pair of figures of that change. Fiscal years of the filings that are quoted, numbers of Items and counts that we
///    made ourselves are also allowed.
/// 5. Directions, signs, years and steps from one figure to another agree with the evidence where it tells of them, a
///    `not` is kept, words in quotation marks and names stand in the filings.
/// 6. It advises nobody, gives no orders to a model, and is plain text of a sentence's length.
///
/// What a signal says in the same words needs only the first two. `change_id` is repaired: it names the change that holds
/// the quotation on that side, or nothing.
pub fn verify(findings: Vec<Finding>, comparison: &Comparison) -> Verified {
    let checker = Checker::new(comparison);
    let mut verified = Verified::default();
    for finding in findings {
        match checker.check(&finding) {
            Ok(accepted) => verified.accepted.push(accepted),
            Err(reason) => verified.dropped.push(Dropped { statement: finding.statement, reason }),
        }
    }
    verified
}

/// The texts of one comparison, made ready once for many statements: what [`verify`] does, one by one.
pub struct Checker<'a> {
    comparison: &'a Comparison,
    sources: Sources<'a>,
    /// Made when first asked for.
    names: OnceLock<Names>,
}

impl<'a> Checker<'a> {
    /// Reads both filings.
    pub fn new(comparison: &'a Comparison) -> Self {
        Self { comparison, sources: Sources::new(&comparison.sections), names: OnceLock::new() }
    }

    /// The finding with its quotations marked and linked, or why it cannot stand.
    ///
    /// # Errors
    /// A reason in words, for a reader and for the model that is asked once more.
    pub fn check(&self, finding: &Finding) -> Result<Finding, String> {
        let finding = Finding { statement: cleaned(&finding.statement), ..finding.clone() };
        if finding.statement.is_empty() {
            return Err("the statement is empty".into());
        }
        if finding.quotes.is_empty() {
            return Err("the statement has no quotation".into());
        }
        if finding.quotes.len() > MOST_QUOTES {
            return Err(format!("the statement has more than {MOST_QUOTES} quotations"));
        }
        let quotes = finding.quotes.iter().map(|quote| self.quote(finding.item, quote));
        let quotes = quotes.collect::<Result<Vec<_>, _>>()?;
        if !self.repeats_signal(&finding) {
            if !quotes.iter().any(|quote| self.shows_change(finding.item, quote)) {
                return Err("every quotation stands in both filings, so none shows a change".into());
            }
            let names = self.names.get_or_init(|| Names::of_comparison(self.comparison, &self.sources));
            statement::holds(&finding, &quotes, self.comparison, names)?;
        }
        Ok(Finding { quotes, ..finding })
    }

    fn quote(&self, item: Item, quote: &Quote) -> Result<Quote, String> {
        let name = side_name(quote.side);
        if plain_words(&normalise(&quote.text)) == 0 {
            return Err("a quotation is empty".into());
        }
        let Some(source) = self.sources.of(item, quote.side) else {
            return Err(format!("Item {item} was not compared, so there is nothing to quote"));
        };
        let bare = without_frame(&quote.text, quote.side);
        let tried = [Some(quote.text.as_str()), bare.as_deref()];
        let found =
            tried.into_iter().flatten().map(|text| (text, normalise(text))).find_map(|(text, words)| {
                let change_id = source.change_with(&words, quote.change_id.as_deref());
                (change_id.is_some() || source.holds(&words)).then_some((text, words, change_id))
            });
        let Some((text, words, change_id)) = found else {
            return Err(format!(
                "a quotation was not found word for word in Item {item} of the {name} filing"
            ));
        };
        if plain_words(&words) < FEWEST_WORDS && !source.is_whole_paragraph(&words) {
            return Err(format!("a quotation has fewer than {FEWEST_WORDS} words"));
        }
        if plain_words(&words) > MOST_QUOTED_WORDS {
            return Err(format!("a quotation has more than {MOST_QUOTED_WORDS} words"));
        }
        let change_id = change_id.map(Into::into);
        Ok(Quote { side: quote.side, text: cleaned(text), change_id, verified: true })
    }

    /// Whether a statement is ours, word for word.
    fn repeats_signal(&self, finding: &Finding) -> bool {
        let statement = normalise(&finding.statement);
        let is_it =
            |signal: &Signal| signal.item == finding.item && normalise(&signal.statement) == statement;
        self.comparison.signals.iter().any(is_it)
    }

    /// Words that stand in both filings show nothing new, unless a rule found them telling.
    fn shows_change(&self, item: Item, quote: &Quote) -> bool {
        let other_side = self.sources.of(item, other(quote.side));
        let words = normalise(&quote.text);
        let has_them = |signal: &Signal| {
            let sides = [&signal.older, &signal.newer];
            signal.item == item
                && sides
                    .into_iter()
                    .flatten()
                    .map(|text| normalise(text))
                    .any(|text| text.contains(&words) || words.contains(&text))
        };
        !other_side.is_some_and(|source| source.tells(&words)) || self.comparison.signals.iter().any(has_them)
    }

    /// The paragraph of an Item that holds these words, as it stands in the filing.
    pub(crate) fn paragraph_with(&self, item: Item, side: Side, words: &str) -> Option<&'a str> {
        self.sources.of(item, side)?.paragraph_with(&normalise(words))
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Older => "older",
        Side::Newer => "newer",
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod claims;
