//! How much a change tells: what page and prompt take first.
//!
//! A change has points for what it says, a share of them is kept for what it is, and the best of a sub-section stands for the
//! others. Everything is counted in the texts at hand, so the same filings give the same weights, without any model.
//!
//! | what | where | why |
//! |---|---|---|
//! | words that its other side has not | `told` | a changed wording is a change of what is disclosed (Cohen, Malloy, Nguyen, Journal of Finance 75(3), 2020) |
//! | words that the other filing has nowhere | `told` | a topic is new when its name is: a tariff, a defendant, a product |
//! | words that an analyst stops at | `grave` | events that Form 8-K and Regulation S-K make a company tell at once |
//! | a `not` that comes or goes, `may` that becomes `has` | `turns` | a risk told as possible that has come about misleads, so filers must turn it |
//! | how far amounts moved | `amounts` | half or twice tells, and a billion more than a thousand; a year that rolls tells nothing |
//! | boilerplate keeps a share | `boilerplate` | every filer has it, and it changes without news |
//! | moved text, tables, what left with its year | `own` | nothing new is said |
//! | the Item keeps a share | `own` | where the form puts what matters |
//! | further passages of a sub-section, and of an Item, keep less | `groups`, here | ten places of a list are to tell ten things |
//!
//! A new sub-section is one thing: its heaviest passage gains a bonus and names the heading, the heading itself and the other
//! passages follow at a distance. So each new risk factor has one place among the first.

mod amounts;
mod boilerplate;
mod grave;
mod groups;
mod lexicon;
mod own;
mod told;
mod turns;

use filing_model::{Change, SectionDiff};
use jiff::civil::Date;

use self::{lexicon::Lexicon, own::Weigher, told::Usage};
use crate::{elsewhere::Texts, vocabulary::Vocabulary};

/// Gives each change its weight, and its rank within the Item. The older period says what left the report with its year.
pub(crate) fn weigh(
    sections: &mut [SectionDiff],
    texts: &[Texts<'_>],
    vocabulary: &Vocabulary<'_>,
    older_period: Option<Date>,
) {
    let usage = Usage::new(texts, vocabulary.term_count());
    let mut weigher = Weigher::new(Lexicon::new(vocabulary), usage, older_period.map(Date::year));
    for (section, texts) in sections.iter_mut().zip(texts) {
        let own: Vec<_> = section.changes.iter().map(|change| weigher.weight(change, texts)).collect();
        let weights = groups::spread(&section.changes, &own, &texts.1, &texts.2);
        settle(&mut section.changes, &weights);
    }
}

/// What each place of an Item's ranking takes from the next: an analyst who has read ten of its changes wants another Item.
const CROWDING: f64 = 0.05;

/// What the tenth and all behind it keep.
const LEAST_OF_CROWDED: f64 = 0.5;

/// Ranks by weight, ties by position.
fn settle(changes: &mut [Change], weights: &[f64]) {
    let mut ranking: Vec<usize> = (0..changes.len()).collect();
    ranking.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]).then(a.cmp(&b)));
    for (place, index) in ranking.into_iter().enumerate() {
        let crowded = (1.0 - CROWDING * float(place)).max(LEAST_OF_CROWDED);
        changes[index].rank = place + 1;
        changes[index].weight = (weights[index] * crowded * 1000.0).round() / 1000.0;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
