//! The longest common subsequence, exactly.

use std::collections::HashMap;

/// How many words two texts have in common in the same order, at most. Whatever lies beyond it must be deleted and
/// inserted, so it gives the least number of word edits: what Myers's algorithm finds when nothing cuts it short.
///
/// Bit by bit (Hyyrö 2004): 64 words of the older text are compared at once.
pub fn longest_common(older: &[&str], newer: &[&str]) -> usize {
    let start = older.iter().zip(newer).take_while(|(a, b)| a == b).count();
    let (older, newer) = (&older[start..], &newer[start..]);
    let end = older.iter().rev().zip(newer.iter().rev()).take_while(|(a, b)| a == b).count();
    let (older, newer) = (&older[..older.len() - end], &newer[..newer.len() - end]);
    start + end + in_the_middle(older, newer)
}

fn in_the_middle(older: &[&str], newer: &[&str]) -> usize {
    let blocks = older.len().div_ceil(64);
    let mut places: HashMap<&str, Vec<u64>> = newer.iter().map(|word| (*word, Vec::new())).collect();
    for (at, word) in older.iter().enumerate() {
        if let Some(row) = places.get_mut(word) {
            row.resize(blocks, 0);
            row[at / 64] |= 1 << (at % 64);
        }
    }
    let mut state = vec![u64::MAX; blocks];
    for row in newer.iter().filter_map(|word| places.get(word)) {
        let mut carry = false;
        for (block, places) in state.iter_mut().zip(row) {
            let hits = *block & places;
            let (sum, first) = block.overflowing_add(hits);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *block = sum | (*block & !hits);
        }
    }
    state.iter().map(|block| block.count_zeros() as usize).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The textbook's table.
    fn by_table(older: &[&str], newer: &[&str]) -> usize {
        let mut row = vec![0; newer.len() + 1];
        for a in older {
            let mut corner = 0;
            for (at, b) in newer.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if a == b { corner + 1 } else { above.max(row[at]) };
                corner = above;
            }
        }
        row[newer.len()]
    }

    #[test]
    fn it_agrees_with_the_table() {
        let mut random = super::super::random::Random::named(1, &["common"]);
        let words = ["a", "b", "c", "d", "e"];
        for length in [0, 1, 5, 63, 64, 65, 130, 300] {
            let mut text =
                |length| (0..length).map(|_| words[random.below(words.len())]).collect::<Vec<&str>>();
            let (older, newer) = (text(length), text(length * 3 / 2));
            assert_eq!(longest_common(&older, &newer), by_table(&older, &newer), "{length}");
            assert_eq!(longest_common(&newer, &older), by_table(&older, &newer), "{length}");
        }
    }
}
