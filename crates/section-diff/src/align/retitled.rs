//! Sub-headings with new words over the same text.

use super::Partners;
use crate::passage::Text;

/// The text below must be so much alike.
const LIKE: f64 = 0.5;

/// Pairs free headings whose first paragraphs belong together.
pub(crate) fn pair(older: &Text<'_>, newer: &Text<'_>, partners: &mut Partners) {
    for heading in newer.headings {
        let below = heading.paragraph + 1;
        if partners.of_newer.get(heading.paragraph).is_none_or(Option::is_some) {
            continue;
        }
        let Some(&Some(partner)) = partners.of_newer.get(below) else { continue };
        let Some(above) = partner.checked_sub(1) else { continue };
        let free = partners.of_older[above].is_none() && older.paragraphs[above].heading.is_some();
        let body = newer.paragraphs[below].heading.is_none();
        if free
            && body
            && older.paragraphs[partner].features().likeness(newer.paragraphs[below].features()) >= LIKE
        {
            partners.pair(above, heading.paragraph);
        }
    }
}
