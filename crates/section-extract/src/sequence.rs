//! The best consistent sequence of headings over the whole document.

use filing_model::Item;

use crate::{
    candidate::{Candidate, Document},
    captions,
};

/// An Item that is passed over costs a little: a form has them all.
const SKIPPED: f32 = 0.25;

/// A heading that scores so much begins its Item even where it breaks the order of the form.
const DISPLACED: f32 = 5.0;

/// The headings that begin the Items, as indices of the candidates in the order of the document.
///
/// Captions without a number fill the gaps of the chain; headings that break its order join it when nothing else is
/// known of their Item.
pub(crate) fn choose(document: &Document<'_>, candidates: &mut Vec<Candidate>) -> Vec<usize> {
    let mut chain = best(candidates);
    if captions::add_in_gaps(document, candidates, &chain) {
        chain = best(candidates);
    }
    add_displaced(candidates, &mut chain);
    chain
}

/// What the scores of a chain's headings add up to.
pub(crate) fn total(candidates: &[Candidate], chain: &[usize]) -> f32 {
    chain.iter().map(|&at| candidates[at].score).sum()
}

fn add_displaced(candidates: &[Candidate], chain: &mut Vec<usize>) {
    let (Some(&first), Some(&last)) = (chain.first(), chain.last()) else { return };
    for item in Item::ALL {
        if chain.iter().any(|&at| candidates[at].items.contains(&item)) {
            continue;
        }
        let strongest = (first..last)
            .filter(|&at| candidates[at].items == [item] && candidates[at].score >= DISPLACED)
            .max_by(|a, b| candidates[*a].score.total_cmp(&candidates[*b].score));
        chain.extend(strongest);
    }
    chain.sort_unstable();
}

/// Chooses the chain of candidates with the highest score in which the Items stand in the order of the form.
/// Returns indices of the candidates in the order of the document.
///
/// Dynamic programming: for each Item, the best chain that ends with it so far. Linear in the candidates.
fn best(candidates: &[Candidate]) -> Vec<usize> {
    let mut ends: [Option<usize>; Item::ALL.len()] = [None; Item::ALL.len()];
    let mut totals = vec![0.0_f32; candidates.len()];
    let mut before: Vec<Option<usize>> = vec![None; candidates.len()];
    for (index, candidate) in candidates.iter().enumerate() {
        let first = candidate.rank;
        let mut total = candidate.score - SKIPPED * distance(0, first);
        for (end, chain) in ends[..first].iter().enumerate() {
            let Some(chain) = *chain else { continue };
            let joined = totals[chain] + candidate.score - SKIPPED * distance(end + 1, first);
            if joined > total {
                total = joined;
                before[index] = Some(chain);
            }
        }
        totals[index] = total;
        // `Items 1 and 2` come before Item 1A, so such a heading counts as its first Item.
        if ends[first].is_none_or(|known| total > totals[known]) {
            ends[first] = Some(index);
        }
    }
    let finish =
        |chain: usize| totals[chain] - SKIPPED * distance(candidates[chain].rank + 1, Item::ALL.len());
    let best = ends.iter().flatten().copied().max_by(|a, b| finish(*a).total_cmp(&finish(*b)));
    let mut chain: Vec<usize> = std::iter::successors(best, |&at| before[at]).collect();
    chain.reverse();
    chain.retain(|&at| candidates[at].score > 0.0);
    chain
}

#[expect(clippy::cast_precision_loss, reason = "at most 23")]
fn distance(from: usize, to: usize) -> f32 {
    to.saturating_sub(from) as f32
}
