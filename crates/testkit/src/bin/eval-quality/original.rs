//! The rules of the first version, written once more from their description: `seed` must say the same.

use filing_model::{Extraction, Item, Status};
use quality::Profile;

use crate::{
    Filings,
    judging::judge,
    pairs::{MAIN_ITEMS, Pair},
};

/// Compares the texts of `seed` with those of the rules, for every filing; gives the number of filings that differ.
pub(crate) fn differing(filings: &Filings) -> usize {
    let mut differing = 0;
    let mut refunds = 0;
    for filing in &filings.all {
        // Both sides are the filing: the first version looked at the newer one alone.
        let pair = Pair { older: filing, newer: filing, held_out: false };
        let report = judge(&pair, &filing.extraction, &filing.extraction, &Profile::seed());
        let due = issues(&filing.extraction, true);
        refunds += usize::from(!due.is_empty());
        // One filing compared with itself has nothing to summarise; the rule for that is the last one.
        let said: Vec<String> =
            report.issues.iter().filter(|issue| *issue != NO_SUMMARIES).cloned().collect();
        if said != due {
            differing += 1;
            println!("{}: due {due:?}, said {said:?}", filing.row.name);
        }
    }
    println!(
        "seed: {} of {} filings judged as by the original rules; {refunds} of them refused",
        filings.all.len() - differing,
        filings.all.len(),
    );
    differing
}

const NO_SUMMARIES: &str = "No AI summaries generated";

const EXPECTED: [(Item, usize); 4] =
    [(Item::I1, 1_000), (Item::I1A, 5_000), (Item::I7, 5_000), (Item::I8, 10_000)];

/// The original rules: sections as a map of texts, words by white space.
fn issues(extraction: &Extraction, has_summaries: bool) -> Vec<String> {
    let text = |item: Item| {
        let section = extraction.items.get(&item).filter(|section| section.status != Status::Missing)?;
        Some(section.text.split_whitespace().filter(|word| *word != "|").collect::<Vec<_>>())
    };
    let mut issues = Vec::new();
    let missing: Vec<String> = MAIN_ITEMS
        .into_iter()
        .filter(|item| text(*item).is_none())
        .map(|item| format!("Item {item}"))
        .collect();
    if !missing.is_empty() {
        issues.push(format!("Missing sections: {}", missing.join(", ")));
    }
    for (item, expected) in EXPECTED {
        let words = text(item).map(|words| words.len());
        if let Some(words) = words.filter(|words| *words < expected) {
            issues.push(format!("Item {item}: Content too short ({words} words, expected {expected}+)"));
        }
    }
    for (item, _) in EXPECTED {
        let Some(words) = text(item) else { continue };
        let numeric = words.iter().filter(|word| word.chars().any(|c| c.is_ascii_digit())).count();
        if !words.is_empty() && numeric * 5 > words.len() * 4 {
            let percent = 100 * numeric / words.len();
            issues.push(format!("Item {item}: Content is mostly tables/numbers ({percent}% numeric)"));
        }
    }
    if !has_summaries {
        issues.push(NO_SUMMARIES.to_owned());
    }
    issues
}
