mod changes;
mod markdown;
mod passage;
mod signals;
mod summary;
mod wording;

use async_trait::async_trait;
use filing_model::{Analysis, Comparison, Finding, Item, NotSentWords};

use crate::{AnalyzeError, Analyzer, text::normalise, verify, verify::Checker};

/// Raised when a rule here may say something else of the same filings.
const RULES_VERSION: &str = "extractive-1";

/// As many statements as one reads in a minute.
const MOST_FINDINGS: usize = 12;

/// So that a long Item leaves room for the others.
const MOST_FINDINGS_PER_ITEM: usize = 5;

/// Quotations under one statement.
const MOST_QUOTES: usize = 3;

/// Picks the most telling changes by rule and quotes them; no model, no network.
///
/// Signals come first, in their own words; then changes by weight, each with the sentence that holds its edits.
/// Passages in which figures alone changed are counted, never stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extractive;

impl Extractive {
    /// There is nothing to set.
    pub fn new() -> Self {
        Self
    }

    /// What [`Analyzer::analyze`] does, without async.
    pub fn read(self, comparison: &Comparison) -> Analysis {
        let checker = Checker::new(comparison);
        let mut chosen = Chosen::default();
        for candidate in signals::findings(comparison, &checker) {
            chosen.take_signal(candidate);
        }
        for candidate in changes::findings(comparison, &checker, &chosen.change_ids()) {
            chosen.take(candidate);
        }
        let verified = verify(chosen.most_material_first(), comparison);
        Analysis {
            analyzer: self.name().into(),
            model: None,
            prompt_version: RULES_VERSION.into(),
            executive_summary: summary::executive(comparison, &verified.accepted),
            summaries: summary::by_item(comparison, &verified.accepted),
            findings: verified.accepted,
            dropped: verified.dropped,
            degraded: None,
            not_sent_words: NotSentWords::default(),
            total_tokens: 0,
            total_cost_usd: Some(0.0),
            estimated_cost_usd: None,
        }
    }
}

#[async_trait]
impl Analyzer for Extractive {
    fn name(&self) -> &'static str {
        "extractive"
    }

    async fn analyze(&self, comparison: &Comparison) -> Result<Analysis, AnalyzeError> {
        Ok(self.read(comparison))
    }
}

/// What a report has room for.
#[derive(Default)]
struct Chosen(Vec<Finding>);

impl Chosen {
    /// A signal on several places makes one statement with a quotation from each.
    fn take_signal(&mut self, finding: Finding) {
        let same =
            |chosen: &&mut Finding| chosen.item == finding.item && chosen.statement == finding.statement;
        if let Some(chosen) = self.0.iter_mut().find(same) {
            let room = MOST_QUOTES.saturating_sub(chosen.quotes.len());
            let new: Vec<_> =
                finding.quotes.into_iter().filter(|quote| !chosen.quotes.contains(quote)).collect();
            chosen.quotes.extend(new.into_iter().take(room));
        } else {
            self.take(finding);
        }
    }

    /// Takes a statement while there is room; not one that quotes what was quoted before, in any Item.
    fn take(&mut self, finding: Finding) {
        let of_item = self.0.iter().filter(|chosen| chosen.item == finding.item).count();
        let has_room = self.0.len() < MOST_FINDINGS && of_item < MOST_FINDINGS_PER_ITEM;
        let words = |finding: &Finding| finding.quotes.first().map(|quote| normalise(&quote.text));
        if has_room && !self.0.iter().any(|chosen| words(chosen) == words(&finding)) {
            self.0.push(finding);
        }
    }

    /// Changes that are told already.
    fn change_ids(&self) -> Vec<String> {
        self.0
            .iter()
            .flat_map(|finding| &finding.quotes)
            .filter_map(|quote| quote.change_id.clone())
            .collect()
    }

    fn most_material_first(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| std::cmp::Reverse(finding.materiality));
        self.0
    }
}

/// What most statements on an Item concern.
fn category(item: Item) -> filing_model::Category {
    use filing_model::Category as Is;
    match item {
        Item::I1A | Item::I1B => Is::Risk,
        Item::I1C => Is::Cyber,
        Item::I3 | Item::I4 => Is::Legal,
        Item::I5 | Item::I6 | Item::I7 | Item::I7A | Item::I8 => Is::Financial,
        Item::I9A => Is::Accounting,
        Item::I9 | Item::I9C | Item::I10 | Item::I11 | Item::I12 | Item::I13 | Item::I14 => Is::Governance,
        _ => Is::Business,
    }
}

#[cfg(test)]
mod tests;
