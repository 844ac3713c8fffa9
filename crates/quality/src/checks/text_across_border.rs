use filing_model::{Item, QualityFinding, Side, Status};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, fault, name, other},
    form,
    readings::Wording,
};

/// Text at the border of two Items that the other year has on the other side of it: a heading was overlooked, or
/// something was taken for one.
///
/// The border is looked at alone. What moves between Items in earnest moves to the middle, or leaves a pointer, and what
/// the form of one of the years does not have (Item 1A before 2005) may stand anywhere.
pub(crate) struct TextAcrossBorder;

/// Words beyond the border from which it is taken to be misplaced. In 89 real pairs of years the most is 43.
const MOST_WORDS: f64 = 60.0;

/// The same where the text is one of Item 8: filers put auditors' reports, of 270 words in the longest
/// of those pairs, behind the next heading.
const MOST_WORDS_OF_STATEMENTS: f64 = 400.0;

/// What a run of words weighs that neither Item of the other year has: text is rewritten, but not all of it.
const NEW_RUN: f64 = -0.25;

impl Check for TextAcrossBorder {
    fn name(&self) -> &'static str {
        "text_across_border"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        MAIN_ITEMS.into_iter().filter_map(|item| self.item(evidence, item)).collect()
    }
}

impl TextAcrossBorder {
    /// What is too much on one side of the border is too little on the other: one finding says it, and names no filing,
    /// since either may be the wrong one.
    fn item(&self, evidence: &Dossier<'_>, item: Item) -> Option<QualityFinding> {
        let swallowed = || Evidence::SIDES.into_iter().find_map(|side| self.swallowed(evidence, side, item));
        let lost = || Evidence::SIDES.into_iter().find_map(|side| self.lost(evidence, side, item));
        swallowed().or_else(lost)
    }

    /// The end of the Item is the beginning of a later one in the other year.
    fn swallowed(&self, evidence: &Dossier<'_>, side: Side, item: Item) -> Option<QualityFinding> {
        let (here, there) = (evidence.wording(side), evidence.wording(other(side)));
        let next = here.items().find(|next| *next > item);
        // What is missing on the way to the next Item, and that Item itself, of which the beginning may be missing.
        let later = there.items().filter(|later| {
            *later > item
                && next.is_none_or(|next| *later <= next)
                && form::demands(evidence, side, *later)
                && has_no_pointer(evidence, side, *later)
        });
        let measured = later.map(|later| (later, beyond(here.runs(item).iter().rev(), there, item, later)));
        let (later, words) = measured.max_by(|one, two| one.1.total_cmp(&two.1))?;
        if words < MOST_WORDS {
            return None;
        }
        let statement = format!(
            "Item {item} of the {} filing ends with text that the {} one has in Item {later}: a heading was misread in one of them.",
            name(side),
            name(other(side))
        );
        Some(fault(self, Place::item(item), statement).based_on(basis(words, later)))
    }

    /// The beginning of a later Item is the end of this one in the other year.
    fn lost(&self, evidence: &Dossier<'_>, side: Side, item: Item) -> Option<QualityFinding> {
        let (here, there) = (evidence.wording(side), evidence.wording(other(side)));
        let later = here.items().find(|next| *next > item)?;
        if !form::demands(evidence, other(side), later) || !there.items().any(|known| known == item) {
            return None;
        }
        let words = beyond(here.runs(later).iter(), there, later, item);
        if words < if item == Item::I8 { MOST_WORDS_OF_STATEMENTS } else { MOST_WORDS } {
            return None;
        }
        let statement = format!(
            "Item {later} of the {} filing begins with text that the {} one has in Item {item}: a heading was misread in one of them.",
            name(side),
            name(other(side))
        );
        Some(fault(self, Place::item(item), statement).based_on(basis(words, item)))
    }
}

/// Words from the border inwards that the other year has beyond it, less those that it has here.
fn beyond<'a>(runs: impl Iterator<Item = &'a u64>, there: &Wording, own: Item, neighbour: Item) -> f64 {
    let weight = |run: &u64| match (there.has(own, *run), there.has(neighbour, *run)) {
        (false, true) => 1.0,
        (true, false) => -1.0,
        (true, true) => 0.0,
        (false, false) => NEW_RUN,
    };
    let sums = runs.map(weight).scan(0.0, |sum, weight| {
        *sum += weight;
        Some(*sum)
    });
    sums.fold(0.0, f64::max)
}

/// An Item that says where its text is may well have given it to its neighbour.
fn has_no_pointer(evidence: &Dossier<'_>, side: Side, item: Item) -> bool {
    let section = evidence.extraction(side).items.get(&item);
    section.is_none_or(|section| matches!(section.status, Status::Missing | Status::Found))
}

fn basis(words: f64, item: Item) -> String {
    format!(
        "about {words:.0} words at the border that the other year has in Item {item}; usual are fewer than 45"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, story, texts};

    fn with(newer_1: &str, newer_1a: &str) -> Case {
        let mut case = Case::usual();
        case.set_text(Side::Older, Item::I1, &story("pumps", 300));
        case.set_text(Side::Older, Item::I1A, &story("perils", 300));
        case.set_text(Side::Newer, Item::I1, newer_1);
        case.set_text(Side::Newer, Item::I1A, newer_1a);
        case
    }

    #[test]
    fn text_beyond_its_border_is_refunded() {
        let (pumps, perils) = (story("pumps", 300), story("perils", 300));
        assert_eq!(texts(&TextAcrossBorder, &with(&pumps, &perils)), "");
        let both = format!("{pumps}\n\n{}", story("perils", 150));
        insta::assert_snapshot!(texts(&TextAcrossBorder, &with(&both, &perils)), @"refund: Item 1 of the newer filing ends with text that the older one has in Item 1A: a heading was misread in one of them.");
        let tail = pumps.split_inclusive(". ").skip(15).collect::<String>();
        let late = format!("{tail}\n\n{perils}");
        insta::assert_snapshot!(texts(&TextAcrossBorder, &with(&story("pumps", 150), &late)), @"refund: Item 1 of the older filing ends with text that the newer one has in Item 1A: a heading was misread in one of them.");
    }
}
