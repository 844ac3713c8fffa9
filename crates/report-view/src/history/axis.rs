//! The years from left to right.

use super::HistoryPoint;

/// More years than this are not all named.
const MOST_NAMES: usize = 9;

/// A place for each year, those without a report included.
pub(super) struct Axis {
    first: i16,
    places: usize,
    by_year: bool,
}

impl Axis {
    /// Years where each point has one of its own, else the order of the points.
    pub(super) fn of(points: &[&HistoryPoint]) -> Self {
        let years: Vec<i16> = points.iter().filter_map(|point| point.newer.fiscal_year()).collect();
        let apart = years.len() == points.len() && years.windows(2).all(|pair| pair[0] < pair[1]);
        let span = years.first().zip(years.last()).and_then(|(first, last)| {
            let years = usize::try_from(last - first).ok()? + 1;
            Some((*first, years))
        });
        match span.filter(|(_, years)| apart && *years <= 4 * points.len()) {
            Some((first, places)) => Self { first, places, by_year: true },
            None => Self { first: 0, places: points.len(), by_year: false },
        }
    }

    /// The place of a point, from 0.
    pub(super) fn place(&self, at: usize, point: &HistoryPoint) -> usize {
        let year = point.newer.fiscal_year().filter(|_| self.by_year);
        year.and_then(|year| usize::try_from(year - self.first).ok()).unwrap_or(at)
    }

    /// The middle of a place in per cent of the width.
    pub(super) fn middle(&self, place: usize) -> f64 {
        100.0 * crate::words::share(2 * place + 1, 2 * self.places.max(1))
    }

    /// The width of a place in per cent.
    pub(super) fn width(&self) -> f64 {
        100.0 * crate::words::share(1, self.places.max(1))
    }

    /// Years to write below: the place and the year.
    pub(super) fn names(&self) -> Vec<(usize, i16)> {
        let step = self.places.div_ceil(MOST_NAMES).max(1);
        let year = |place: usize| Some((place, self.first + i16::try_from(place).ok()?));
        let last = self.places.saturating_sub(1);
        (0..self.places).rev().step_by(step).filter(|_| self.by_year && last < 400).filter_map(year).collect()
    }
}
