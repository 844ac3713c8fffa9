//! What a language model is sent for the real pairs of years: how long the prompts are and what is left out of them.
//!
//! `cargo xtask eval-prompt ../shared/filings`. Tokens are our own estimate (`ai_analyze::estimated_tokens`).

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use ai_analyze::{
    AnalyzeError, Analyzer, Asking, ChatModel, Claude, ModelAnswer, ModelCall, Usage, estimated_tokens,
};
use clap::Parser;
use filing_model::{ChangeKind, Company, Comparison, FilingRef, SectionDiff};
use section_diff::{Aligned, SectionDiffer as _};
use testkit::{RealFilings, Row};

/// How long the prompts of the real pairs are.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder of real filings.
    #[arg(default_value = "../shared/filings")]
    folder: PathBuf,
    /// The first fiscal year of the newer filing.
    #[arg(long, default_value_t = 2019)]
    since: i32,
    /// A line for each pair.
    #[arg(long)]
    pairs: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let filings = RealFilings::at(&arguments.folder);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut all = Vec::new();
    for [older, newer] in filings.pairs()? {
        if newer.fiscal_year.is_none_or(|year| year < arguments.since) {
            continue;
        }
        let comparison = comparison(&filings, &older, &newer)?;
        let sent = runtime.block_on(sent(&comparison))?;
        if arguments.pairs {
            println!("{:<16} {sent:?}", newer.name);
        }
        all.push(sent);
    }
    print(&mut all);
    Ok(())
}

fn comparison(filings: &RealFilings, older: &Row, newer: &Row) -> anyhow::Result<Comparison> {
    let before = section_extract::sections(&filings.document(older)?);
    let after = section_extract::sections(&filings.document(newer)?);
    let differences = Aligned.compare(&before, &after);
    let filing = |extraction: &filing_model::Extraction| FilingRef {
        form: extraction.form.clone(),
        period_end: extraction.period_end,
        ..FilingRef::default()
    };
    Ok(Comparison {
        company: Company { name: after.company.clone().unwrap_or_default(), cik: None, ticker: None },
        newer: filing(&after),
        older: filing(&before),
        sections: differences.sections,
        signals: differences.signals,
    })
}

/// What went to the model for one report.
#[derive(Debug)]
struct Sent {
    tokens: usize,
    calls: usize,
    changes: usize,
    /// Changes of the Items that are read, ranked in the upper half of their Item, that were left out.
    upper_half_left_out: usize,
    words_left_out: usize,
    words_edited: usize,
}

async fn sent(comparison: &Comparison) -> anyhow::Result<Sent> {
    let listener = Arc::new(Listener::default());
    let claude = Claude::with_model(listener.clone(), Asking::default())?;
    let analysis = claude.analyze(comparison).await?;
    let calls = listener.calls.lock().expect("nobody panics with it").clone();
    let ids: HashSet<&str> = calls.iter().flat_map(|call| call.prompt.lines()).filter_map(id).collect();
    let upper: Vec<&str> =
        comparison.sections.iter().filter(|section| is_read(section)).flat_map(upper_half).collect();
    let edited = comparison.sections.iter().map(|section| section.words.added + section.words.removed);
    Ok(Sent {
        tokens: calls
            .iter()
            .map(|call| estimated_tokens(&call.system) + estimated_tokens(&call.prompt))
            .sum(),
        calls: calls.len(),
        changes: ids.len(),
        upper_half_left_out: upper.into_iter().filter(|id| !ids.contains(id)).count(),
        words_left_out: analysis.not_sent_words.total,
        words_edited: edited.sum(),
    })
}

/// Items whose changes a model reads.
fn is_read(section: &SectionDiff) -> bool {
    ["1", "1A", "1C", "3", "7", "7A", "8", "9A"].contains(&section.item.number())
}

fn upper_half(section: &SectionDiff) -> impl Iterator<Item = &str> {
    let words = |change: &&filing_model::Change| change.kind != ChangeKind::Moved || change.edits.len() > 1;
    let half = section.changes.len().div_ceil(2);
    section
        .changes
        .iter()
        .filter(move |change| change.rank <= half)
        .filter(words)
        .map(|change| change.id.as_str())
}

/// The change that a line of a prompt begins, if it does: `## 7-1, modified`, or a row of figures.
fn id(line: &str) -> Option<&str> {
    let heading = line.strip_prefix("## ").and_then(|rest| rest.split_once(", "));
    let row = line.split_once(" | ").filter(|(id, _)| id.contains('-') && !id.contains(' '));
    heading.or(row).map(|(id, _)| id)
}

fn print(all: &mut [Sent]) {
    let of = |all: &mut [Sent], value: fn(&Sent) -> usize, percent: usize| {
        let mut values: Vec<usize> = all.iter().map(value).collect();
        values.sort_unstable();
        values.get((values.len().saturating_sub(1)) * percent / 100).copied().unwrap_or(0)
    };
    println!("{} pairs", all.len());
    for (name, value) in [
        ("tokens", (|sent| sent.tokens) as fn(&Sent) -> usize),
        ("calls", |sent| sent.calls),
        ("changes", |sent| sent.changes),
        ("of the upper half left out", |sent| sent.upper_half_left_out),
        ("edited words", |sent| sent.words_edited),
        ("edited words left out", |sent| sent.words_left_out),
    ] {
        let [median, p90, most] = [50, 90, 100].map(|percent| of(all, value, percent));
        println!("{name:<28} median {median:>8}   90 % {p90:>8}   most {most:>8}");
    }
}

/// A model that finds nothing and remembers what it was asked.
#[derive(Default)]
struct Listener {
    calls: Mutex<Vec<ModelCall>>,
}

#[async_trait::async_trait]
impl ChatModel for Listener {
    async fn answer(&self, call: &ModelCall) -> Result<ModelAnswer, AnalyzeError> {
        self.calls.lock().expect("nobody panics with it").push(call.clone());
        let value = serde_json::json!({"findings": []});
        Ok(ModelAnswer { value, model: call.model.clone(), usage: Usage::default() })
    }
}
