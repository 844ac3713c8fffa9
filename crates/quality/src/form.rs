//! What Form 10-K asks for in which year.

use filing_model::{Item, Side};

use crate::Evidence;

/// Whether the form of that year has the Item. Without a date it is taken to be a recent one.
pub(crate) fn demands(evidence: &Evidence<'_>, side: Side, item: Item) -> bool {
    let Some(day) = evidence.period_end(side) else { return true };
    let end = (day.year(), day.month());
    match item {
        // Release 33-8591: risk factors and staff comments, fiscal years ending on or after December 1, 2005.
        Item::I1A | Item::I1B => end >= (2005, 12),
        // Release 33-11216: fiscal years ending on or after December 15, 2023.
        Item::I1C => day >= jiff::civil::date(2023, 12, 15),
        // Release 33-7386: market risk, for all filers from fiscal years ending after June 15, 1998.
        Item::I7A => end >= (1998, 7),
        // Release 33-8238: controls are Item 9A from fiscal years ending after August 2003; before, Item 14.
        Item::I9A => end >= (2003, 9),
        _ => true,
    }
}
