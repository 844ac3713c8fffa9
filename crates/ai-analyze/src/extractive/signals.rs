use filing_model::{
    Category, Change, Comparison, Finding, Item, Materiality, Quote, Side, Signal, SignalKind,
};

use super::{
    category,
    passage::{part_with, quote_of_change},
};
use crate::verify::Checker;

/// Statements on the signals in their own words, the gravest first; a signal without words to quote makes none.
pub(super) fn findings(comparison: &Comparison, checker: &Checker<'_>) -> Vec<Finding> {
    let mut signals: Vec<&Signal> = comparison.signals.iter().collect();
    signals.sort_by_key(|signal| std::cmp::Reverse(materiality(signal.kind)));
    signals.into_iter().filter_map(|signal| finding(signal, comparison, checker)).collect()
}

fn finding(signal: &Signal, comparison: &Comparison, checker: &Checker<'_>) -> Option<Finding> {
    let named = [(Side::Older, &signal.older), (Side::Newer, &signal.newer)];
    let mut quotes: Vec<Quote> = named
        .into_iter()
        .filter_map(|(side, words)| named_words(signal, side, words.as_deref()?, checker))
        .collect();
    // A side whose words cannot be quoted does not spoil the other.
    quotes.retain(|quote| checker.check(&with_quotes(signal, vec![quote.clone()])).is_ok());
    if quotes.is_empty() {
        quotes.extend(change(signal, comparison).and_then(quote_of_change));
    }
    checker.check(&with_quotes(signal, quotes)).ok()
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

/// The sentence in which the signal's words stand.
fn named_words(signal: &Signal, side: Side, words: &str, checker: &Checker<'_>) -> Option<Quote> {
    let paragraph = checker.paragraph_with(signal.item, side, words)?;
    let text = part_with(paragraph, words)?;
    Some(Quote { side, text, change_id: signal.change_id.clone(), verified: false })
}

fn change<'a>(signal: &Signal, comparison: &'a Comparison) -> Option<&'a Change> {
    let section = comparison.sections.iter().find(|section| section.item == signal.item)?;
    section.changes.iter().find(|change| Some(&change.id) == signal.change_id.as_ref())
}

pub(super) fn materiality(kind: SignalKind) -> Materiality {
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
        _ => category(item),
    }
}

/// A signal in a few words, for a list.
pub(super) fn name(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::AuditorChanged => "another auditor",
        SignalKind::MaterialWeakness => "a material weakness",
        SignalKind::ControlsNotEffective => "controls that are not effective",
        SignalKind::GoingConcern => "doubt about going on as a company",
        SignalKind::Restatement => "restated figures",
        SignalKind::AccountantDisagreement => "a report on accountants",
        SignalKind::StaffComments => "unresolved staff comments",
        SignalKind::LegalProceeding => "a new legal proceeding",
        SignalKind::LegalProceedingEnded => "a legal proceeding that ended",
        SignalKind::CyberIncident => "a cybersecurity incident",
        SignalKind::CustomerConcentration => "a large customer",
        SignalKind::SegmentChanged => "other segments",
        SignalKind::RiskFactorAdded => "new risk factors",
        SignalKind::RiskFactorRemoved => "removed risk factors",
        SignalKind::DividendChanged => "a change of dividend or share classes",
        SignalKind::PeriodChanged => "an unusual period",
        SignalKind::PromptInjection => "text that gives instructions to machines",
        _ => "a further signal",
    }
}
