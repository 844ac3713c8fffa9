//! What no reader could decide, and so is not scored.

use std::collections::HashMap;

use super::{
    common::longest_common,
    truth::{EditKind, KnownPassage, Unscored},
    words::{content, likeness, plain},
};

/// Paragraphs of fewer words turn up anywhere.
const FEWEST_WORDS: usize = 6;
/// The text below tells a retitled heading, so it may be shorter.
const FEWEST_WORDS_OF_TITLE: usize = 4;
/// A rewording keeps at least so many per cent of the words of the longer side in their order, and so many words.
const KEPT_PERCENT: usize = 40;
const KEPT_WORDS: usize = 5;
/// An inserted paragraph that is so many per cent like a deleted one may be called its new wording.
const LIKE: usize = 40;
/// A part of a split or merged paragraph that is so much like another paragraph may be taken for it.
const PART_LIKE: usize = 70;
/// Two candidates this close are equal to a reader.
const CLOSE: usize = 3;

/// Marks the passages that are not scored.
pub(super) fn mark(passages: &mut [KnownPassage], older: &[&str], newer: &[String]) {
    let newer: Vec<&str> = newer.iter().map(String::as_str).collect();
    let (before, after) = (repeats(older), repeats(&newer));
    for passage in &mut *passages {
        let left = &older[passage.older.clone()];
        let right = &newer[passage.newer.clone()];
        let title = passage.kind == EditKind::Retitled;
        let fewest = if title { FEWEST_WORDS_OF_TITLE } else { FEWEST_WORDS };
        let repeated =
            passage.older.clone().any(|at| before[at]) || passage.newer.clone().any(|at| after[at]);
        passage.unscored = if left.iter().chain(right).any(|text| worded(text).count() < fewest) {
            Some(Unscored::Short)
        } else if repeated {
            Some(Unscored::Repeated)
        } else if is_reworded(passage.kind) && is_replaced(left[0], right[0]) {
            Some(Unscored::Replaced)
        } else {
            None
        };
    }
    mark_twins(passages, older, &newer);
}

/// Words with a letter or digit.
fn worded(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric))
}

/// For each paragraph, whether its words stand in the text more than once.
fn repeats(texts: &[&str]) -> Vec<bool> {
    let plain: Vec<String> = texts.iter().map(|text| plain(text)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for text in &plain {
        *counts.entry(text).or_default() += 1;
    }
    plain.iter().map(|text| counts[text.as_str()] > 1).collect()
}

fn is_reworded(kind: EditKind) -> bool {
    matches!(kind, EditKind::Rephrased(_) | EditKind::Reworded(_))
}

fn is_replaced(older: &str, newer: &str) -> bool {
    let (older, newer): (Vec<&str>, Vec<&str>) = (worded(older).collect(), worded(newer).collect());
    let kept = longest_common(&older, &newer);
    kept < KEPT_WORDS || kept * 100 < KEPT_PERCENT * older.len().max(newer.len())
}

/// A passage that an exact comparison does not settle.
struct Edited {
    at: usize,
    older: Vec<u64>,
    newer: Vec<u64>,
    /// The paragraphs of split and merged ones, each by itself.
    older_parts: Vec<Vec<u64>>,
    newer_parts: Vec<Vec<u64>>,
    /// From this likeness on, another partner is as good.
    enough: usize,
}

fn mark_twins(passages: &mut [KnownPassage], older: &[&str], newer: &[&str]) {
    let settled = |kind| matches!(kind, EditKind::Unchanged | EditKind::Cosmetic);
    let open = passages.iter().enumerate().filter(|(_, passage)| !settled(passage.kind));
    let edited: Vec<Edited> = open
        .map(|(at, passage)| {
            let left = content(&older[passage.older.clone()].join(" "));
            let right = content(&newer[passage.newer.clone()].join(" "));
            let one_sided = left.is_empty() || right.is_empty();
            let own = likeness(&left, &right).saturating_sub(CLOSE);
            let enough = if one_sided || passage.kind == EditKind::Retitled { own.max(LIKE) } else { own };
            let parts = |texts: &[&str]| texts.iter().map(|text| content(text)).collect();
            let older_parts = parts(&older[passage.older.clone()]);
            let newer_parts = parts(&newer[passage.newer.clone()]);
            Edited { at, older: left, newer: right, older_parts, newer_parts, enough }
        })
        .collect();
    for one in edited.iter().filter(|one| !one.older.is_empty()) {
        for other in edited.iter().filter(|other| other.at != one.at && !other.newer.is_empty()) {
            let like = likeness(&one.older, &other.newer);
            let kinds = [passages[one.at].kind, passages[other.at].kind];
            // One that has a closer partner of its own leaves the other free.
            let inserted = matches!(kinds[1], EditKind::Inserted | EditKind::InItsPlace);
            let deleted_and_inserted = kinds[0] == EditKind::Deleted && inserted;
            let [rivals_one, rivals_other] = [like >= one.enough, like >= other.enough];
            let twins = if kinds[0] == EditKind::Deleted {
                rivals_other && (!deleted_and_inserted || rivals_one)
            } else if inserted {
                rivals_one
            } else {
                rivals_one || rivals_other
            };
            if twins || parts_alike(one, other) {
                for at in [one.at, other.at] {
                    passages[at].unscored.get_or_insert(Unscored::Twin);
                }
            }
        }
    }
}

/// Whether a part of a split or merged paragraph could be taken for another passage.
fn parts_alike(one: &Edited, other: &Edited) -> bool {
    let several = one.older_parts.len() > 1
        || one.newer_parts.len() > 1
        || other.older_parts.len() > 1
        || other.newer_parts.len() > 1;
    let alike = |left: &Vec<u64>| other.newer_parts.iter().any(|right| likeness(left, right) >= PART_LIKE);
    several && one.older_parts.iter().any(alike)
}
