mod quotation;
mod source;
mod statement;

use filing_model::{Comparison, Dropped, Finding, Item, Quote, Side};

use self::{source::Sources, statement::figures_hold};
use crate::text::{normalise, plain_words};

/// The shortest quotation, in words, unless it is a whole paragraph of fewer.
pub const FEWEST_WORDS: usize = 5;

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
/// 1. It has a quotation.
/// 2. Each quotation stands word for word on the side it names, within one paragraph of its Item or across consecutive
///    ones. Both are normalised in one way: runs of blanks become one, curly quotation marks straight, dashes `-`
///    (an em dash with blanks around it), soft hyphens and characters without width go. Case, punctuation and figures
///    count. It begins and ends with whole words: `effective` is not found in `ineffective`, nor `12` in `12.5%`.
/// 3. Each quotation has [`FEWEST_WORDS`] words, unless it is a whole shorter paragraph.
/// 4. Each figure of the statement (digits, with `%`, `$` and scale) stands in its quotations, in either side of a
///    change they come from, in that change's heading, or in the signal that the change shows. Fiscal years of the two
///    filings, numbers of Items and counts of edited words that we made ourselves are also allowed.
///
/// `change_id` is repaired: it names the change that holds the quotation on that side, or nothing.
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

/// The texts of one comparison, made ready once for many statements.
pub(crate) struct Checker<'a> {
    comparison: &'a Comparison,
    sources: Sources<'a>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(comparison: &'a Comparison) -> Self {
        Self { comparison, sources: Sources::new(&comparison.sections) }
    }

    /// The finding with its quotations marked and linked, or why it cannot stand.
    pub(crate) fn check(&self, finding: &Finding) -> Result<Finding, String> {
        if finding.statement.trim().is_empty() {
            return Err("the statement is empty".into());
        }
        if finding.quotes.is_empty() {
            return Err("the statement has no quotation".into());
        }
        let quotes = finding.quotes.iter().map(|quote| self.quote(finding.item, quote));
        let quotes = quotes.collect::<Result<Vec<_>, _>>()?;
        figures_hold(&finding.statement, finding.item, &quotes, self.comparison)?;
        Ok(Finding { statement: finding.statement.trim().into(), quotes, ..finding.clone() })
    }

    fn quote(&self, item: Item, quote: &Quote) -> Result<Quote, String> {
        let words = normalise(&quote.text);
        let name = side_name(quote.side);
        if plain_words(&words) == 0 {
            return Err("a quotation is empty".into());
        }
        let Some(source) = self.sources.of(item, quote.side) else {
            return Err(format!("Item {item} was not compared, so there is nothing to quote"));
        };
        let change_id = source.change_with(&words, quote.change_id.as_deref());
        if change_id.is_none() && !source.holds(&words) {
            return Err(format!(
                "a quotation was not found word for word in Item {item} of the {name} filing"
            ));
        }
        if plain_words(&words) < FEWEST_WORDS && !source.is_whole_paragraph(&words) {
            return Err(format!("a quotation has fewer than {FEWEST_WORDS} words"));
        }
        Ok(Quote {
            side: quote.side,
            text: quote.text.trim().into(),
            change_id: change_id.map(Into::into),
            verified: true,
        })
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
