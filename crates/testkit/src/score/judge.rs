use filing_model::{Section, Status};

use super::{
    captions,
    words::{count_with_letters, in_common, normalised},
};
use crate::Label;

/// Words compared at the start and at the end of a text.
const WINDOW: usize = 12;
/// Words that may stand before or behind them.
const MARGIN: usize = 2;
/// A text this much longer than the pointer is what the pointer points to.
const FOLLOWED: usize = 3;
/// Shorter pointers count as this long.
const SHORTEST_POINTER: usize = 40;
/// Up to this many words a pointer given as it stands is wrong; beyond, it says something of its own.
const LONGEST_POINTER: usize = 60;
/// A line under a heading that the label calls empty.
const ONE_LINE: usize = 15;
/// How far lengths may differ in words, whatever the length of the text.
const ROOM: f64 = 15.0;
/// How far lengths may differ as a share. Labels count page furniture, which a tidy text lacks: more room below.
const ROOM_BELOW: f64 = 0.08;
/// And less above.
const ROOM_ABOVE: f64 = 0.05;

/// What the rule says of an Item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it agrees with the label.
    pub right: bool,
    /// What was due and what came; empty when the rule did not look further.
    pub why: String,
}

impl Verdict {
    fn new(right: bool, why: impl Into<String>) -> Self {
        Self { right, why: why.into() }
    }

    fn right() -> Self {
        Self::new(true, "")
    }
}

/// Judges an Item against its label. Where the label's body begins with the rest of a wrapped heading, a text that
/// begins after it is right, too.
pub fn judge(label: &Label, section: &Section) -> Verdict {
    let came = Came::new(section);
    let as_it_stands = judge_label(label, &came);
    if as_it_stands.right {
        return as_it_stands;
    }
    let shorter = captions::without_rest_of_heading(label).map(|label| judge_label(&label, &came));
    shorter.filter(|verdict| verdict.right).unwrap_or(as_it_stands)
}

/// What came, prepared.
struct Came {
    status: Status,
    text: Vec<String>,
    /// Tokens with a letter or digit.
    words: usize,
}

impl Came {
    fn new(section: &Section) -> Self {
        Self {
            status: section.status,
            text: normalised(&section.text),
            words: count_with_letters(&section.text),
        }
    }

    /// In the words of the extraction's JSON.
    fn status(&self) -> &'static str {
        match self.status {
            Status::Found => "found",
            Status::ByReference => "by_reference",
            Status::Omitted => "omitted",
            Status::Missing => "missing",
        }
    }
}

fn judge_label(label: &Label, came: &Came) -> Verdict {
    let (due, length) = (label.status.as_str(), came.text.len());
    if let Some(verdict) = judge_status(label, came) {
        return verdict;
    }
    if due == "present" && label.words == 0 {
        let right = came.status != Status::Missing && length <= ONE_LINE;
        return Verdict::new(right, format!("present 0w, got {} {length}w", came.status()));
    }
    if came.status == Status::Missing || length == 0 {
        let says_nothing = due == "reserved_or_none" && label.words <= 3 && came.status != Status::Missing;
        let why = format!("{due} {}w, got {}", label.words, came.status());
        return if says_nothing { Verdict::right() } else { Verdict::new(false, why) };
    }
    judge_text(label, came)
}

/// Whether the status alone decides. Borders are soft: a pointer may be followed, and none may be said in a sentence.
fn judge_status(label: &Label, came: &Came) -> Option<Verdict> {
    let due = label.status.as_str();
    if due == "absent" {
        let right = came.status == Status::Missing || came.text.is_empty();
        return Some(Verdict::new(
            right,
            format!("label absent, got {} {}w", came.status(), came.text.len()),
        ));
    }
    if due == "combined_with" {
        return Some(Verdict::new(
            came.status != Status::Missing,
            format!("combined, got {}", came.status()),
        ));
    }
    let elsewhere = due == "incorporated_by_reference";
    let soft = elsewhere || due == "reserved_or_none";
    if soft && matches!(came.status, Status::Omitted | Status::ByReference) {
        return Some(Verdict::right());
    }
    if !elsewhere && !label.internal_pointer {
        return None;
    }
    let followed =
        came.status == Status::Found && came.text.len() > FOLLOWED * label.words.max(SHORTEST_POINTER);
    if followed || came.status == Status::ByReference {
        return Some(Verdict::right());
    }
    (label.words <= LONGEST_POINTER && came.status == Status::Found)
        .then(|| Verdict::new(false, format!("a pointer of {}w given as found", label.words)))
}

fn judge_text(label: &Label, came: &Came) -> Verdict {
    let (first, last) = (normalised(&label.start_words), normalised(&label.end_words));
    let window = first.len().min(WINDOW);
    let needed = window * 3 / 4;
    let reach = (window + MARGIN).min(came.text.len());
    let start = in_common(&first[..window], &came.text[..reach]);
    let end = in_common(&last[last.len().saturating_sub(window)..], &came.text[came.text.len() - reach..]);
    let words = label.text_words.filter(|&words| words > 0).unwrap_or(label.words);
    let right = start >= needed && end >= needed && is_close(came.words, words);
    if right {
        return Verdict::right();
    }
    let (due, status, length) = (&label.status, came.status(), came.words);
    let why = format!("{due} {words}w, got {status} {length}w start {start}/{window} end {end}/{window}");
    Verdict::new(false, why)
}

#[expect(clippy::cast_precision_loss, reason = "no text has 2^52 words")]
fn is_close(came: usize, due: usize) -> bool {
    let (came, due) = (came as f64, due as f64);
    (-ROOM.max(ROOM_BELOW * due)..=ROOM.max(ROOM_ABOVE * due)).contains(&(came - due))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "We make gauges in three plants and sell them to makers of valves.";

    fn label(status: &str, text: &str) -> Label {
        Label {
            status: status.into(),
            heading: Some("Item 1. Business".into()),
            start_words: text.into(),
            end_words: text.into(),
            words: text.split_whitespace().count(),
            text_words: None,
            internal_pointer: false,
            decided: None,
        }
    }

    fn section(status: Status, text: &str) -> Section {
        Section { status, text: text.into(), ..Section::missing() }
    }

    fn is_right(label: &Label, status: Status, text: &str) -> bool {
        judge(label, &section(status, text)).right
    }

    #[test]
    fn a_text_is_right_by_its_ends_and_its_length() {
        let label = label("present", BODY);
        assert!(is_right(&label, Status::Found, BODY));
        assert!(is_right(&label, Status::Found, &BODY.replace("three", "four")));
        assert!(!is_right(
            &label,
            Status::Found,
            "Item 2. Properties. Our plants are in Ohio and we own them all."
        ));
        assert!(!is_right(&label, Status::Found, &format!("{BODY} {}{BODY}", "and more ".repeat(60))));
        assert!(!is_right(&label, Status::Missing, ""));
    }

    #[test]
    fn the_reason_names_what_was_due_and_what_came() {
        let verdict = judge(&label("present", BODY), &section(Status::Found, "Our plants are in Ohio."));
        assert_eq!(verdict.why, "present 13w, got found 5w start 1/12 end 1/12");
    }

    #[test]
    fn a_pointer_is_right_as_a_pointer_and_when_followed_but_not_as_a_text() {
        let text = "The statements begin on page F-1.";
        let pointer = Label { internal_pointer: true, ..label("present", text) };
        assert!(is_right(&pointer, Status::ByReference, text));
        assert!(is_right(&pointer, Status::Found, &"balance ".repeat(121)));
        assert!(!is_right(&pointer, Status::Found, text));
    }

    #[test]
    fn none_and_absent_have_soft_borders() {
        let none = label("reserved_or_none", "None.");
        assert!(is_right(&none, Status::Omitted, "None."));
        assert!(is_right(&none, Status::Found, "None."));
        assert!(!is_right(&none, Status::Missing, ""));
        let absent = label("absent", "");
        assert!(is_right(&absent, Status::Missing, ""));
        assert!(is_right(&absent, Status::Omitted, ""));
        assert!(!is_right(&absent, Status::Found, BODY));
    }
}
