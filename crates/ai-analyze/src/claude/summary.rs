use std::collections::BTreeMap;

use filing_model::{Comparison, Finding, Item};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{answer::object, prompt::delimited};
use crate::text::{figures, normalise};

/// Sentences of a summary that we make of the statements ourselves.
const MOST_STATEMENTS: usize = 5;

/// The summary as a whole and by Item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) executive: String,
    pub(super) by_item: BTreeMap<String, String>,
}

/// The shape of the second step's answer.
pub(super) fn schema() -> Value {
    let items: Vec<&str> = Item::ALL.iter().map(|item| item.number()).collect();
    let entry = object(&json!({"item": {"type": "string", "enum": items}, "text": {"type": "string"}}));
    object(&json!({"executive_summary": {"type": "string"}, "summaries": {"type": "array", "items": entry}}))
}

/// The task of the second step: nothing but accepted findings.
pub(super) fn prompt(findings: &[Finding]) -> String {
    let listed: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let quotes: Vec<Value> =
                finding.quotes.iter().map(|quote| json!({"side": quote.side, "text": quote.text})).collect();
            json!({
                "item": finding.item,
                "category": finding.category,
                "materiality": finding.materiality,
                "statement": finding.statement,
                "quotes": quotes,
            })
        })
        .collect();
    let lines: Vec<String> = listed.iter().map(Value::to_string).collect();
    delimited("FINDINGS", &lines.join("\n"))
}

#[derive(Deserialize)]
struct Answer {
    executive_summary: String,
    summaries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    item: Item,
    text: String,
}

/// The model's summary, if it says nothing beyond the findings as far as figures and Items can tell.
pub(super) fn accepted(value: Value, findings: &[Finding], comparison: &Comparison) -> Option<Summary> {
    let answer: Answer = serde_json::from_value(value).ok()?;
    let has_findings = |entry: &Entry| findings.iter().any(|finding| finding.item == entry.item);
    let texts =
        || [&answer.executive_summary].into_iter().chain(answer.summaries.iter().map(|entry| &entry.text));
    let holds = !answer.executive_summary.trim().is_empty()
        && answer.summaries.iter().all(has_findings)
        && texts().all(|text| figures_hold(text, findings, comparison));
    holds.then(|| Summary {
        executive: answer.executive_summary,
        by_item: answer
            .summaries
            .into_iter()
            .map(|entry| (format!("Item {}", entry.item), entry.text))
            .collect(),
    })
}

fn figures_hold(text: &str, findings: &[Finding], comparison: &Comparison) -> bool {
    let mut sources: Vec<String> = Vec::new();
    for finding in findings {
        sources.push(normalise(&finding.statement));
        sources.extend(finding.quotes.iter().map(|quote| normalise(&quote.text)));
    }
    let known: Vec<_> = sources.iter().map(String::as_str).flat_map(figures).collect();
    let years = [&comparison.older, &comparison.newer]
        .map(|filing| filing.fiscal_year().map(|year| year.to_string()));
    figures(&normalise(text)).iter().all(|figure| {
        years.contains(&Some(figure.number.digits.clone()))
            || known.iter().any(|known| known.number.bears_out(&figure.number))
    })
}

/// A summary of the statements themselves, word for word.
pub(super) fn of_statements(findings: &[Finding]) -> Summary {
    let joined = |findings: &mut dyn Iterator<Item = &Finding>| {
        findings.take(MOST_STATEMENTS).map(|finding| finding.statement.as_str()).collect::<Vec<_>>().join(" ")
    };
    let mut by_item = BTreeMap::new();
    for finding in findings {
        let own = &mut findings.iter().filter(|other| other.item == finding.item);
        by_item.entry(format!("Item {}", finding.item)).or_insert_with(|| joined(own));
    }
    let executive = if findings.is_empty() {
        "The model found no material change in what it was given to read.".to_owned()
    } else {
        joined(&mut findings.iter())
    };
    Summary { executive, by_item }
}
