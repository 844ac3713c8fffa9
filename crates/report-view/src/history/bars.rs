//! Words that one Item gained and lost over the years, up and down from a line.

use filing_model::Item;
use maud::{Markup, html};

use super::{HistoryPoint, axis::Axis};
use crate::{
    html::removed_bar,
    words::{gained, lost, share},
};

/// Height of both halves together in pixels.
const HEIGHT: f64 = 84.0;

/// A bar takes so much of the place of its year.
const FILLED: f64 = 0.56;

pub(super) struct Bars {
    most_added: usize,
    most_removed: usize,
}

impl Bars {
    pub(super) fn of(points: &[&HistoryPoint], item: Item) -> Self {
        let words =
            || points.iter().filter_map(|point| point.find(item)).filter(|of| of.measured().is_some());
        Self {
            most_added: words().map(|of| of.words.added).max().unwrap_or(0),
            most_removed: words().map(|of| of.words.removed).max().unwrap_or(0),
        }
    }

    /// Whether no word came or went in any year.
    pub(super) fn are_none(&self) -> bool {
        self.most_added + self.most_removed == 0
    }

    /// Where the line lies, so that the longest bar on either side has room.
    fn zero(&self) -> f64 {
        HEIGHT * share(self.most_added, (self.most_added + self.most_removed).max(1))
    }

    fn height(&self, words: usize) -> f64 {
        HEIGHT * share(words, (self.most_added + self.most_removed).max(1))
    }

    pub(super) fn scale(&self) -> Markup {
        html! {
            span.sc.w {
                span { (gained(self.most_added)) }
                span { (lost(self.most_removed)) }
            }
        }
    }

    pub(super) fn draw(&self, points: &[&HistoryPoint], item: Item, axis: &Axis) -> Markup {
        let zero = self.zero();
        html! {
            svg.words aria-hidden="true" {
                @for (at, point) in points.iter().enumerate() {
                    @if let Some(of) = point.find(item).filter(|of| of.measured().is_some()) {
                        @let width = axis.width() * FILLED;
                        @let x = format!("{:.2}%", axis.middle(axis.place(at, point)) - width / 2.0);
                        @let width = format!("{width:.2}%");
                        @let (added, removed) = (self.height(of.words.added), self.height(of.words.removed));
                        @if of.words.added > 0 {
                            rect.add x=(x) width=(width) y=(pixels(zero - added)) height=(pixels(added)) {}
                        }
                        @if of.words.removed > 0 { (removed_bar(&x, &pixels(zero), &width, &pixels(removed))) }
                    }
                }
                line.zero x1="0" x2="100%" y1=(pixels(zero)) y2=(pixels(zero)) {}
            }
        }
    }
}

fn pixels(value: f64) -> String {
    format!("{value:.1}")
}
