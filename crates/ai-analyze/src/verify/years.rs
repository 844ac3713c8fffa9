//! Whether what is said of a year stands in the filing of that year.

use filing_model::Side;

use super::{
    context::{self, is_year},
    evidence::{Evidence, Known},
};
use crate::text::figures;

/// Words that speak of two years at once.
const COMPARE: [&str; 14] = [
    "from",
    "compared",
    "comparison",
    "versus",
    "vs",
    "than",
    "since",
    "unlike",
    "against",
    "before",
    "prior",
    "previous",
    "previously",
    "until",
];

/// A fiscal year need not stand in the words when the filing on it is quoted.
pub(super) fn is_of_a_quoted_filing(year: &str, evidence: &Evidence) -> bool {
    let side = evidence.side_of_year(year);
    side.is_some() && evidence.texts().iter().any(|text| text.side == side)
}

/// Whether figures are said of the years that the evidence has them in.
pub(super) fn hold(said: &str, evidence: &Evidence) -> Result<(), String> {
    let all = context::words(said);
    let mut years: Vec<&String> = all.iter().filter(|word| is_year(word)).collect();
    years.sort();
    years.dedup();
    let is_compared = all.iter().any(|word| COMPARE.contains(&word.as_str()));
    let only = match years[..] {
        [year] if !is_compared && is_when(&all, year) => Some(year.clone()),
        _ => None,
    };
    let mut has_figures = false;
    for figure in figures(said).iter().filter(|it| it.relation.is_none() && !it.is_year()) {
        has_figures = true;
        let Some(year) = context::year(said, figure).or_else(|| only.clone()) else { continue };
        let known = evidence.known(&figure.number);
        if is_of_another_year(&year, &known) || is_of_the_other_filing(&year, &known, evidence) {
            return Err(wrong(&year));
        }
    }
    match only {
        Some(year) if !has_figures && quotes_another_year(&year, evidence) => Err(wrong(&year)),
        _ => Ok(()),
    }
}

fn wrong(year: &str) -> String {
    format!("what is said of {year} stands in the filing for another year")
}

/// `In 2024`, `for fiscal 2024`; not `the 2024 plan`.
fn is_when(words: &[String], year: &str) -> bool {
    let Some(at) = words.iter().position(|word| word == year) else { return false };
    let mut before =
        words[..at].iter().rev().filter(|word| !matches!(word.as_str(), "fiscal" | "year" | "the"));
    before.next().is_some_and(|word| matches!(word.as_str(), "in" | "for" | "during"))
}

/// The evidence says of every place of the figure which year it is of, and it is never this one.
fn is_of_another_year(year: &str, known: &[Known<'_>]) -> bool {
    let year_of = |known: &Known<'_>| context::year(&known.text.words, known.figure);
    !known.is_empty() && known.iter().all(|known| year_of(known).is_some_and(|of| of != year))
}

/// The figure stands in one filing alone, which does not name the year, and the year is the other filing's.
fn is_of_the_other_filing(year: &str, known: &[Known<'_>], evidence: &Evidence) -> bool {
    let Some(side) = evidence.side_of_year(year) else { return false };
    !known.is_empty()
        && known.iter().all(|known| {
            known.text.side.is_some_and(|other| other != side) && !names(&known.text.words, year)
        })
}

/// The quotations are of one filing, name its year, and not this one.
fn quotes_another_year(year: &str, evidence: &Evidence) -> bool {
    let quotes: Vec<_> = evidence.texts().iter().filter(|text| text.is_quoted).collect();
    let Some(side) = evidence.side_of_year(year) else { return false };
    let own = |text: &str| {
        context::words(text)
            .iter()
            .any(|word| is_year(word) && evidence.side_of_year(word) == Some(other(side)))
    };
    !quotes.is_empty()
        && quotes.iter().all(|text| text.side == Some(other(side)) && !names(&text.words, year))
        && quotes.iter().any(|text| own(&text.words))
}

fn names(text: &str, year: &str) -> bool {
    context::words(text).iter().any(|word| word == year)
}

pub(super) fn other(side: Side) -> Side {
    match side {
        Side::Older => Side::Newer,
        Side::Newer => Side::Older,
    }
}
