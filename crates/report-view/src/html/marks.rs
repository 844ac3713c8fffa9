//! Text and its marks. White space stays outside of them, and paragraphs end where the filing ends them.

use filing_model::EditOp;
use maud::{Markup, PreEscaped, Render as _, html};

use crate::edits::{Stretch, stretches};

/// How a whole passage is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Plain,
    Inserted,
    Deleted,
}

/// A text inside of one mark.
pub(super) fn whole(mark: Whole, content: &Markup) -> Markup {
    match mark {
        Whole::Plain => content.clone(),
        Whole::Inserted => html! { ins.w { (content) } },
        Whole::Deleted => html! { del.w { (content) } },
    }
}

/// A text as it stands, its line ends kept.
pub(super) fn lines(text: &str) -> Markup {
    let mut buffer = String::with_capacity(text.len() + text.len() / 16);
    push_lines(&mut buffer, text);
    PreEscaped(buffer)
}

/// A passage with its word edits.
pub(super) fn edited(edits: &[(EditOp, String)]) -> Markup {
    let mut marks = Marks { buffer: String::new(), after_space: true };
    for stretch in stretches(edits) {
        match stretch {
            Stretch::Same(text) => marks.same(&text),
            Stretch::Edit { older, newer } => marks.edit(&older, &newer),
        }
    }
    PreEscaped(marks.buffer)
}

struct Marks {
    buffer: String,
    /// Whether white space at this place changes neither reading.
    after_space: bool,
}

impl Marks {
    fn same(&mut self, text: &str) {
        push_lines(&mut self.buffer, text);
        self.after_space = text.ends_with(char::is_whitespace);
    }

    fn edit(&mut self, older: &str, newer: &str) {
        match (older.trim(), newer.trim()) {
            ("", "") => self.space(if newer.contains('\n') { newer } else { older }),
            (_, "") => self.spaced_mark("del", older),
            ("", _) => self.spaced_mark("ins", newer),
            (older_text, newer_text) => {
                let free = self.after_space;
                self.space(leading(older));
                self.mark("del", older_text);
                let between = longer(trailing(older), leading(newer));
                self.space(if between.is_empty() && free { " " } else { between });
                self.mark("ins", newer_text);
                self.space(trailing(newer));
            }
        }
    }

    fn spaced_mark(&mut self, element: &str, text: &str) {
        self.space(leading(text));
        self.mark(element, text.trim());
        self.space(trailing(text));
    }

    fn mark(&mut self, element: &str, text: &str) {
        for part in ["<", element, ">"] {
            self.buffer.push_str(part);
        }
        push_lines(&mut self.buffer, text);
        for part in ["</", element, ">"] {
            self.buffer.push_str(part);
        }
        self.after_space = false;
    }

    fn space(&mut self, space: &str) {
        if space.contains('\n') {
            push_lines(&mut self.buffer, space);
        } else if !space.is_empty() {
            self.buffer.push(' ');
        }
        self.after_space |= !space.is_empty();
    }
}

fn leading(text: &str) -> &str {
    &text[..text.len() - text.trim_start().len()]
}

fn trailing(text: &str) -> &str {
    &text[text.trim_end().len()..]
}

fn longer<'a>(one: &'a str, other: &'a str) -> &'a str {
    if one.len() >= other.len() { one } else { other }
}

/// All text of filings within marks passes here: escaped, line ends as `<br>`.
fn push_lines(buffer: &mut String, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            buffer.push_str("<br>");
        }
        line.render_to(buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EditOp::{Delete, Equal, Insert};

    fn shown(edits: &[(EditOp, &str)]) -> String {
        let edits: Vec<_> = edits.iter().map(|&(op, text)| (op, text.to_owned())).collect();
        edited(&edits).into_string()
    }

    #[test]
    fn white_space_stays_outside_of_the_marks() {
        let edits = [(Equal, "accounted for "), (Delete, "55% "), (Insert, "48% "), (Equal, "of revenue")];
        assert_eq!(shown(&edits), "accounted for <del>55%</del> <ins>48%</ins> of revenue");
        let inserted = [(Equal, "our"), (Insert, " two largest"), (Equal, " customers")];
        assert_eq!(shown(&inserted), "our <ins>two largest</ins> customers");
    }

    #[test]
    fn no_white_space_is_made_up_inside_of_a_word() {
        let edits = [(Equal, "of $"), (Delete, "5"), (Insert, "6"), (Equal, " million")];
        assert_eq!(shown(&edits), "of $<del>5</del><ins>6</ins> million");
    }

    #[test]
    fn markup_stays_text_and_paragraphs_stay_apart() {
        let edits = [(Equal, "a <b>"), (Insert, "\n\n<i>"), (Equal, " & c")];
        assert_eq!(shown(&edits), "a &lt;b&gt;<br><br><ins>&lt;i&gt;</ins> &amp; c");
    }
}
