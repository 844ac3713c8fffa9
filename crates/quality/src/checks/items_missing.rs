use filing_model::{Form, Item, QualityFinding, Side, Status};

use super::MAIN_ITEMS;
use crate::{
    Check, Evidence,
    check::{Place, fault, name, other, warning},
};

/// An Item that the form of that year demands, of which there is no trace.
///
/// A pointer, "none" or "[Reserved]" is a trace: that is the filer's way. A refund is asked for where a main Item is
/// missing, except where the filer may lawfully have left it out.
pub(crate) struct ItemsMissing;

const LOOKED_FOR: [Item; 9] =
    [Item::I1, Item::I1A, Item::I2, Item::I3, Item::I5, Item::I7, Item::I7A, Item::I8, Item::I9A];

impl Check for ItemsMissing {
    fn name(&self) -> &'static str {
        "items_missing"
    }

    fn run(&self, evidence: &Evidence<'_>) -> Vec<QualityFinding> {
        let places = Evidence::SIDES.into_iter().flat_map(|side| LOOKED_FOR.map(|item| (side, item)));
        places
            .filter(|&(side, item)| is_missing(evidence, side, item) && demanded(evidence, side, item))
            .map(|(side, item)| {
                let place = Place::item(item).on(side);
                let statement = format!(
                    "Item {item} ({}) was not found in the {} filing.",
                    item.short_title(),
                    name(side)
                );
                let is_fault = MAIN_ITEMS.contains(&item) && !may_lack(evidence, side, item);
                if is_fault { fault(self, place, statement) } else { warning(self, place, statement) }
            })
            .collect()
    }
}

fn is_missing(evidence: &Evidence<'_>, side: Side, item: Item) -> bool {
    evidence.extraction(side).items.get(&item).is_none_or(|section| section.status == Status::Missing)
}

/// Whether the form of that year has the Item. Without a date it is taken to be a recent one.
fn demanded(evidence: &Evidence<'_>, side: Side, item: Item) -> bool {
    let end = evidence.period_end(side).map_or((i16::MAX, 12), |end| (end.year(), end.month()));
    match item {
        // Release 33-8591: fiscal years ending on or after December 1, 2005.
        Item::I1A => end >= (2005, 12),
        // Release 33-7386: market risk, for all filers from fiscal years ending after June 15, 1998.
        Item::I7A => end >= (1998, 7),
        // Release 33-8238: controls are Item 9A from fiscal years ending after August 2003; before, Item 14.
        Item::I9A => end >= (2003, 9),
        _ => true,
    }
}

/// Part amendments hold some Items only; smaller companies may leave out Items 1A and 7A.
fn may_lack(evidence: &Evidence<'_>, side: Side, item: Item) -> bool {
    is_part_or_small_business_form(form(evidence, side))
        || (item == Item::I1A && may_leave_out_risks(evidence, side))
}

fn form<'a>(evidence: &Evidence<'a>, side: Side) -> Option<&'a Form> {
    evidence.filing(side).form.as_ref().or(evidence.extraction(side).form.as_ref())
}

/// 10-KSB has Items of its own numbers.
fn is_part_or_small_business_form(form: Option<&Form>) -> bool {
    form.is_some_and(|form| form.is_amendment() || form.base().contains("KSB"))
}

/// Covers say since 2019 whether a company is a smaller reporting one. Where the cover is silent, an Item that stands
/// in the other year is taken to stand here, too.
fn may_leave_out_risks(evidence: &Evidence<'_>, side: Side) -> bool {
    let cover = &evidence.extraction(side).cover;
    match cover.flag("EntitySmallBusiness") {
        Some(is_small) => is_small,
        None => is_missing(evidence, other(side), Item::I1A),
    }
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
        warning: Item 3 (Legal Proceedings) was not found in the older filing.
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
