use filing_model::{Form, Item, QualityFinding, Side, Status};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier, Evidence,
    check::{Place, error, fault, name, other, warning},
    form,
};

/// An Item that the form of that year demands, of which there is no trace.
///
/// A pointer, "none" or "[Reserved]" is a trace: that is the filer's way. A refund is asked for where a main Item is
/// missing, except where the filer may lawfully have left it out.
pub(crate) struct ItemsMissing;

const LOOKED_FOR: [Item; 11] = [
    Item::I1,
    Item::I1A,
    Item::I1B,
    Item::I1C,
    Item::I2,
    Item::I3,
    Item::I5,
    Item::I7,
    Item::I7A,
    Item::I8,
    Item::I9A,
];

/// Words of the other year from which a text is missed. In 91 real pairs of years no Item that the form demands is
/// missing on one side alone.
const MISSED_WORDS: usize = 150;

impl Check for ItemsMissing {
    fn name(&self) -> &'static str {
        "items_missing"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let places = Evidence::SIDES.into_iter().flat_map(|side| LOOKED_FOR.map(|item| (side, item)));
        places
            .filter(|&(side, item)| is_missing(evidence, side, item) && form::demands(evidence, side, item))
            .map(|(side, item)| {
                let place = Place::item(item).on(side);
                let statement = format!(
                    "Item {item} ({}) was not found in the {} filing.",
                    item.short_title(),
                    name(side)
                );
                if may_lack(evidence, side, item) {
                    warning(self, place, statement)
                } else if MAIN_ITEMS.contains(&item) || is_missed(evidence, side, item) {
                    fault(self, place, statement)
                } else {
                    error(self, place, statement)
                }
            })
            .collect()
    }
}

fn is_missing(evidence: &Dossier<'_>, side: Side, item: Item) -> bool {
    evidence.extraction(side).items.get(&item).is_none_or(|section| section.status == Status::Missing)
}

/// Whether the other year has a text of its own there, and not a word or two.
fn is_missed(evidence: &Dossier<'_>, side: Side, item: Item) -> bool {
    evidence.extraction(other(side)).found(item).is_some_and(|section| section.words >= MISSED_WORDS)
}

/// Part amendments hold some Items only; smaller companies may leave out Items 1A, 1B and 7A. What both years lack is
/// taken for the filer's way, unless it is a main Item that everybody has.
fn may_lack(evidence: &Dossier<'_>, side: Side, item: Item) -> bool {
    if is_part_or_small_business_form(form_of(evidence, side)) {
        return true;
    }
    let both_lack = is_missing(evidence, other(side), item) && form::demands(evidence, other(side), item);
    match item {
        Item::I1 | Item::I7 | Item::I8 => false,
        Item::I1A | Item::I1B | Item::I7A => is_small(evidence, side).unwrap_or(both_lack),
        _ => both_lack,
    }
}

fn form_of<'a>(evidence: &Dossier<'a>, side: Side) -> Option<&'a Form> {
    evidence.filing(side).form.as_ref().or(evidence.extraction(side).form.as_ref())
}

/// 10-KSB has Items of its own numbers.
fn is_part_or_small_business_form(form: Option<&Form>) -> bool {
    form.is_some_and(|form| form.is_amendment() || form.base().contains("KSB"))
}

/// Covers say since 2019 whether a company is a smaller reporting one.
fn is_small(evidence: &Dossier<'_>, side: Side) -> Option<bool> {
    evidence.extraction(side).cover.flag("EntitySmallBusiness")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn a_main_item_without_a_trace_is_refunded_and_others_are_not() {
        let mut case = Case::usual();
        case.remove(Side::Newer, Item::I7);
        case.remove(Side::Older, Item::I3);
        insta::assert_snapshot!(texts(&ItemsMissing, &case), @"
        refund: Item 7 (MD&A) was not found in the newer filing.
        error: Item 3 (Legal Proceedings) was not found in the older filing.
        ");
    }

    #[test]
    fn a_pointer_or_an_omission_is_no_fault() {
        let mut case = Case::usual();
        case.newer.items.get_mut(&Item::I8).unwrap().status = Status::ByReference;
        case.newer.items.get_mut(&Item::I7A).unwrap().status = Status::Omitted;
        assert_eq!(texts(&ItemsMissing, &case), "");
    }

    #[test]
    fn a_smaller_company_may_leave_out_its_risks() {
        let mut case = Case::usual();
        case.remove(Side::Newer, Item::I1A);
        assert!(texts(&ItemsMissing, &case).starts_with("refund: Item 1A"));
        case.remove(Side::Older, Item::I1A);
        assert!(!texts(&ItemsMissing, &case).contains("refund"), "no cover says what the filer is");
        case.newer.cover.0.insert("EntitySmallBusiness".into(), "false".into());
        assert!(texts(&ItemsMissing, &case).starts_with("refund: Item 1A"));
        case.newer.cover.0.insert("EntitySmallBusiness".into(), "true".into());
        assert!(!texts(&ItemsMissing, &case).contains("refund"));
    }

    #[test]
    fn the_form_of_the_year_and_amendments_ask_for_less() {
        let mut case = Case::usual();
        for item in [Item::I1A, Item::I7A, Item::I9A] {
            case.remove(Side::Older, item);
        }
        case.older_filing.period_end = "1997-12-31".parse().ok();
        assert_eq!(texts(&ItemsMissing, &case), "");
        case.newer_filing.form = Some("10-K/A".into());
        case.remove(Side::Newer, Item::I8);
        assert_eq!(
            texts(&ItemsMissing, &case),
            "warning: Item 8 (Financial Statements) was not found in the newer filing."
        );
    }
}
