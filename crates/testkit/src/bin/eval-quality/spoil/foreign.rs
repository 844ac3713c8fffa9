//! A text that is somebody else's: of another year, another company, another Item.

use filing_model::{Extraction, Item, Section};
use testkit::edits::Random;

use super::{TELLING_WORDS, draft};
use crate::pairs::{Filing, Filings, Pair};

/// A company's rules and words change over the years; reports of about the same time are harder to tell apart.
const NEAR_YEARS: i32 = 4;

/// The text of another section under this one's heading.
pub(super) fn replace(extraction: &mut Extraction, item: Item, from: &Section, told: &str) -> String {
    let section = extraction.items[&item].clone();
    let replaced = draft::write(item, &section, &draft::read(from));
    let told = format!("{} words of {told} in place of {}", replaced.words, section.words);
    draft::put_in_document(extraction, item, replaced);
    told
}

pub(super) fn third_year(
    filings: &Filings,
    pair: &Pair<'_>,
    extraction: &mut Extraction,
    item: Item,
    random: &mut Random,
) -> Option<String> {
    let is_side =
        |filing: &Filing| filing.row.name == pair.older.row.name || filing.row.name == pair.newer.row.name;
    let others =
        sources(filings, item, |filing| filing.company() == pair.newer.company() && !is_side(filing));
    let (filing, section) = *random.pick(&others)?;
    Some(replace(extraction, item, section, &filing.row.name))
}

pub(super) fn other_company(
    filings: &Filings,
    pair: &Pair<'_>,
    extraction: &mut Extraction,
    item: Item,
    random: &mut Random,
) -> Option<String> {
    let is_near = |filing: &Filing| match (filing.row.fiscal_year, pair.newer.row.fiscal_year) {
        (Some(one), Some(other)) => (one - other).abs() <= NEAR_YEARS,
        _ => false,
    };
    let others = sources(filings, item, |filing| filing.company() != pair.newer.company() && is_near(filing));
    let (filing, section) = *random.pick(&others)?;
    Some(replace(extraction, item, section, &filing.row.name))
}

fn sources(filings: &Filings, item: Item, is_wanted: impl Fn(&Filing) -> bool) -> Vec<(&Filing, &Section)> {
    let wanted = filings.all.iter().filter(|filing| is_wanted(filing) && !filing.wrong.contains(&item));
    let found = wanted.filter_map(|filing| Some((filing, filing.extraction.found(item)?)));
    found.filter(|(_, section)| section.words >= TELLING_WORDS).collect()
}

pub(super) fn swap(
    extraction: &mut Extraction,
    item: Item,
    items: &[Item],
    random: &mut Random,
) -> Option<String> {
    let others: Vec<Item> = items.iter().copied().filter(|other| *other != item).collect();
    let other = *random.pick(&others)?;
    let (one, two) = (extraction.items[&item].clone(), extraction.items[&other].clone());
    replace(extraction, item, &two, &format!("Item {other}"));
    replace(extraction, other, &one, &format!("Item {item}"));
    Some(format!("with Item {other}"))
}
