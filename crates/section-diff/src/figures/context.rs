//! One side of the edits as tokens, as far as they stand near an edit.

use filing_model::EditOp;

use super::{
    begins_line,
    expression::{self, Expression},
};
use crate::words::{Token, tokens};

/// Bytes of an unchanged text that are read at either end: the unit behind a figure, the month before it.
const NEAR: usize = 24;

/// Stands for the unchanged words between.
const GAP: Token<'static> = Token { space: "\n", text: "…" };

/// The tokens of one side.
pub(super) struct Context<'a> {
    tokens: Vec<Token<'a>>,
    /// Where the tokens of each edit begin.
    starts: Vec<usize>,
}

impl<'a> Context<'a> {
    /// The side that lacks the edits of one kind.
    pub(super) fn of(edits: &'a [(EditOp, String)], lacks: EditOp) -> Self {
        let mut context = Self { tokens: Vec::new(), starts: Vec::with_capacity(edits.len()) };
        let mut space = "";
        for (op, text) in edits {
            context.starts.push(context.tokens.len());
            if *op == lacks {
                continue;
            }
            match ends(text) {
                Some((head, tail)) if *op == EditOp::Equal => {
                    context.push(space, head);
                    context.tokens.push(GAP);
                    context.push("", tail);
                }
                _ => context.push(space, text),
            }
            space = &text[text.trim_end().len()..];
        }
        context
    }

    /// A text behind the white space that the one before it ends with.
    fn push(&mut self, space: &'a str, text: &'a str) {
        let mut list = tokens(text);
        self.tokens.extend(
            list.next().map(|first| Token {
                space: if first.space.is_empty() { space } else { first.space },
                ..first
            }),
        );
        self.tokens.extend(list);
    }

    /// The figure around a token of an edit.
    pub(super) fn expression(&self, edit: usize, token: usize) -> Expression {
        let at = self.starts[edit] + token;
        let bounds = |token: &Token<'_>| token.text == "|" || begins_line(token);
        let start = (0..=at).rev().find(|&at| bounds(&self.tokens[at])).unwrap_or(0);
        let start = start + usize::from(self.tokens[start].text == "|");
        let end = (at + 1..self.tokens.len()).find(|&at| bounds(&self.tokens[at]));
        expression::around(&self.tokens, start..end.unwrap_or(self.tokens.len()), at)
    }
}

/// The first and the last words of a long text.
fn ends(text: &str) -> Option<(&str, &str)> {
    if text.len() <= 3 * NEAR {
        return None;
    }
    let head = text.char_indices().find(|(at, c)| *at >= NEAR && c.is_whitespace())?.0;
    let from = text.len() - NEAR;
    let tail = text.char_indices().rev().find(|(at, c)| *at <= from && c.is_whitespace())?.0;
    (head < tail).then(|| (&text[..head], &text[tail..]))
}
