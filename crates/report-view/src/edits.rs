//! Word edits made ready for reading: what lies between two edits and means nothing alone joins them.

use filing_model::EditOp;

/// A stretch of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// In both filings.
    Same(String),
    /// Other words in each; either may be empty, both keep their white space.
    Edit {
        /// As in the older filing.
        older: String,
        /// As in the newer filing.
        newer: String,
    },
}

use Stretch::{Edit, Same};

/// Words that an edit may run across, though both filings have them.
const CONNECTORS: [&str; 16] =
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", ",", "-", "–"];

/// The stretches of a passage in reading order; their older and newer texts are those of the edits.
pub(crate) fn stretches(edits: &[(EditOp, String)]) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in folded(edits) {
        if let Edit { .. } = stretch
            && let [.., Edit { older, newer }, Same(between)] = joined.as_mut_slice()
            && joins(older, newer, between, &stretch)
        {
            let Edit { older: next_older, newer: next_newer } = stretch else { continue };
            for (side, next) in [(older, next_older), (newer, next_newer)] {
                side.push_str(between);
                side.push_str(&next);
            }
            joined.pop();
        } else {
            joined.push(stretch);
        }
    }
    joined
}

/// Neighbouring steps of one sort made one.
fn folded(edits: &[(EditOp, String)]) -> Vec<Stretch> {
    let mut folded: Vec<Stretch> = Vec::new();
    for (op, text) in edits.iter().filter(|(_, text)| !text.is_empty()) {
        match (op, folded.last_mut()) {
            (EditOp::Equal, Some(Same(same))) => same.push_str(text),
            (EditOp::Equal, _) => folded.push(Same(text.clone())),
            (EditOp::Delete, Some(Edit { older, .. })) => older.push_str(text),
            (EditOp::Delete, _) => folded.push(Edit { older: text.clone(), newer: String::new() }),
            (EditOp::Insert, Some(Edit { newer, .. })) => newer.push_str(text),
            (EditOp::Insert, _) => folded.push(Edit { older: String::new(), newer: text.clone() }),
        }
    }
    folded
}

fn joins(older: &str, newer: &str, between: &str, next: &Stretch) -> bool {
    let Edit { older: next_older, newer: next_newer } = next else { return false };
    let deletes = !older.trim().is_empty() && !next_older.trim().is_empty();
    let inserts = !newer.trim().is_empty() && !next_newer.trim().is_empty();
    if between.contains('\n') {
        return false;
    }
    match between.trim() {
        "" => deletes || inserts,
        word => deletes && inserts && CONNECTORS.contains(&word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EditOp::{Delete, Equal, Insert};

    fn shown(edits: &[(EditOp, &str)]) -> String {
        let edits: Vec<_> = edits.iter().map(|&(op, text)| (op, text.to_owned())).collect();
        let stretches = stretches(&edits);
        stretches
            .iter()
            .map(|stretch| match stretch {
                Same(text) => text.clone(),
                Edit { older, newer } => format!("[{older}|{newer}]"),
            })
            .collect()
    }

    #[test]
    fn a_short_word_between_two_replacements_joins_them() {
        let edits = [
            (Delete, "two"),
            (Insert, "four"),
            (Equal, " to "),
            (Delete, "three"),
            (Insert, "six"),
            (Equal, " quarters"),
        ];
        assert_eq!(shown(&edits), "[two to three|four to six] quarters");
    }

    #[test]
    fn a_word_that_tells_something_does_not() {
        let edits = [(Delete, "a"), (Insert, "b"), (Equal, " not "), (Delete, "c"), (Insert, "d")];
        assert_eq!(shown(&edits), "[a|b] not [c|d]");
        let inserts_only = [(Insert, "a"), (Equal, " to "), (Insert, "b")];
        assert_eq!(shown(&inserts_only), "[|a] to [|b]");
    }

    #[test]
    fn white_space_joins_edits_of_one_sort() {
        assert_eq!(shown(&[(Insert, "a"), (Equal, " "), (Insert, "b")]), "[ |a b]");
        assert_eq!(shown(&[(Insert, "a"), (Equal, " "), (Delete, "b")]), "[|a] [b|]");
    }
}
