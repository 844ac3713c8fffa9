use filing_model::{
    Category, Change, Comparison, Finding, Item, Materiality, Quote, SectionDiff, Side, Signal, SignalKind,
};

use super::{
    category,
    choice::Candidate,
    gist::gist,
    passage::{part_with, quote_of_change},
    telling,
};
use crate::verify::Checker;

/// What is left of the score of a signal whose words point to another place.
const POINTER: f64 = 0.2;

/// Statements on the signals in their own words; a signal without words to quote makes none.
pub(super) fn candidates<'a>(comparison: &'a Comparison, checker: &Checker<'_>) -> Vec<Candidate<'a>> {
    comparison.signals.iter().filter_map(|signal| candidate(signal, comparison, checker)).collect()
}

fn candidate<'a>(
    signal: &'a Signal,
    comparison: &'a Comparison,
    checker: &Checker<'_>,
) -> Option<Candidate<'a>> {
    let section = comparison.sections.iter().find(|section| section.item == signal.item);
    let change = section.and_then(|section| change(signal, section));
    let place = title(signal).or_else(|| change?.heading.as_deref());
    let quotes = quotes(signal, section, checker);
    let mut change_ids: Vec<&str> = signal.change_id.as_deref().into_iter().collect();
    let body = section.into_iter().flat_map(|section| below(signal, section));
    change_ids.extend(body.map(|change| change.id.as_str()));
    let weight = change_ids.iter().filter_map(|id| weight(section?, id)).fold(0.0, f64::max);
    let main = quotes.last()?.text.clone();
    let is_told_elsewhere = materiality(signal.kind) < Materiality::High && telling::is_pointer(&main);
    let share = if is_told_elsewhere { POINTER } else { 1.0 };
    Some(Candidate {
        findings: findings(signal, quotes),
        score: share * score(signal, weight),
        // A proceeding is one of several under its heading.
        place: place.filter(|_| is_risk_factor(signal.kind)),
        main,
        change_ids,
        may_repeat: materiality(signal.kind) == Materiality::High,
    })
}

/// A proceeding is told with the words that name it, which its own statement may not have.
fn findings(signal: &Signal, quotes: Vec<Quote>) -> Vec<Finding> {
    let is_legal = matches!(signal.kind, SignalKind::LegalProceeding | SignalKind::LegalProceedingEnded);
    let named = quotes.last().and_then(|quote| gist(&quote.text)).filter(|_| is_legal);
    let named = named.map(|words| format!("{}: {words}.", signal.statement.trim_end_matches('.')));
    let plain = with_quotes(signal, quotes);
    named.map(|statement| Finding { statement, ..plain.clone() }).into_iter().chain([plain.clone()]).collect()
}

fn weight(section: &SectionDiff, id: &str) -> Option<f64> {
    section.changes.iter().find(|change| change.id == id).map(|change| change.weight)
}

/// Beside changes, of which the heaviest have about 1.
fn score(signal: &Signal, weight: f64) -> f64 {
    let own = match signal.kind {
        kind if materiality(kind) == Materiality::High => 3.0,
        SignalKind::CustomerConcentration | SignalKind::SegmentChanged | SignalKind::PeriodChanged => 1.6,
        SignalKind::LegalProceeding | SignalKind::StaffComments => 1.0,
        SignalKind::LegalProceedingEnded => 0.7,
        // A dividend that rises as each year is no news.
        SignalKind::DividendChanged if signal.statement.contains("was raised") => 0.45,
        SignalKind::RiskFactorAdded => 0.55,
        SignalKind::RiskFactorRemoved => 0.2,
        _ => 1.4,
    };
    own + weight / 100.0
}

fn quotes(signal: &Signal, section: Option<&SectionDiff>, checker: &Checker<'_>) -> Vec<Quote> {
    if let Some(quote) = section.and_then(|section| body_quote(signal, section)) {
        return vec![quote];
    }
    let named = [(Side::Older, &signal.older), (Side::Newer, &signal.newer)];
    let mut quotes: Vec<Quote> = named
        .into_iter()
        .filter_map(|(side, words)| named_words(signal, side, words.as_deref()?, checker))
        .collect();
    // A side whose words cannot be quoted does not spoil the other.
    quotes.retain(|quote| checker.check(&with_quotes(signal, vec![quote.clone()])).is_ok());
    if quotes.is_empty() {
        quotes.extend(section.and_then(|section| change(signal, section)).and_then(quote_of_change));
    }
    quotes
}

fn with_quotes(signal: &Signal, quotes: Vec<Quote>) -> Finding {
    Finding {
        item: signal.item,
        category: concerns(signal.kind, signal.item),
        materiality: materiality(signal.kind),
        statement: signal.statement.clone(),
        quotes,
    }
}

fn is_risk_factor(kind: SignalKind) -> bool {
    matches!(kind, SignalKind::RiskFactorAdded | SignalKind::RiskFactorRemoved)
}

/// The heading of a risk factor that came or went.
fn title(signal: &Signal) -> Option<&str> {
    let words = if signal.kind == SignalKind::RiskFactorRemoved { &signal.older } else { &signal.newer };
    words.as_deref().filter(|_| is_risk_factor(signal.kind))
}

/// What stands below the heading of a risk factor that came or went.
fn below<'a>(signal: &'a Signal, section: &'a SectionDiff) -> impl Iterator<Item = &'a Change> {
    let title = title(signal);
    section.changes.iter().filter(move |change| title.is_some() && change.heading.as_deref() == title)
}

/// The heading says what the risk is; the sentence below it that tells most says what is behind it.
fn body_quote(signal: &Signal, section: &SectionDiff) -> Option<Quote> {
    let quotes = below(signal, section)
        .filter_map(quote_of_change)
        .map(|quote| (telling::points(&quote.text, None), quote));
    quotes.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, quote)| quote)
}

/// The sentence in which the signal's words stand.
fn named_words(signal: &Signal, side: Side, words: &str, checker: &Checker<'_>) -> Option<Quote> {
    let paragraph = checker.paragraph_with(signal.item, side, words)?;
    let text = part_with(paragraph, words)?;
    Some(Quote { side, text, change_id: signal.change_id.clone(), verified: false })
}

fn change<'a>(signal: &Signal, section: &'a SectionDiff) -> Option<&'a Change> {
    section.changes.iter().find(|change| Some(&change.id) == signal.change_id.as_ref())
}

fn materiality(kind: SignalKind) -> Materiality {
    use SignalKind as Kind;
    match kind {
        Kind::AuditorChanged
        | Kind::MaterialWeakness
        | Kind::ControlsNotEffective
        | Kind::GoingConcern
        | Kind::Restatement
        | Kind::AccountantDisagreement
        | Kind::CyberIncident
        | Kind::PromptInjection => Materiality::High,
        Kind::RiskFactorRemoved => Materiality::Low,
        _ => Materiality::Medium,
    }
}

fn concerns(kind: SignalKind, item: Item) -> Category {
    use SignalKind as Kind;
    match kind {
        Kind::AuditorChanged | Kind::AccountantDisagreement => Category::Governance,
        Kind::MaterialWeakness | Kind::ControlsNotEffective | Kind::Restatement => Category::Accounting,
        Kind::GoingConcern | Kind::DividendChanged | Kind::PeriodChanged => Category::Financial,
        Kind::StaffComments | Kind::LegalProceeding | Kind::LegalProceedingEnded => Category::Legal,
        Kind::CyberIncident => Category::Cyber,
        Kind::CustomerConcentration | Kind::SegmentChanged => Category::Business,
        Kind::RiskFactorAdded | Kind::RiskFactorRemoved => Category::Risk,
        _ => category::usual(item),
    }
}
