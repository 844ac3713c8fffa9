//! Statements as a model or a careless analyst writes them, by hand, true and false.

use ai_analyze::verify;
use filing_model::{Category, Comparison, Finding, Materiality, Quote, Side};

/// One line of `sentences.txt`: company, Item, true or false, statement, quotations (`N` of the newer filing, `O` of the
/// older; `/` stands for the bar between cells).
pub(crate) struct Sentence<'a> {
    pub(crate) comparison: &'a Comparison,
    pub(crate) is_true: bool,
    pub(crate) finding: Finding,
}

pub(crate) fn sentences(companies: &[Comparison]) -> Vec<Sentence<'_>> {
    include_str!("sentences.txt").lines().map(|line| read(line, companies)).collect()
}

fn read<'a>(line: &str, companies: &'a [Comparison]) -> Sentence<'a> {
    let parts: Vec<&str> = line.split(" | ").collect();
    let [company, item, truth, statement, quotes @ ..] = parts.as_slice() else {
        panic!("five parts: {line}")
    };
    let comparison = companies.iter().find(|it| it.company.name.starts_with(company)).expect("a company");
    let quote = |quote: &&str| {
        let (side, text) = quote.split_at(2);
        let side = if side == "N " { Side::Newer } else { Side::Older };
        Quote { side, text: text.replace(" / ", " | "), change_id: None, verified: false }
    };
    let finding = Finding {
        item: item.parse().expect("an Item"),
        category: Category::Financial,
        materiality: Materiality::Medium,
        statement: (*statement).to_owned(),
        quotes: quotes.iter().map(quote).collect(),
    };
    Sentence { comparison, is_true: *truth == "true", finding }
}

impl Sentence<'_> {
    /// Why it was dropped.
    pub(crate) fn reason(&self) -> Option<String> {
        let verified = verify(vec![self.finding.clone()], self.comparison);
        verified.dropped.into_iter().next().map(|dropped| dropped.reason)
    }
}
