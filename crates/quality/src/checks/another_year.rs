use filing_model::{Item, QualityFinding, Section, Side};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, error, fault, name, other},
    readings::Years,
};

/// A main Item that is the same in both years, figures and all, or that speaks of other years than its own.
pub(crate) struct AnotherYear;

/// Fewer words may be repeated year after year. Of 278 real pairs of main Items from here on, none is the same.
const TELLING_WORDS: usize = 300;

impl Check for AnotherYear {
    fn name(&self) -> &'static str {
        "another_year"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        MAIN_ITEMS.into_iter().flat_map(|item| self.item(evidence, item)).collect()
    }
}

impl AnotherYear {
    fn item(&self, evidence: &Dossier<'_>, item: Item) -> Vec<QualityFinding> {
        let Some((newer, older)) = evidence.both(Side::Newer, item) else { return Vec::new() };
        if newer.words.min(older.words) < TELLING_WORDS {
            return Vec::new();
        }
        if newer.text.split_whitespace().eq(older.text.split_whitespace()) {
            let statement = format!(
                "Item {item} has the same {} words in both filings, figures and dates among them: one of them is of another year.",
                newer.words
            );
            return vec![fault(self, Place::item(item), statement)];
        }
        if !evidence.are_neighbours() {
            return Vec::new();
        }
        Evidence::SIDES.into_iter().filter_map(|side| self.speaks_of_others(evidence, side, item)).collect()
    }

    fn speaks_of_others(&self, evidence: &Dossier<'_>, side: Side, item: Item) -> Option<QualityFinding> {
        let (here, there) = evidence.both(side, item)?;
        let (own, others) = (Spoken::of(evidence, side, here)?, Spoken::of(evidence, other(side), there)?);
        let off = if matches!(item, Item::I7 | Item::I8) {
            own.shifted_against(&others)
        } else {
            let kept = evidence.kept(Side::Newer, item, item);
            kept < MUCH_KEPT && (own.is_stale_beside(&others) || own.is_ahead_beside(&others))
        };
        if !off {
            return None;
        }
        let statement = format!(
            "Item {item} of the {} filing speaks of other years than that filing's own, {}.",
            name(side),
            own.period
        );
        let place = Place::item(item).on(side);
        Some(if matches!(item, Item::I7 | Item::I8) {
            fault(self, place, statement).based_on("how often each year is named, beside the other filing")
        } else {
            error(self, place, statement).based_on("the latest years that are named, beside the other filing")
        })
    }
}

/// A text with more of the other year's wording is that of the next year, whatever years it names.
const MUCH_KEPT: f64 = 0.75;

/// The years a text names, and the one it should speak of.
struct Spoken {
    years: Years,
    period: i16,
}

/// The text of Items 7 and 8 names the years of its tables; so many around the period's.
const AROUND: [i16; 2] = [5, 2];

/// How much better the years must fit when taken for those of another period. In 124 real pairs the most is 0.003, and all
/// of 492 pairs with a text of a third year have more.
const BETTER: f64 = 0.02;

/// With fewer years named, chance decides.
const FEWEST_NAMED: u32 = 15;

/// Patents and loans name years farther ahead.
const SOON: i16 = 8;

/// How far another period is looked for.
const FARTHEST: i16 = 30;

impl Spoken {
    fn of(evidence: &Dossier<'_>, side: Side, section: &Section) -> Option<Self> {
        Some(Self { years: Years::of(&section.text), period: evidence.period_end(side)?.year() })
    }

    /// Whether the years fit better when this text is taken for one of another period.
    ///
    /// Which of two texts is off cannot be told by their distance; the one whose own period is named less is.
    fn shifted_against(&self, other: &Self) -> bool {
        let around = |spoken: &Self| spoken.period - AROUND[0]..=spoken.period + AROUND[1];
        let enough = |spoken: &Self| spoken.years.count(around(spoken)) >= FEWEST_NAMED;
        if !enough(other) {
            return false;
        }
        let due = self.period - other.period;
        let fit = |later: i16| self.years.likeness(around(other), &other.years, later);
        let best = (due - FARTHEST..=due + FARTHEST).map(fit).fold(0.0, f64::max);
        best > fit(due) + BETTER && self.own_share() < other.own_share()
    }

    /// How often the period's year is named, as a share of the years around it.
    fn own_share(&self) -> f64 {
        let named = self.years.count(self.period..=self.period);
        let near = self.years.count(self.period - FARTHEST..=self.period + FARTHEST);
        f64::from(named) / f64::from(near.max(1))
    }

    /// No year after the one before last, where the other text names its own.
    fn is_stale_beside(&self, other: &Self) -> bool {
        let latest = |spoken: &Self| {
            spoken
                .years
                .latest(spoken.period + 1)
                .map(|year| year - spoken.period)
                .filter(|years| *years >= -FARTHEST)
        };
        latest(other).is_some_and(|years| years >= 0) && latest(self).is_some_and(|years| years <= -2)
    }

    /// Mostly years to come, which the other text has not.
    fn is_ahead_beside(&self, other: &Self) -> bool {
        let to_come = |spoken: &Self| spoken.years.count(spoken.period + 2..=spoken.period + SOON);
        let about = |spoken: &Self| spoken.years.count(spoken.period - 1..=spoken.period + 1);
        to_come(self) >= 3 && to_come(self) > about(self) && to_come(other) <= about(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, story, texts};

    fn with_years(years: [i16; 2]) -> Case {
        let mut case = Case::usual();
        let text = |year: i16| {
            let line = |at: u32| format!("Sales of {at} pumps in {year} and {}.", year - 1);
            format!("{}\n\n{}", story("sales", 400), (1..12).map(line).collect::<Vec<_>>().join("\n\n"))
        };
        case.set_text(Side::Newer, Item::I7, &text(years[0]));
        case.set_text(Side::Older, Item::I7, &text(years[1]));
        case
    }

    #[test]
    fn a_text_that_speaks_of_other_years_is_refunded() {
        assert_eq!(texts(&AnotherYear, &with_years([2025, 2024])), "");
        insta::assert_snapshot!(texts(&AnotherYear, &with_years([2022, 2024])), @"refund: Item 7 of the newer filing speaks of other years than that filing's own, 2025.");
        insta::assert_snapshot!(texts(&AnotherYear, &with_years([2025, 2021])), @"refund: Item 7 of the older filing speaks of other years than that filing's own, 2024.");
    }

    #[test]
    fn the_same_text_in_both_years_is_refunded() {
        insta::assert_snapshot!(texts(&AnotherYear, &with_years([2024, 2024])), @"refund: Item 7 has the same 488 words in both filings, figures and dates among them: one of them is of another year.");
    }
}
