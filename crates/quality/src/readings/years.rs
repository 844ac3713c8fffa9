//! The years that a text speaks of.

use std::collections::BTreeMap;

use memchr::memmem;

/// How often each year stands in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Years(BTreeMap<i16, u32>);

impl Years {
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut years = BTreeMap::new();
        for century in ["19", "20"] {
            for at in memmem::find_iter(bytes, century) {
                let part_of_more =
                    |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_digit() || matches!(b, b',' | b'$'));
                let before = at.checked_sub(1).and_then(|at| bytes.get(at));
                let is_year = bytes.get(at..at + 4).is_some_and(|year| year.iter().all(u8::is_ascii_digit))
                    && !part_of_more(before)
                    && before != Some(&b'.')
                    && !part_of_more(bytes.get(at + 4))
                    && !(bytes.get(at + 4) == Some(&b'.')
                        && bytes.get(at + 5).is_some_and(u8::is_ascii_digit));
                if is_year && let Ok(year) = text[at..at + 4].parse::<i16>() {
                    *years.entry(year).or_default() += 1;
                }
            }
        }
        Self(years)
    }

    /// How often years from one to another are named.
    pub(crate) fn count(&self, years: std::ops::RangeInclusive<i16>) -> u32 {
        self.0.range(years).map(|(_, count)| count).sum()
    }

    /// The latest year up to one.
    pub(crate) fn latest(&self, until: i16) -> Option<i16> {
        self.0.range(..=until).next_back().map(|(year, _)| *year)
    }

    /// How well this text speaks of its years as another one does of its own, when years here are so many later.
    ///
    /// From 0 to 1: the cosine of the roots of how often each year is named.
    pub(crate) fn likeness(&self, around: std::ops::RangeInclusive<i16>, other: &Self, later: i16) -> f64 {
        let root = |count: u32| f64::from(count).sqrt();
        let shared: f64 = around
            .clone()
            .map(|year| root(other.count(year..=year)) * root(self.count(year + later..=year + later)))
            .sum();
        let lengths = root(other.count(around)) * root(self.count(PLAUSIBLE));
        if lengths > 0.0 { shared / lengths } else { 0.0 }
    }
}

/// Other numbers of four figures are rarely years.
const PLAUSIBLE: std::ops::RangeInclusive<i16> = 1985..=2040;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_no_years() {
        let years =
            Years::of("In 2019 and 2018 we sold 2,019 pumps for $1998, model 20195, of 2018.5 tons (2019).");
        assert_eq!(years, Years([(2018, 1), (2019, 2)].into()));
    }

    #[test]
    fn a_text_of_the_next_year_is_most_like_one_a_year_later() {
        let older = Years::of("2017 2017 2016 2016 2015");
        let newer = Years::of("2018 2018 2017 2017 2016");
        let best = (-3..=3).max_by(|one, two| {
            newer.likeness(2012..=2019, &older, *one).total_cmp(&newer.likeness(2012..=2019, &older, *two))
        });
        assert_eq!(best, Some(1));
    }
}
