//! The sub-headings of an Item as a tree, with what changed below each.

use filing_model::{HeadingState, SectionDiff};
use maud::{Markup, html};

use crate::{
    flow::{Heading, Piece},
    kind::Kind,
    words::{counted, number},
};

/// With more headings than this, those without a change below them are counted instead.
const MOST_HEADINGS: usize = 40;

/// What stands below each heading of an Item.
pub(super) struct Outline {
    below: Vec<Below>,
    outermost: u8,
}

#[derive(Default, Clone)]
struct Below {
    /// Whether the heading was found in the text, so that it can be linked.
    placed: bool,
    /// Changes before the next heading, by kind.
    own: [usize; Kind::ALL.len()],
    /// Whether such a change stands here or under a heading further in.
    any: [bool; Kind::ALL.len()],
}

impl Outline {
    pub(super) fn of(section: &SectionDiff, pieces: &[Piece<'_>]) -> Self {
        let outermost = section.headings.iter().map(|heading| heading.level).min().unwrap_or(1);
        let mut outline = Self { below: vec![Below::default(); section.headings.len()], outermost };
        let mut open: Vec<(usize, u8)> = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Heading(heading) => outline.place(heading, &mut open),
                Piece::Change(_, Some(heading)) => {
                    outline.place(heading, &mut open);
                    outline.count(piece, &open[..open.len() - 1], false);
                }
                Piece::Change(_, None) => outline.count(piece, &open, true),
                Piece::MovedFrom(_) | Piece::Quiet(_) => {}
            }
        }
        outline
    }

    fn place(&mut self, heading: &Heading<'_>, open: &mut Vec<(usize, u8)>) {
        open.retain(|&(_, level)| level < heading.diff.level);
        open.push((heading.index, heading.diff.level));
        self.below[heading.index].placed = true;
    }

    fn count(&mut self, piece: &Piece<'_>, open: &[(usize, u8)], own: bool) {
        let Piece::Change(change, _) = piece else { return };
        let kind = Kind::of(change) as usize;
        for &(heading, _) in open {
            self.below[heading].any[kind] = true;
        }
        if let Some(&(heading, _)) = open.last().filter(|_| own) {
            self.below[heading].own[kind] += 1;
        }
    }

    /// ` ka km` and the like: what a filter must not hide the heading of.
    pub(super) fn classes_below(&self, heading: usize) -> String {
        let any = &self.below[heading].any;
        let kinds = Kind::ALL.iter().filter(|kind| any[**kind as usize]);
        kinds.flat_map(|kind| [" ", kind.class_of_heading()]).collect()
    }

    /// 0 for the outermost headings.
    pub(super) fn depth(&self, level: u8) -> u8 {
        level.saturating_sub(self.outermost)
    }

    fn is_changed(&self, section: &SectionDiff, heading: usize) -> bool {
        section.headings[heading].state != HeadingState::Kept || self.below[heading].any.contains(&true)
    }
}

pub(super) fn tree(section: &SectionDiff, outline: &Outline) -> Markup {
    let placed: Vec<usize> =
        (0..section.headings.len()).filter(|&index| outline.below[index].placed).collect();
    let shown: Vec<usize> = if placed.len() > MOST_HEADINGS {
        placed.iter().copied().filter(|&index| outline.is_changed(section, index)).collect()
    } else {
        placed.clone()
    };
    let quiet = placed.len() - shown.len();
    html! {
        @if !placed.is_empty() {
            details.treed open {
                summary { "Headings in this Item" }
                h3 { "Headings in this Item" }
                ul.tree {
                    @for index in shown {
                        @let heading = &section.headings[index];
                        li class={ "l" (outline.depth(heading.level).min(2)) } {
                            a href={ "#h-" (section.item.number()) "-" (index) } {
                                (heading.title) (state(heading.state))
                                (counts(heading.state, &outline.below[index]))
                            }
                        }
                    }
                }
                @if quiet > 0 { p.sm { (counted(quiet, "more heading", "more headings")) " without a change." } }
            }
        }
    }
}

fn state(state: HeadingState) -> Markup {
    html! {
        @match state {
            HeadingState::Kept => {}
            HeadingState::Retitled => { " " span.k.k-m { "Retitled" } }
            HeadingState::Added => { " " span.k.k-a { "New" } }
            HeadingState::Removed => { " " span.k.k-d { "Removed" } }
        }
    }
}

/// What changed below a heading; below a new one all is new.
fn counts(state: HeadingState, below: &Below) -> Markup {
    let said = match state {
        HeadingState::Added => Some(Kind::New),
        HeadingState::Removed => Some(Kind::Removed),
        HeadingState::Kept | HeadingState::Retitled => None,
    };
    let counts = Kind::ALL.into_iter().map(|kind| (kind, below.own[kind as usize]));
    let told = counts.filter(|&(kind, count)| count > 0 && said != Some(kind));
    html! {
        @for (index, (kind, count)) in told.enumerate() {
            (if index > 0 || state == HeadingState::Retitled { ", " } else { " " })
            span class={ "k k-" (kind.class()) } { (number(count)) " " (kind.word().to_lowercase()) }
        }
    }
}
