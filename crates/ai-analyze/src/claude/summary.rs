use std::collections::BTreeMap;

use filing_model::{Comparison, Finding, Item};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    prompt::delimited,
    schema,
    session::{Question, Session},
};
use crate::{
    AnalyzeError,
    verify::{MOST_EXECUTIVE_WORDS, MOST_ITEM_WORDS, SummaryChecker},
};

/// Sentences of a summary that we make of the statements ourselves.
const MOST_STATEMENTS: usize = 5;

/// The summary as a whole and by Item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) executive: String,
    pub(super) by_item: BTreeMap<String, String>,
}

/// Room for summaries and the model's thinking.
const SUMMARY_TOKENS: u32 = 8_000;

/// The summary of accepted findings; of the statements themselves when the model's own cannot be used.
pub(super) async fn of(
    session: &mut Session<'_>,
    comparison: &Comparison,
    findings: &[Finding],
) -> Result<Summary, AnalyzeError> {
    if findings.is_empty() {
        return Ok(of_statements(findings));
    }
    let question = Question {
        system: include_str!("../../prompts/summary.md"),
        prompt: prompt(findings),
        schema: schema::of::<Answer>(),
        max_tokens: SUMMARY_TOKENS,
    };
    let summary = match session.ask::<Answer>(question).await {
        Ok(answer) => answer.and_then(|answer| accepted(answer, findings, comparison)),
        Err(AnalyzeError::TooLong { .. } | AnalyzeError::Declined { .. } | AnalyzeError::Shape { .. }) => {
            None
        }
        Err(error) => return Err(error),
    };
    Ok(summary.unwrap_or_else(|| {
        session.gap("the summary is made of the statements, since the model’s own could not be used");
        of_statements(findings)
    }))
}

/// The task of the second step: nothing but accepted findings.
fn prompt(findings: &[Finding]) -> String {
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

#[derive(Deserialize, JsonSchema)]
pub(super) struct Answer {
    executive_summary: String,
    summaries: Vec<Entry>,
}

#[derive(Deserialize, JsonSchema)]
struct Entry {
    item: Item,
    text: String,
}

/// The model's summary, if it says nothing beyond the findings as far as can be told without a model.
fn accepted(answer: Answer, findings: &[Finding], comparison: &Comparison) -> Option<Summary> {
    let checker = SummaryChecker::new(findings, comparison);
    let has_findings = |entry: &Entry| findings.iter().any(|finding| finding.item == entry.item);
    let holds = checker.check(&answer.executive_summary, MOST_EXECUTIVE_WORDS).is_ok()
        && answer.summaries.iter().all(has_findings)
        && answer.summaries.iter().all(|entry| checker.check(&entry.text, MOST_ITEM_WORDS).is_ok());
    holds.then(|| Summary {
        executive: answer.executive_summary,
        by_item: answer
            .summaries
            .into_iter()
            .map(|entry| (format!("Item {}", entry.item), entry.text))
            .collect(),
    })
}

/// A summary of the statements themselves, word for word.
fn of_statements(findings: &[Finding]) -> Summary {
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
