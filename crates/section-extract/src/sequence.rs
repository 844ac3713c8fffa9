//! The best consistent sequence of headings over the whole document.

use filing_model::Item;

use crate::candidate::Candidate;

/// An Item that is passed over costs a little: a form has them all.
const SKIPPED: f32 = 0.25;

/// Chooses the chain of candidates with the highest score in which the Items stand in the order of the form.
/// Returns indices of the candidates in the order of the document.
///
/// Dynamic programming: for each Item, the best chain that ends with it so far. Linear in the candidates.
pub(crate) fn best(candidates: &[Candidate]) -> Vec<usize> {
    let mut ends: [Option<usize>; Item::ALL.len()] = [None; Item::ALL.len()];
    let mut totals = vec![0.0_f32; candidates.len()];
    let mut before: Vec<Option<usize>> = vec![None; candidates.len()];
    for (index, candidate) in candidates.iter().enumerate() {
        let first = order(candidate.first());
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
    let finish = |chain: usize| {
        totals[chain] - SKIPPED * distance(order(candidates[chain].first()) + 1, Item::ALL.len())
    };
    let best = ends.iter().flatten().copied().max_by(|a, b| finish(*a).total_cmp(&finish(*b)));
    let mut chain: Vec<usize> = std::iter::successors(best, |&at| before[at]).collect();
    chain.reverse();
    chain.retain(|&at| candidates[at].score > 0.0);
    chain
}

fn order(item: Item) -> usize {
    item as usize
}

#[expect(clippy::cast_precision_loss, reason = "at most 23")]
fn distance(from: usize, to: usize) -> f32 {
    to.saturating_sub(from) as f32
}
