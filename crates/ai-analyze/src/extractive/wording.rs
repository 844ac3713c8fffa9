use filing_model::{Change, ChangeKind, EditOp, HeadingState, SectionDiff};

use crate::text::{Counts, edited_words, grouped, normalise, plain_words, plural};

/// The longest wording that a statement shows instead of counting its words.
const SHOWN_WORDS: usize = 14;

/// The longest heading that a statement shows in full.
const HEADING_WORDS: usize = 16;

/// What can be said of a change, the most telling first, the plainest last.
pub(super) fn statements(section: &SectionDiff, change: &Change) -> Vec<String> {
    let item = format!("Item {}", section.item);
    let place = change
        .heading
        .as_deref()
        .map_or_else(|| item.clone(), |heading| format!("{item}, {}", shown(heading)));
    let plain = plain(change);
    let mut statements = Vec::new();
    statements.extend(sub_section(section, change));
    statements.extend(replaced(change).map(|wording| format!("{place}: {wording}")));
    statements.push(format!("{place}: {plain}"));
    statements.push(format!("{item}: {plain}"));
    statements
}

/// The new or gone sub-section that a change is part of: many changes, one statement.
pub(super) fn sub_section_title<'a>(section: &'a SectionDiff, change: &Change) -> Option<&'a str> {
    let state = match change.kind {
        ChangeKind::Added => HeadingState::Added,
        ChangeKind::Removed => HeadingState::Removed,
        ChangeKind::Modified | ChangeKind::Moved => return None,
    };
    let passage = change.newer.as_ref().or(change.older.as_ref())?;
    let is_its = |title: &str| {
        change.heading.as_deref() == Some(title) || normalise(&passage.text) == normalise(title)
    };
    let heading = section.headings.iter().find(|heading| heading.state == state && is_its(&heading.title))?;
    Some(&heading.title)
}

fn sub_section(section: &SectionDiff, change: &Change) -> Option<String> {
    let title = sub_section_title(section, change)?;
    let siblings =
        section.changes.iter().filter(|other| other.heading.is_some() && other.heading == change.heading);
    let words = siblings.map(edited_words).fold(Counts::default(), |sum, next| Counts {
        added: sum.added + next.added,
        removed: sum.removed + next.removed,
    });
    let is_body = change.heading.as_deref() == Some(title);
    Some(match change.kind {
        ChangeKind::Added if is_body => {
            format!(
                "Item {}: a new sub-section, {}, of {}.",
                section.item,
                shown(title),
                plural(words.added, "word")
            )
        }
        ChangeKind::Added => format!("Item {}: a new heading, {}.", section.item, shown(title)),
        _ if is_body => {
            format!(
                "Item {}: the sub-section {}, {} long, is gone.",
                section.item,
                shown(title),
                plural(words.removed, "word")
            )
        }
        _ => format!("Item {}: the heading {} is gone.", section.item, shown(title)),
    })
}

/// What holds of any change: its kind and size.
fn plain(change: &Change) -> String {
    let counts = edited_words(change);
    let passage = change.newer.as_ref().or(change.older.as_ref());
    let is_one = passage.is_none_or(|passage| filing_model::paragraphs(&passage.text).count() == 1);
    let noun = if is_one { "paragraph" } else { "passage" };
    let moved = if change.kind == ChangeKind::Moved { "moved and " } else { "" };
    match change.kind {
        ChangeKind::Added => format!("a new {noun} of {}.", plural(counts.added, "word")),
        ChangeKind::Removed => format!("a {noun} of {} is gone.", plural(counts.removed, "word")),
        _ if counts.removed == 0 => format!("a {noun} {moved}extended by {}.", plural(counts.added, "word")),
        _ if counts.added == 0 => format!("a {noun} {moved}shortened by {}.", plural(counts.removed, "word")),
        _ => format!(
            "a {noun} {moved}reworded, with {} in place of {}.",
            plural(counts.added, "word"),
            grouped(counts.removed)
        ),
    }
}

/// The old and the new wording, when one short edit makes up most of the change.
fn replaced(change: &Change) -> Option<String> {
    if change.kind != ChangeKind::Modified {
        return None;
    }
    let counts = edited_words(change);
    let edit = replacements(change)
        .into_iter()
        .max_by_key(|edit| plain_words(&edit.gone) + plain_words(&edit.new))?;
    let [gone_words, new_words] = [&edit.gone, &edit.new].map(|text| plain_words(text));
    let [gone, new] = edit.with_next_word();
    let makes_up_most = 2 * (gone_words + new_words) > counts.added + counts.removed;
    let is_short = gone_words.max(new_words) <= SHOWN_WORDS;
    let can_be_shown = |text: &str| !text.contains(['"', '\u{201c}', '\u{201d}', '|', '\n']);
    if !makes_up_most || !is_short || !can_be_shown(&gone) || !can_be_shown(&new) {
        return None;
    }
    match (gone_words, new_words) {
        (0, 0) => None,
        (0, _) => Some(format!("the text now reads “{new}”.")),
        (_, 0) => Some(format!("the text no longer reads “{gone}”.")),
        _ => Some(format!("“{gone}” became “{new}”.")),
    }
}

/// One edit as a reader sees it.
#[derive(Default)]
struct Replacement {
    gone: String,
    new: String,
    /// What follows on both sides.
    next: String,
}

impl Replacement {
    /// Old and new wording up to the next word, which mostly says what a number or a `not` belongs to.
    fn with_next_word(&self) -> [String; 2] {
        let next = self.next.trim_start_matches(' ').split(char::is_whitespace).next().unwrap_or_default();
        [&self.gone, &self.new].map(|text| {
            let whole = if self.next.starts_with(' ') || text.ends_with(' ') {
                format!("{} {next}", text.trim_end())
            } else {
                text.clone()
            };
            whole.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.')).to_owned()
        })
    }
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
                } else {
                    edit.next.clone_from(text);
                    all.push(std::mem::take(&mut edit));
                }
            }
        }
    }
    all.push(edit);
    all
}

/// A heading in quotation marks, on one line, cut after [`HEADING_WORDS`].
pub(super) fn shown(heading: &str) -> String {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let cut = if words.len() > HEADING_WORDS { " …" } else { "" };
    let text = words[..words.len().min(HEADING_WORDS)].join(" ");
    let text = text.replace('\u{201c}', "\u{2018}").replace('\u{201d}', "\u{2019}").replace('"', "'");
    format!("“{}{cut}”", text.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{added, modified, placed, removed, section};
    use filing_model::{HeadingDiff, Item};

    fn first_statement(change: Change) -> String {
        let section = section(Item::I7, vec![change]);
        statements(&section, &section.changes[0]).remove(0)
    }

    #[test]
    fn statements_are_plain_and_factual() {
        let said = [
            first_statement(placed(added("7-1", 0, "New tariffs raise our costs."), 1, 1.0, "Tariffs")),
            first_statement(removed("7-1", 0, "We had a plant in Ohio.\n\nIt made valves.")),
            first_statement(modified(
                "7-1",
                0,
                "It lasts [-two-]{+four+} to [-three-]{+six+} quarters for us, we think.",
            )),
            first_statement(modified("7-1", 0, "Our controls were {+not +}effective at year end.")),
            first_statement(modified("7-1", 0, "Our pumps are [-safe and -]well made.")),
            first_statement(modified(
                "7-1",
                0,
                "{+One. +}We sell many pumps {+twice +}and then a few [-old -]valves for water mains{+ now+}.",
            )),
        ];
        insta::assert_snapshot!(said.join("\n"), @"
        Item 7, “Tariffs”: a new paragraph of 5 words.
        Item 7: a passage of 9 words is gone.
        Item 7: “two to three quarters” became “four to six quarters”.
        Item 7: the text now reads “not effective”.
        Item 7: the text no longer reads “safe and well”.
        Item 7: a paragraph reworded, with 3 words in place of 1.
        ");
    }

    #[test]
    fn a_new_sub_section_is_one_statement_with_all_its_words() {
        let mut item = section(
            Item::I1A,
            vec![
                added("1A-1", 0, "We may lose our only mine."),
                placed(added("1A-2", 1, "It is old."), 1, 1.0, "We may lose our only mine."),
                placed(added("1A-3", 2, "It is far away."), 2, 1.0, "We may lose our only mine."),
            ],
        );
        item.headings.push(HeadingDiff {
            title: "We may lose our only mine.".into(),
            similarity: None,
            level: 2,
            state: HeadingState::Added,
            older_title: None,
            older_paragraph: None,
            newer_paragraph: Some(0),
        });
        let said = [0, 1].map(|at| statements(&item, &item.changes[at]).remove(0));
        insta::assert_snapshot!(said.join("\n"), @"
        Item 1A: a new heading, “We may lose our only mine”.
        Item 1A: a new sub-section, “We may lose our only mine”, of 7 words.
        ");
    }
}
