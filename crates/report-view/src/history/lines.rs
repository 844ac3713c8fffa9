//! The similarity of one Item over the years, a line for each measure.

use filing_model::Item;
use maud::{Markup, html};

use super::{HistoryPoint, axis::Axis, measure::Measure};
use crate::kind;

/// Height of the plot in pixels, and the space above it.
const HEIGHT: f64 = 96.0;
const TOP: f64 = 10.0;

pub(super) fn lines(points: &[&HistoryPoint], item: Item, axis: &Axis) -> Markup {
    html! {
        svg.lines aria-hidden="true" {
            @for (y, class) in [(TOP, "grid"), (TOP + HEIGHT, "zero")] {
                line class=(class) x1="0" x2="100%" y1=(y) y2=(y) {}
            }
            @for measure in Measure::ALL { g class=(measure.class()) { (line(points, item, axis, measure)) } }
            @for (place, year) in axis.names() {
                text x=(format!("{:.2}%", axis.middle(place))) y=(TOP + HEIGHT + 18.0) { (year) }
            }
        }
    }
}

/// The ends of the scale beside the plot.
pub(super) fn scale(points: &[&HistoryPoint]) -> Markup {
    html! {
        @for measure in Measure::ALL {
            span class={ "sc " (measure.class()) } {
                span { "1.0" } span { (format!("{:.1}", measure.least(points))) }
            }
        }
    }
}

struct Dot {
    place: usize,
    x: f64,
    y: f64,
    says: String,
}

/// Years in a row are joined; where one is missing the line is open.
fn line(points: &[&HistoryPoint], item: Item, axis: &Axis, measure: Measure) -> Markup {
    let dots = dots(points, item, axis, measure);
    html! {
        @for pair in dots.windows(2) {
            @if pair[0].place + 1 == pair[1].place {
                line.kept x1=(percent(pair[0].x)) y1=(pixels(pair[0].y)) x2=(percent(pair[1].x)) y2=(pixels(pair[1].y)) {}
            }
        }
        @for dot in &dots {
            circle cx=(percent(dot.x)) cy=(pixels(dot.y)) r="3.5" { title { (dot.says) } }
        }
    }
}

fn dots(points: &[&HistoryPoint], item: Item, axis: &Axis, measure: Measure) -> Vec<Dot> {
    let least = measure.least(points);
    let dot = |(at, point): (usize, &&HistoryPoint)| {
        let value = measure.of(point.find(item)?.measured()?);
        let place = axis.place(at, point);
        let year = kind::year(&point.newer, filing_model::Side::Newer);
        Some(Dot {
            place,
            x: axis.middle(place),
            y: TOP + HEIGHT * (1.0 - value) / (1.0 - least),
            says: format!("{} {value:.3}, {year}", measure.name()),
        })
    };
    points.iter().enumerate().filter_map(dot).collect()
}

fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

fn pixels(value: f64) -> String {
    format!("{value:.1}")
}
