//! One change: its label at the side, its text with marks.

use filing_model::{Change, ChangeKind, EditOp, Passage, paragraphs};
use maud::{Markup, html};

use super::{
    Page,
    marks::{Whole, edited, lines, whole},
    table,
};
use crate::{
    facts,
    kind::Kind,
    table::is_table,
    words::{counted, cut},
};

/// Words shown of a passage at the place it was moved away from.
const WORDS_AT_OLD_PLACE: usize = 16;

pub(super) fn change(page: &Page<'_>, change: &Change) -> Markup {
    let kind = Kind::of(change);
    let anchor = page.anchors.of(change);
    html! {
        article class={ "chg " (kind.class()) @if is_table_change(change) { " tb" } } id={ "c-" (anchor) } {
            (tag(page, change))
            div.t {
                @if kind == Kind::Moved { (moved_from_line(change, anchor)) }
                @if let Some(place) = facts::elsewhere(change) { p.go { (place) } }
                (body(change))
            }
        }
    }
}

/// The label and number of a change.
pub(super) fn tag(page: &Page<'_>, change: &Change) -> Markup {
    html! {
        div.tag {
            b { (Kind::of(change).word()) }
            a href={ "#c-" (page.anchors.of(change)) } title="Link to this change" { (change.id) }
        }
    }
}

/// The text of a change with its marks, paragraphs and tables as such.
pub(super) fn body(change: &Change) -> Markup {
    let text =
        |passage: &Option<Passage>| passage.as_ref().map_or(String::new(), |passage| passage.text.clone());
    let (older, newer) = (text(&change.older), text(&change.newer));
    match change.kind {
        ChangeKind::Added => passage(&newer, Whole::Inserted),
        ChangeKind::Removed => passage(&older, Whole::Deleted),
        ChangeKind::Modified | ChangeKind::Moved if is_table_change(change) => {
            table::compared(&older, &newer)
        }
        ChangeKind::Moved if !has_edits(change) => html! { div.base { (passage(&newer, Whole::Plain)) } },
        ChangeKind::Modified | ChangeKind::Moved if change.edits.is_empty() => {
            html! { (passage(&older, Whole::Deleted)) (passage(&newer, Whole::Inserted)) }
        }
        ChangeKind::Moved => html! { p.base { (edited(&change.edits)) } },
        ChangeKind::Modified => html! { p { (edited(&change.edits)) } },
    }
}

/// Paragraphs and tables of a text, all under one mark.
pub(super) fn passage(text: &str, mark: Whole) -> Markup {
    html! {
        @for paragraph in paragraphs(text) {
            @if is_table(paragraph) { (whole(mark, &table::plain(paragraph))) }
            @else { p { (whole(mark, &lines(paragraph))) } }
        }
    }
}

/// What stands where a passage was moved away from.
pub(super) fn old_place(page: &Page<'_>, change: &Change) -> Markup {
    let anchor = page.anchors.of(change);
    let text = change.older.as_ref().map_or("", |older| older.text.as_str());
    let (head, more) = cut(text, WORDS_AT_OLD_PLACE);
    html! {
        div.chg.mf id={ "m-" (anchor) } {
            div.tag { b { (Kind::Moved.word()) } }
            div.t {
                p.go { "Moved to " a href={ "#c-" (anchor) } { (change.id) } ", where it is shown in full." }
                p {
                    del.w { (lines(&head.replace(" | ", " "))) }
                    @if more > 0 { span.go { " … " (counted(more, "more word", "more words")) } }
                }
            }
        }
    }
}

fn moved_from_line(change: &Change, anchor: &str) -> Markup {
    html! {
        p.go {
            "Moved from "
            @if change.older.is_some() { a href={ "#m-" (anchor) } { "its old place" } } @else { "another place" }
            @match facts::edited_words(change) {
                0 => ", word for word."
                words => { ", with " (counted(words, "word", "words")) " changed." }
            }
        }
    }
}

fn is_table_change(change: &Change) -> bool {
    let table = |passage: &Option<Passage>| passage.as_ref().is_some_and(|passage| is_table(&passage.text));
    change.older.is_some() && change.newer.is_some() && (table(&change.older) || table(&change.newer))
}

fn has_edits(change: &Change) -> bool {
    change.edits.iter().any(|(op, _)| *op != EditOp::Equal)
}
