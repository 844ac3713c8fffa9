//! Paragraphs that were split or merged: a free one whose words stand in the partner of its neighbour.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::{Alignment, Pair};
use crate::passage::{Paragraph, Text};

/// So much of a free paragraph must stand in the partner.
const CONTAINED: f64 = 0.6;
/// Fewer features than this are found anywhere.
const FEWEST: usize = 6;

/// Joins free paragraphs to the pair beside them when they are a part of it.
pub(crate) fn join(older: &Text<'_>, newer: &Text<'_>, alignment: &mut Alignment) {
    let added = std::mem::take(&mut alignment.added);
    alignment.added =
        absorb(&added, &mut alignment.pairs, newer, older, |pair| (&mut pair.newer, &pair.older));
    let removed = std::mem::take(&mut alignment.removed);
    alignment.pairs.sort_by_key(|pair| pair.older.start);
    alignment.removed =
        absorb(&removed, &mut alignment.pairs, older, newer, |pair| (&mut pair.older, &pair.newer));
    alignment.pairs.sort_by_key(|pair| pair.newer.start);
}

type Sides = fn(&mut Pair) -> (&mut Range<usize>, &Range<usize>);

/// Extends pairs by the free paragraphs that belong to them; returns those that stay free.
fn absorb(free: &[usize], pairs: &mut [Pair], own: &Text<'_>, other: &Text<'_>, sides: Sides) -> Vec<usize> {
    let mut left = Vec::new();
    let mut said = Said::default();
    for &index in free {
        let after = pairs.partition_point(|pair| sides(&mut pair.clone()).0.start < index);
        let fits = [after.checked_sub(1), Some(after)].into_iter().flatten().find(|&place| {
            pairs.get(place).cloned().is_some_and(|mut pair| {
                let (mine, partner) = sides(&mut pair);
                let free = &own.paragraphs[index];
                let partner = (partner.len() == 1).then(|| &other.paragraphs[partner.start]);
                partner.is_some_and(|partner| {
                    let before = index + 1 == mine.start;
                    before && runs_in(free, &own.paragraphs[mine.start], partner)
                        || (before || mine.end == index)
                            && belongs(free, partner, |feature| said.in_run(own, mine, feature))
                })
            })
        });
        match fits {
            Some(place) => {
                let (mine, _) = sides(&mut pairs[place]);
                *mine = mine.start.min(index)..mine.end.max(index + 1);
            }
            None => left.push(index),
        }
    }
    left
}

/// Whether a heading was set into the paragraph that it headed, or set off from it.
fn runs_in(free: &Paragraph<'_>, headed: &Paragraph<'_>, partner: &Paragraph<'_>) -> bool {
    let heading = free.text.trim_end_matches(['.', ':', ' ']);
    free.heading.is_some()
        && partner.heading.is_none()
        && partner.text.starts_with(heading)
        && !headed.text.starts_with(heading)
}

/// Whether a free paragraph's words stand in the partner, and are not just those that its pair shares with it anyway.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn belongs(free: &Paragraph<'_>, partner: &Paragraph<'_>, mut is_said: impl FnMut(u64) -> bool) -> bool {
    let features = free.features();
    if features.all.len() < FEWEST || free.is_table != partner.is_table || free.heading.is_some() {
        return false;
    }
    let fresh: Vec<u64> = features.all.iter().copied().filter(|&feature| !is_said(feature)).collect();
    fresh.len() >= FEWEST && partner.features().contains(&fresh) as f64 >= CONTAINED * fresh.len() as f64
}

/// What the run of paragraphs says that was asked about last. A paragraph that was set off sentence by sentence grows one run
/// by thousands, which must not be looked through for each of them.
#[derive(Default)]
struct Said {
    run: Range<usize>,
    features: FxHashSet<u64>,
}

impl Said {
    /// Whether one of these paragraphs has the feature.
    fn in_run(&mut self, own: &Text<'_>, run: &Range<usize>, feature: u64) -> bool {
        if run.start > self.run.start || run.end < self.run.end || self.run.is_empty() {
            self.run = run.start..run.start;
            self.features.clear();
        }
        for paragraph in (run.start..self.run.start).chain(self.run.end..run.end) {
            self.features.extend(&own.paragraphs[paragraph].features().all);
        }
        self.run = run.clone();
        self.features.contains(&feature)
    }
}
