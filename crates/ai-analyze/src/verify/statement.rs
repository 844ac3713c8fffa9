//! What is asked of the words of a statement, rule by rule.

use filing_model::{Comparison, Finding, Quote};

use super::{advice, computed, direction, evidence::Evidence, form, names::Names, negation, orders, years};
use crate::text::{Figure, Value, figures, normalise};

/// Whether a statement says nothing beyond its evidence, as far as figures, years, directions and wording can tell.
pub(super) fn holds(
    finding: &Finding,
    quotes: &[Quote],
    comparison: &Comparison,
    names: &Names,
) -> Result<(), String> {
    let statement = normalise(&finding.statement);
    let evidence = Evidence::new(&statement, finding.item, quotes, comparison);
    form::plain(&statement)?;
    form::known_letters(&statement, evidence.texts())?;
    let said = evidence.without_literal_parts(&statement)?;
    // Words of the filing between quotation marks may be orders, too.
    orders::none(&statement)?;
    advice::none(&said)?;
    figures_hold(&said, &evidence)?;
    years::hold(&said, &evidence)?;
    negation::kept(&said, &evidence)?;
    names.known(&said)
}

/// Whether every figure is borne out, and stands in the relation to the others that it is said to.
pub(super) fn figures_hold(said: &str, evidence: &Evidence) -> Result<(), String> {
    let stated = figures(said);
    for figure in &stated {
        if !borne_out(said, figure, evidence)? {
            return Err(format!(
                "the figure {} stands in neither the quotations nor the change they come from",
                &said[figure.at.clone()]
            ));
        }
        direction::agrees(said, figure, evidence)?;
    }
    direction::steps_hold(said, &stated, evidence)
}

fn borne_out(said: &str, figure: &Figure, evidence: &Evidence) -> Result<bool, String> {
    if let Some(relation) = figure.relation {
        return Ok(relation_known(relation, evidence) || computed::relation(said, figure, relation, evidence));
    }
    let number = &figure.number;
    if figure.is_year() && years::is_of_a_quoted_filing(&number.digits, evidence) {
        return Ok(true);
    }
    let is_count_of_words = matches!(figure.noun.as_str(), "word" | "words") && evidence.counts_words(number);
    if is_count_of_words || !evidence.known(number).is_empty() || counts_changes(said, figure, evidence) {
        return Ok(true);
    }
    computed::figure(said, figure, evidence)
}

/// The same relation in words, or a percentage within a point of the share.
fn relation_known(relation: Value, evidence: &Evidence) -> bool {
    evidence.figures().any(|known| match (relation, known.figure.relation) {
        (stated, Some(found)) => stated == found,
        (Value::Fraction(one, of), None) if known.figure.number.unit == Some("%") => {
            #[expect(clippy::cast_precision_loss, reason = "numbers below a hundred")]
            let percent = 100.0 * one as f64 / of as f64;
            known.figure.number.value().is_some_and(|value| (value - percent).abs() <= 1.0)
        }
        _ => false,
    })
}

/// `Two new risk factors`, when two changes are quoted; the two filings.
fn counts_changes(said: &str, figure: &Figure, evidence: &Evidence) -> bool {
    const PARTS: [&str; 12] = [
        "factor",
        "factors",
        "paragraphs",
        "passages",
        "changes",
        "sections",
        "sub-sections",
        "sentences",
        "disclosures",
        "headings",
        "additions",
        "notes",
    ];
    let near: Vec<String> = super::context::words_after(said, figure.end).into_iter().take(3).collect();
    let is_of = |names: &[&str]| near.iter().any(|word| names.contains(&word.as_str()));
    let count = figure.number.digits.parse::<usize>().ok().filter(|_| figure.number.unit.is_none());
    count.is_some_and(|count| {
        count == evidence.changes && is_of(&PARTS) || count == 2 && is_of(&["filings", "reports"])
    })
}
