//! The yearly roll-forward: edits of figures, dates and units alone.

use filing_model::EditOp;

use crate::words::{is_figure, is_figure_or_mark, is_month, tokens};

/// What an edit did to figures.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    /// Nothing else was edited.
    pub(crate) only: bool,
    /// Old and new, in reading order.
    pub(crate) pairs: Vec<[String; 2]>,
}

/// Reads the figures out of edits.
pub(crate) fn read(edits: &[(EditOp, String)]) -> Figures {
    let mut only = true;
    let mut pairs = Vec::new();
    let mut deleted: Option<&str> = None;
    for (op, text) in edits {
        match op {
            EditOp::Equal => {
                only &= deleted.take().is_none_or(is_marks);
            }
            EditOp::Delete => deleted = Some(text),
            EditOp::Insert => match deleted.take() {
                Some(old) => only &= roll(old, text, &mut pairs),
                None => only &= is_marks(text),
            },
        }
    }
    only &= deleted.is_none_or(is_marks);
    Figures { only: only && !pairs.is_empty(), pairs }
}

/// Pairs the figures of a replaced run; whether it held nothing else.
fn roll(old: &str, new: &str, pairs: &mut Vec<[String; 2]>) -> bool {
    let (left, right): (Vec<_>, Vec<_>) = (tokens(old).collect(), tokens(new).collect());
    let figures = |list: &[crate::words::Token<'_>]| {
        list.iter()
            .filter(|token| is_figure(token.text) || is_month(token.text) || is_nil(token.text))
            .map(|token| token.text.to_owned())
            .collect::<Vec<_>>()
    };
    let (before, after) = (figures(&left), figures(&right));
    // Figures among words that were replaced belong to no figure of the other text.
    let pure = left.iter().chain(&right).all(|token| is_figure_or_mark(token.text));
    // A unit alone rolls too: its figure stands just before it.
    let rolled = pure && before.len() == after.len();
    if rolled {
        let changed = before.into_iter().zip(after).filter(|(old, new)| old != new);
        pairs.extend(changed.map(|(old, new)| [old, new]));
    }
    rolled
}

/// A dash in the place of a figure.
fn is_nil(token: &str) -> bool {
    matches!(token, "—" | "–" | "-")
}

/// Punctuation alone.
fn is_marks(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits;

    #[test]
    fn rolled_figures_are_told_from_edited_words() {
        let cases = [
            ("In fiscal 2023 sales were $1.2 billion.", "In fiscal 2024 sales were $1.4 billion.", true),
            ("As of June 30, 2023, we had 10 plants.", "As of July 2, 2024, we had 12 plants.", true),
            ("Sales rose 5% in 2023.", "Sales fell 5% in 2024.", false),
            ("We own 10 plants.", "We own ten plants.", false),
        ];
        for (older, newer, only) in cases {
            assert_eq!(read(&edits::between(older, newer).expect("short texts")).only, only, "{newer}");
        }
        let figures =
            read(&edits::between("$1.2 billion in 2023", "$1.4 billion in 2024").expect("short texts"));
        assert_eq!(figures.pairs, [["$1.2", "$1.4"], ["2023", "2024"]].map(|pair| pair.map(str::to_owned)));
    }
}
