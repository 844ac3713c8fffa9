//! What is worth sending, in the order of the filing and under its sub-headings.

use filing_model::{Change, Comparison, Item, NotSentWords, SectionDiff};

use super::prompt;
use crate::text::edited_words;

/// Items whose changes are sent; those of the others are listed in the report and counted as not sent.
const SENT_ITEMS: [Item; 8] =
    [Item::I1, Item::I1A, Item::I1C, Item::I3, Item::I7, Item::I7A, Item::I8, Item::I9A];

/// A change with its Item and what it takes to send it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent<'a> {
    pub(super) item: Item,
    pub(super) change: &'a Change,
    pub(super) tokens: usize,
}

/// Neighbours under one sub-heading, which are read together.
#[derive(Debug, Clone)]
pub(super) struct Group<'a> {
    pub(super) item: Item,
    pub(super) heading: Option<&'a str>,
    pub(super) changes: Vec<Sent<'a>>,
}

impl Group<'_> {
    pub(super) fn tokens(&self) -> usize {
        prompt::group_tokens(self) + self.changes.iter().map(|sent| sent.tokens).sum::<usize>()
    }

    /// Of its most telling change.
    pub(super) fn weight(&self) -> f64 {
        self.changes.iter().map(|sent| sent.change.weight).fold(0.0, f64::max)
    }
}

/// The changes that tell most, within a budget of estimated tokens; never fewer than the upper half of each Item's ranking.
///
/// A change is sent whole or not at all. One that does not fit leaves room for smaller ones after it.
pub(super) fn choose(comparison: &Comparison, budget_tokens: usize) -> Vec<Group<'_>> {
    let mut candidates: Vec<Candidate<'_>> = comparison
        .sections
        .iter()
        .enumerate()
        .filter(|(_, section)| SENT_ITEMS.contains(&section.item))
        .flat_map(|(at, section)| of_section(at, section))
        .collect();
    let by_weight = |one: &Candidate<'_>, other: &Candidate<'_>| {
        other.sent.change.weight.total_cmp(&one.sent.change.weight)
    };
    candidates.sort_by(|one, other| other.is_due.cmp(&one.is_due).then_with(|| by_weight(one, other)));
    let mut left = budget_tokens;
    candidates.retain(|Candidate { sent, is_due, .. }| {
        let fits = sent.tokens <= left || *is_due;
        left = left.saturating_sub(if fits { sent.tokens } else { 0 });
        fits
    });
    candidates.sort_by_key(|candidate| candidate.place);
    grouped(candidates.into_iter().map(|candidate| candidate.sent))
}

struct Candidate<'a> {
    /// Section and change in reading order.
    place: (usize, usize),
    /// In the upper half of its Item's ranking.
    is_due: bool,
    sent: Sent<'a>,
}

fn of_section(at: usize, section: &SectionDiff) -> impl Iterator<Item = Candidate<'_>> {
    let upper_half = section.changes.len().div_ceil(2);
    let with_words = section.changes.iter().enumerate().filter(|(_, change)| words(change) > 0);
    with_words.map(move |(index, change)| Candidate {
        place: (at, index),
        is_due: change.rank <= upper_half,
        sent: Sent { item: section.item, change, tokens: prompt::change_tokens(change) },
    })
}

fn grouped<'a>(changes: impl Iterator<Item = Sent<'a>>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for sent in changes {
        let heading = sent.change.heading.as_deref();
        match groups.last_mut() {
            Some(group) if group.item == sent.item && group.heading == heading => group.changes.push(sent),
            _ => groups.push(Group { item: sent.item, heading, changes: vec![sent] }),
        }
    }
    groups
}

/// Groups for one call each, in order, parted where a budget of estimated tokens is full. A group is parted only when
/// it alone is larger.
pub(super) fn packed(groups: Vec<Group<'_>>, budget_tokens: usize) -> Vec<Vec<Group<'_>>> {
    let mut packs: Vec<Vec<Group<'_>>> = Vec::new();
    let mut left = 0;
    for group in groups.into_iter().flat_map(|group| parts(group, budget_tokens)) {
        let tokens = group.tokens();
        if tokens > left || packs.is_empty() {
            packs.push(Vec::new());
            left = budget_tokens;
        }
        left = left.saturating_sub(tokens);
        packs.last_mut().expect("one was just made").push(group);
    }
    packs
}

/// A group as it is, or in parts that fit.
fn parts(group: Group<'_>, budget_tokens: usize) -> Vec<Group<'_>> {
    if group.tokens() <= budget_tokens {
        return vec![group];
    }
    let mut parts: Vec<Group<'_>> = Vec::new();
    for sent in &group.changes {
        match parts.last_mut() {
            Some(part) if part.tokens() + sent.tokens <= budget_tokens => part.changes.push(*sent),
            _ => parts.push(Group { changes: vec![*sent], ..group.clone() }),
        }
    }
    parts
}

/// A pack in two, for a model that could not read it whole; `None` when there is but one change.
pub(super) fn halved(pack: Vec<Group<'_>>) -> Result<[Vec<Group<'_>>; 2], Vec<Group<'_>>> {
    let changes: Vec<Sent<'_>> = pack.iter().flat_map(|group| group.changes.iter().copied()).collect();
    if changes.len() < 2 {
        return Err(pack);
    }
    let (first, second) = changes.split_at(changes.len() / 2);
    Ok([first, second].map(|half| grouped(half.iter().copied())))
}

/// Edited words of all changes that are not among the sent ones.
pub(super) fn not_sent_words(comparison: &Comparison, sent: &[Sent<'_>]) -> NotSentWords {
    let mut not_sent = NotSentWords::default();
    let ids: std::collections::HashSet<&str> = sent.iter().map(|sent| sent.change.id.as_str()).collect();
    for section in &comparison.sections {
        let is_sent = |change: &&Change| ids.contains(change.id.as_str());
        let words: usize = section.changes.iter().filter(|change| !is_sent(change)).map(words).sum();
        if words > 0 {
            not_sent.total += words;
            not_sent.by_item.insert(format!("Item {}", section.item), words);
        }
    }
    not_sent
}

fn words(change: &Change) -> usize {
    let counts = edited_words(change);
    counts.added + counts.removed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{added, comparison, modified, placed, section};

    fn ids(groups: &[Group<'_>]) -> String {
        let of = |group: &Group<'_>| {
            group.changes.iter().map(|sent| sent.change.id.as_str()).collect::<Vec<_>>().join(" ")
        };
        groups.iter().map(of).collect::<Vec<_>>().join(" | ")
    }

    fn sent<'a>(groups: &[Group<'a>]) -> Vec<Sent<'a>> {
        groups.iter().flat_map(|group| group.changes.iter().copied()).collect()
    }

    fn plants() -> Comparison {
        let long = "A plant makes pumps for mines. ".repeat(40);
        comparison(vec![
            section(
                Item::I1,
                vec![
                    placed(added("1-1", 0, &long), 2, 1.0, "Plants"),
                    placed(added("1-2", 1, "A new plant."), 1, 3.0, "Plants"),
                    placed(modified("1-3", 2, "It has [-ten-]{+nine+} pumps."), 3, 0.5, "Pumps"),
                ],
            ),
            section(Item::I2, vec![added("2-1", 0, "We lease two plants.")]),
            section(Item::I7, vec![placed(modified("7-1", 0, "Margin [-rose-]{+fell+}."), 1, 9.0, "")]),
        ])
    }

    #[test]
    fn what_tells_most_is_sent_under_its_heading_and_the_rest_is_counted() {
        let comparison = plants();
        let all = choose(&comparison, 10_000);
        assert_eq!(ids(&all), "1-1 1-2 | 1-3 | 7-1");
        assert_eq!(not_sent_words(&comparison, &sent(&all)).by_item, [("Item 2".to_owned(), 4)].into());
        let some = choose(&comparison, 300);
        assert_eq!(ids(&some), "1-1 1-2 | 7-1");
        assert_eq!(not_sent_words(&comparison, &sent(&some)).total, 2 + 4);
    }

    #[test]
    fn the_upper_half_is_sent_whatever_the_budget() {
        assert_eq!(ids(&choose(&plants(), 0)), "1-1 1-2 | 7-1");
    }

    #[test]
    fn packs_part_between_groups_and_a_large_group_by_its_changes() {
        let comparison = plants();
        let shown = |budget: usize| {
            let packs = packed(choose(&comparison, 10_000), budget);
            packs.iter().map(|pack| ids(pack)).collect::<Vec<_>>().join(" || ")
        };
        assert_eq!(shown(10_000), "1-1 1-2 | 1-3 | 7-1");
        assert_eq!(shown(380), "1-1 1-2 || 1-3 | 7-1");
        assert_eq!(shown(60), "1-1 || 1-2 | 1-3 | 7-1");
        assert_eq!(shown(20), "1-1 || 1-2 || 1-3 || 7-1");
    }

    #[test]
    fn halves_have_all_changes() {
        let comparison = plants();
        let [first, second] = halved(choose(&comparison, 10_000)).expect("four changes");
        assert_eq!(format!("{} || {}", ids(&first), ids(&second)), "1-1 1-2 || 1-3 | 7-1");
        assert!(halved(vec![first[0].clone()]).is_ok());
        assert!(halved(vec![second[0].clone()]).is_err());
    }
}
