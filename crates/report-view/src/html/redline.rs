//! The text of an Item in reading order, with every change marked.

use filing_model::{Change, Passage, SectionDiff, Side, paragraphs};
use maud::{Markup, html};

use super::{
    Page,
    change::{change, old_place, tag},
    figures::figures,
    marks::{Whole, edited, lines, whole},
    table,
    tree::Outline,
};
use crate::{
    flow::{Heading, Piece, Quiet},
    kind::{self, Kind},
    table::is_table,
    words::counted,
};

pub(super) fn redline(
    page: &Page<'_>,
    section: &SectionDiff,
    pieces: &[Piece<'_>],
    outline: &Outline,
) -> Markup {
    let quiet =
        pieces.iter().filter_map(|piece| if let Piece::Quiet(run) = piece { Some(run) } else { None });
    let figures_only: Vec<_> = quiet
        .flatten()
        .filter_map(|quiet| if let Quiet::FiguresOnly(change) = quiet { Some(*change) } else { None })
        .collect();
    html! {
        div.red {
            p.colhead aria-hidden="true" {
                span { "Older, " (kind::year(&page.report.older, Side::Older)) }
                span { "Newer, " (kind::year(&page.report.newer, Side::Newer)) }
            }
            @for piece in pieces {
                @match piece {
                    Piece::Heading(heading) => (kept_heading(section, heading, outline))
                    Piece::Change(of, None) => (change(page, of))
                    Piece::Change(of, Some(heading)) => (changed_heading(page, section, of, heading, outline))
                    Piece::MovedFrom(of) => (old_place(page, of))
                    Piece::Quiet(run) => (quiet_run(page, run))
                }
            }
            (figures(page, &figures_only))
        }
    }
}

fn kept_heading(section: &SectionDiff, heading: &Heading<'_>, outline: &Outline) -> Markup {
    let classes = format!("h{}", outline.classes_below(heading.index));
    let words = lines(heading.text);
    levelled(section, heading, outline, &classes, &words)
}

/// A heading that is itself a change: it keeps its number and its place.
fn changed_heading(
    page: &Page<'_>,
    section: &SectionDiff,
    change: &Change,
    heading: &Heading<'_>,
    outline: &Outline,
) -> Markup {
    let text =
        |passage: &Option<Passage>| lines(passage.as_ref().map_or("", |passage| passage.text.as_str()));
    let words = match Kind::of(change) {
        Kind::New => whole(Whole::Inserted, &text(&change.newer)),
        Kind::Removed => whole(Whole::Deleted, &text(&change.older)),
        _ if change.edits.is_empty() => {
            html! { del { (text(&change.older)) } " " ins { (text(&change.newer)) } }
        }
        _ => edited(&change.edits),
    };
    html! {
        article class={ "chg hd " (Kind::of(change).class()) (outline.classes_below(heading.index)) }
            id={ "c-" (page.anchors.of(change)) } {
            (tag(page, change))
            div.t { (levelled(section, heading, outline, "", &words)) }
        }
    }
}

fn levelled(
    section: &SectionDiff,
    heading: &Heading<'_>,
    outline: &Outline,
    classes: &str,
    words: &Markup,
) -> Markup {
    let id = format!("h-{}-{}", section.item, heading.index);
    let class = (!classes.is_empty()).then_some(classes);
    html! {
        @match outline.depth(heading.diff.level) {
            0 => h3 id=(id) class=[class] { (words) }
            1 => h4 id=(id) class=[class] { (words) }
            _ => h5 id=(id) class=[class] { (words) }
        }
    }
}

/// Unchanged text: one line with a count, which opens.
fn quiet_run(page: &Page<'_>, run: &[Quiet<'_>]) -> Markup {
    html! {
        details.un {
            summary { (quiet_count(run)) }
            @for quiet in run {
                @match quiet {
                    Quiet::Same { text, older } => {
                        (unmarked(text))
                        @if let Some(older) = older {
                            p.cos { span { "In the older filing: " } (lines(older)) }
                        }
                    }
                    Quiet::FiguresOnly(change) => {
                        p.fo { a href={ "#c-" (page.anchors.of(change)) } { (change.id) } ": only figures changed here." }
                    }
                }
            }
        }
    }
}

fn unmarked(text: &str) -> Markup {
    html! {
        @for paragraph in paragraphs(text) {
            @if is_table(paragraph) { (table::plain(paragraph)) } @else { p { (lines(paragraph)) } }
        }
    }
}

/// `14 unchanged paragraphs, 2 with other figures only`
fn quiet_count(run: &[Quiet<'_>]) -> String {
    let figures = run.iter().filter(|quiet| matches!(quiet, Quiet::FiguresOnly(_))).count();
    match (run.len() - figures, figures) {
        (same, 0) => counted(same, "unchanged paragraph", "unchanged paragraphs"),
        (0, figures) => {
            counted(figures, "paragraph with other figures only", "paragraphs with other figures only")
        }
        (same, figures) => {
            format!(
                "{}, {figures} with other figures only",
                counted(same, "unchanged paragraph", "unchanged paragraphs")
            )
        }
    }
}
