//! What a summary of accepted findings may say: nothing beyond them.

use filing_model::{Comparison, FilingRef, Finding, Item};

use super::{
    advice,
    evidence::{Evidence, Text},
    form,
    names::Names,
    orders,
    statement::figures_hold,
    years,
};
use crate::text::normalise;

/// The longest summary of a report, and of an Item, in words: twice what a model is asked for.
pub(crate) const MOST_EXECUTIVE_WORDS: usize = 300;
pub(crate) const MOST_ITEM_WORDS: usize = 200;

/// Holds summaries against the findings that they may draw on.
pub(crate) struct SummaryChecker<'a> {
    findings: &'a [Finding],
    evidence: Evidence,
    names: Names,
}

impl<'a> SummaryChecker<'a> {
    pub(crate) fn new(findings: &'a [Finding], comparison: &Comparison) -> Self {
        let mut texts = Vec::new();
        for finding in findings {
            texts.push(Text { side: None, is_quoted: false, words: normalise(&finding.statement) });
            for quote in &finding.quotes {
                texts.push(Text { side: Some(quote.side), is_quoted: true, words: normalise(&quote.text) });
            }
        }
        let year = |filing: &FilingRef| filing.fiscal_year().map(|year| year.to_string());
        let years = [year(&comparison.older), year(&comparison.newer)];
        // Both years may be named, whichever filing is quoted.
        let both = years.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
        texts.push(Text { side: None, is_quoted: false, words: both });
        let names = Names::of_findings(comparison, findings);
        Self { findings, evidence: Evidence::of(texts, years), names }
    }

    /// Why a summary cannot stand.
    pub(crate) fn check(&self, summary: &str, most_words: usize) -> Result<(), String> {
        let text = normalise(summary);
        if text.is_empty() {
            return Err("a summary is empty".into());
        }
        if text.split_whitespace().count() > most_words {
            return Err(format!("a summary has more than {most_words} words"));
        }
        // Bold and lists are Markdown that a page shows; links, pictures and HTML are not.
        let plain = text.replace("**", "");
        if form::has_tag(&plain) || plain.contains("](") || plain.contains("://") || plain.contains("![") {
            return Err("a summary holds mark-up".into());
        }
        form::known_letters(&plain.replace('•', "-"), self.evidence.texts())?;
        let said = self.evidence.without_literal_parts(&plain)?;
        orders::none(&plain)?;
        advice::none(&said)?;
        self.items_have_findings(&said)?;
        figures_hold(&said, &self.evidence)?;
        years::hold(&said, &self.evidence)?;
        // Lines begin sentences.
        self.names.known(&summary.replace("**", ""))
    }

    /// An Item that a summary names has findings, or is named by one.
    fn items_have_findings(&self, said: &str) -> Result<(), String> {
        let words: Vec<&str> = said.split_whitespace().collect();
        for pair in words.windows(2) {
            if !matches!(pair[0].trim_matches(|c: char| !c.is_alphabetic()), "Item" | "Items") {
                continue;
            }
            let number = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
            let Ok(item) = number.parse::<Item>() else { continue };
            let name = format!("Item {item}");
            let is_told = |text: &Text| {
                text.words
                    .match_indices(&name)
                    .any(|(at, _)| !text.words[at + name.len()..].starts_with(|c: char| c.is_alphanumeric()))
            };
            if !self.findings.iter().any(|finding| finding.item == item)
                && !self.evidence.texts().iter().any(is_told)
            {
                return Err(format!("a summary names {name}, of which there is no finding"));
            }
        }
        Ok(())
    }
}
