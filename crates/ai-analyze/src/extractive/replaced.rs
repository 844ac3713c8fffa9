//! Short edits, shown as old and new wording.

use filing_model::{Change, EditOp};

use super::{gist::single_marks, telling::points_of_words};
use crate::text::plain_words;

/// The longest wording that a statement shows.
const MOST_WORDS: usize = 14;

/// What a part of a sentence tells less than a whole one, in points.
const FRAGMENT: f64 = 1.2;

/// Words before and behind an edit that are shown with it.
const CONTEXT_WORDS: usize = 2;

/// One edit as a reader sees it.
#[derive(Default)]
pub(super) struct Replacement {
    gone: String,
    new: String,
    /// What stands before and behind on both sides.
    before: String,
    next: String,
}

/// An edit as a statement shows it; a side that has none of its words is `None`.
pub(super) struct Shown {
    pub(super) gone: Option<String>,
    pub(super) new: Option<String>,
    pub(super) points: f64,
}

/// The short edit of a change that tells most.
pub(super) fn most_telling(change: &Change) -> Option<Shown> {
    let shown = replacements(change).into_iter().filter_map(|edit| edit.shown());
    shown.reduce(|best, next| if next.points > best.points { next } else { best })
}

impl Replacement {
    fn shown(&self) -> Option<Shown> {
        let [gone_words, new_words] = [&self.gone, &self.new].map(|text| plain_words(text));
        let [gone, new] = self.in_context();
        let cannot_be_shown = |text: &str| text.contains(['|', '\n']) || text.contains(". ");
        let is_empty = gone_words + new_words == 0;
        if is_empty
            || gone_words.max(new_words) > MOST_WORDS
            || cannot_be_shown(&gone)
            || cannot_be_shown(&new)
        {
            return None;
        }
        let points = self.points()?;
        Some(Shown { gone: (gone_words > 0).then_some(gone), new: (new_words > 0).then_some(new), points })
    }

    /// What turned: a risk that has come about, a `not`, a name; `None` for figures alone.
    fn points(&self) -> Option<f64> {
        let [gone, new] =
            [(&self.gone, &self.new), (&self.new, &self.gone)].map(|(own, other)| words_without(own, other));
        let is_figure = |word: &String| word.contains(|c: char| c.is_ascii_digit());
        if gone.iter().chain(&new).all(is_figure) {
            return None;
        }
        let has = |words: &[String], wanted: &[&str]| {
            words.iter().any(|word| wanted.contains(&lower(word).as_str()))
        };
        let modal = |words: &[String]| has(words, &["may", "might", "could", "would", "can"]);
        let done = |words: &[String]| has(words, &["has", "have", "had", "did", "was", "were", "is", "are"]);
        let not = |words: &[String]| has(words, &["not", "no", "never", "without", "longer"]);
        let mut points = points_of_words(&gone.join(" ")).max(points_of_words(&new.join(" "))) - FRAGMENT;
        if modal(&gone) && done(&new) && !modal(&new) {
            points += 3.0;
        }
        if not(&gone) != not(&new) {
            points += 2.5;
        }
        let words = gone.len().max(new.len()).min(10);
        Some(points + 0.1 * f64::from(u32::try_from(words).unwrap_or(0)))
    }

    /// Old and new wording with the words around it, which mostly say what a number or a `not` belongs to.
    fn in_context(&self) -> [String; 2] {
        let first_of = |text: &str| text.find(['.', '\n']).map_or(text.len(), |at| at);
        let next = &self.next[..first_of(&self.next)];
        let next: Vec<&str> = next.split_whitespace().take(CONTEXT_WORDS).collect();
        let start = self.before.rfind(['.', '\n', ';', ':', '(']).map_or(0, |at| at + 1);
        let before: Vec<&str> = self.before[start..].split_whitespace().collect();
        let before = before[before.len().saturating_sub(CONTEXT_WORDS)..].join(" ");
        let glue = |left: &str, right: &str, blank: bool| {
            let gap = if blank && !left.is_empty() && !right.is_empty() { " " } else { "" };
            format!("{left}{gap}{right}")
        };
        [&self.gone, &self.new].map(|text| {
            let starts_blank =
                text.starts_with(char::is_whitespace) || self.before.ends_with(char::is_whitespace);
            let ends_blank =
                text.ends_with(char::is_whitespace) || self.next.starts_with(char::is_whitespace);
            let middle = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let whole = if middle.is_empty() {
                glue(&before, &next.join(" "), true)
            } else {
                glue(&glue(&before, &middle, starts_blank), &next.join(" "), ends_blank)
            };
            single_marks(
                whole.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.')),
            )
        })
    }
}

fn lower(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Words of one wording that the other has not.
fn words_without(own: &str, other: &str) -> Vec<String> {
    let other: Vec<String> = other.split_whitespace().map(lower).collect();
    own.split_whitespace().filter(|word| !other.contains(&lower(word))).map(str::to_owned).collect()
}

/// The edits of a change; a word or two between two edits belongs to both.
fn replacements(change: &Change) -> Vec<Replacement> {
    let mut all = Vec::new();
    let mut edit = Replacement::default();
    for (index, (op, text)) in change.edits.iter().enumerate() {
        match op {
            EditOp::Delete => edit.gone.push_str(text),
            EditOp::Insert => edit.new.push_str(text),
            EditOp::Equal => {
                let is_between = !edit.gone.is_empty() || !edit.new.is_empty();
                let is_last = index + 1 == change.edits.len();
                if is_between && !is_last && plain_words(text) <= 2 && !text.contains(['.', '\n']) {
                    edit.gone.push_str(text);
                    edit.new.push_str(text);
                    continue;
                }
                edit.next.clone_from(text);
                all.push(std::mem::take(&mut edit));
                edit.before.clone_from(text);
            }
        }
    }
    all.push(edit);
    all
}
