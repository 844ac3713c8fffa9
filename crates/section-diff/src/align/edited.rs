//! Paragraphs that were edited: found by the rare words they share, so that cost stays near linear.

use rustc_hash::FxHashMap;

use super::Partners;
use crate::passage::{Paragraph, Text};

/// A feature in more paragraphs than this says little, and would make the search quadratic.
const COMMON: usize = 16;
/// So many of the likeliest partners are looked at closely.
const CLOSEST: usize = 6;
/// Between the same neighbours a pair needs to be alike only so much.
const LIKE_IN_PLACE: f64 = 0.38;
/// Or share so many of its single words.
const WORDS_IN_PLACE: f64 = 0.3;
/// And less where no other pair is possible.
const EASE: f64 = 0.7;
/// Elsewhere it needs to be so much alike, and so long.
const LIKE_ELSEWHERE: f64 = 0.52;
const SHORTEST_ELSEWHERE: usize = 8;
/// What standing between the same neighbours is worth against likeness.
const PLACE_BONUS: f64 = 0.2;
/// Paragraphs that begin with other names must be so much alike to be one.
const LIKE_OF_OTHER_NAME: f64 = 0.8;
/// Gaps of at most so many pairs are searched in full.
const SMALL_GAP: usize = 400;

/// A pair that might be.
#[derive(Debug)]
struct Proposal {
    score: f64,
    older: usize,
    newer: usize,
}

/// Pairs the paragraphs that are alike enough, the likeliest first; ties go to the earlier ones.
pub(crate) fn pair(older: &Text<'_>, newer: &Text<'_>, gaps: &Gaps, partners: &mut Partners) {
    let mut proposals = within_gaps(older, newer, partners, gaps);
    proposals.extend(by_rare_features(older, newer, partners, gaps));
    proposals
        .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.older.cmp(&b.older)).then(a.newer.cmp(&b.newer)));
    for proposal in proposals {
        if partners.of_older[proposal.older].is_none() && partners.of_newer[proposal.newer].is_none() {
            partners.pair(proposal.older, proposal.newer);
        }
    }
}

/// For each paragraph, the gap between exact neighbours that it stands in.
pub(crate) struct Gaps {
    older: Vec<usize>,
    newer: Vec<usize>,
}

impl Gaps {
    /// A gap is named by the newer paragraph of the last in-order pair before it.
    pub(crate) fn new(partners: &Partners) -> Self {
        let mut older = Vec::with_capacity(partners.of_older.len());
        let mut last = 0;
        for partner in &partners.of_older {
            if let Some(newer) = partner
                && *newer + 1 > last
            {
                last = newer + 1;
            }
            older.push(last);
        }
        let mut newer = Vec::with_capacity(partners.of_newer.len());
        let (mut last, mut furthest) = (0, 0);
        for (index, partner) in partners.of_newer.iter().enumerate() {
            if let Some(paired) = partner
                && *paired + 1 > furthest
            {
                furthest = *paired + 1;
                last = index + 1;
            }
            newer.push(last);
        }
        Self { older, newer }
    }

    fn same(&self, older: usize, newer: usize) -> bool {
        self.older[older] == self.newer[newer]
    }
}

fn within_gaps(older: &Text<'_>, newer: &Text<'_>, partners: &Partners, gaps: &Gaps) -> Vec<Proposal> {
    let mut by_gap: FxHashMap<usize, (Vec<usize>, Vec<usize>)> = FxHashMap::default();
    for index in partners.free_older() {
        by_gap.entry(gaps.older[index]).or_default().0.push(index);
    }
    for index in partners.free_newer() {
        by_gap.entry(gaps.newer[index]).or_default().1.push(index);
    }
    let mut proposals = Vec::new();
    for (left, right) in by_gap.into_values().filter(|(left, right)| left.len() * right.len() <= SMALL_GAP) {
        let only = left.len() == 1 && right.len() == 1;
        for &a in &left {
            for &b in &right {
                propose(older, newer, (a, b), true, only, &mut proposals);
            }
        }
    }
    proposals
}

fn by_rare_features(older: &Text<'_>, newer: &Text<'_>, partners: &Partners, gaps: &Gaps) -> Vec<Proposal> {
    let mut index: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for place in partners.free_newer() {
        for feature in &newer.paragraphs[place].features().all {
            let places = index.entry(*feature).or_default();
            if places.len() <= COMMON {
                places.push(place);
            }
        }
    }
    let mut proposals = Vec::new();
    let mut votes = Votes::new(newer.paragraphs.len());
    for a in partners.free_older() {
        for feature in &older.paragraphs[a].features().all {
            if let Some(places) = index.get(feature).filter(|places| places.len() <= COMMON) {
                for place in places {
                    votes.cast(*place);
                }
            }
        }
        for b in votes.counted().into_iter().take(CLOSEST) {
            propose(older, newer, (a, b), gaps.same(a, b), false, &mut proposals);
        }
    }
    proposals
}

/// Counts by place. Only the places that got a vote cost anything, however many there are.
struct Votes {
    counts: Vec<u32>,
    voted: Vec<usize>,
}

impl Votes {
    fn new(places: usize) -> Self {
        Self { counts: vec![0; places], voted: Vec::new() }
    }

    fn cast(&mut self, place: usize) {
        if self.counts[place] == 0 {
            self.voted.push(place);
        }
        self.counts[place] += 1;
    }

    /// The places, most votes first, and empties the ballot.
    fn counted(&mut self) -> Vec<usize> {
        let mut places = std::mem::take(&mut self.voted);
        places.sort_unstable_by_key(|&place| (std::cmp::Reverse(self.counts[place]), place));
        for &place in &places {
            self.counts[place] = 0;
        }
        places
    }
}

fn propose(
    older: &Text<'_>,
    newer: &Text<'_>,
    (a, b): (usize, usize),
    in_place: bool,
    only: bool,
    proposals: &mut Vec<Proposal>,
) {
    let (left, right) = (&older.paragraphs[a], &newer.paragraphs[b]);
    if !same_kind(left, right) {
        return;
    }
    let (of_left, of_right) = (left.features(), right.features());
    let like = of_left.likeness(of_right);
    if like < LIKE_OF_OTHER_NAME && names_differ(left, right) {
        return;
    }
    let enough = if in_place {
        let ease = if only { EASE } else { 1.0 };
        like >= LIKE_IN_PLACE * ease || of_left.likeness_of_words(of_right) >= WORDS_IN_PLACE * ease
    } else {
        like >= LIKE_ELSEWHERE && left.words.min(right.words) >= SHORTEST_ELSEWHERE
    };
    if enough {
        let score = like + if in_place { PLACE_BONUS } else { 0.0 };
        proposals.push(Proposal { score, older: a, newer: b });
    }
}

/// Paragraphs about two officers or two cases share most of their words.
fn names_differ(a: &Paragraph<'_>, b: &Paragraph<'_>) -> bool {
    matches!((a.name, b.name), (Some(a), Some(b)) if a[0] != b[0] && a[1] != b[1])
}

/// Tables go with tables, headings with headings.
fn same_kind(a: &Paragraph<'_>, b: &Paragraph<'_>) -> bool {
    a.is_table == b.is_table && (a.heading.is_some() == b.heading.is_some() || a.words.min(b.words) > 25)
}
