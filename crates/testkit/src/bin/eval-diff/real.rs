//! Real years against each other: every word is there, and few are shown as changed.

use filing_model::{Extraction, Item};
use section_diff::{Aligned, SectionDiffer as _};
use testkit::diff_score::{ShownWords, lost_words, shown_words};

use crate::{Options, Report, in_parallel};

/// What the caller decides by.
pub(crate) struct Real {
    /// Items whose comparison does not hold every word.
    pub(crate) lost: usize,
}

struct Compared {
    name: String,
    items: usize,
    changes: usize,
    lost: Vec<String>,
    risk_factors: Option<ShownWords>,
}

pub(crate) fn measure(options: &Options, reports: &[Report]) -> Real {
    let newer = reports.iter().filter(|report| options.is_chosen(&report.row.name));
    let pairs: Vec<(&Report, &Report)> = newer
        .filter_map(|newer| {
            let previous = newer.row.previous.as_ref()?;
            reports.iter().find(|older| older.row.name == *previous).map(|older| (older, newer))
        })
        .collect();
    let compared = in_parallel(&pairs, |(older, newer)| compare(older, newer));
    let lost: Vec<&String> = compared.iter().flat_map(|pair| &pair.lost).collect();
    for lost in &lost {
        println!("lost {lost}");
    }
    print_shown(&compared);
    println!(
        "{} pairs of years, {} Items compared, {} changes: the edits give both texts word for word in {} Items",
        compared.len(),
        compared.iter().map(|pair| pair.items).sum::<usize>(),
        compared.iter().map(|pair| pair.changes).sum::<usize>(),
        if lost.is_empty() { "all".to_owned() } else { format!("all but those of {} places", lost.len()) },
    );
    Real { lost: lost.len() }
}

fn compare(older: &Report, newer: &Report) -> Compared {
    let diffs = Aligned.compare(&older.extraction, &newer.extraction).sections;
    let mut compared =
        Compared { name: newer.row.name.clone(), items: 0, changes: 0, lost: Vec::new(), risk_factors: None };
    for diff in diffs.iter().filter(|diff| diff.not_compared.is_none()) {
        let (before, after) =
            (own_text(&older.extraction, diff.item), own_text(&newer.extraction, diff.item));
        let lost = lost_words(diff, &before, &after);
        compared.lost.extend(lost.iter().map(|lost| format!("{} {}: {lost}", newer.row.name, diff.item)));
        compared.items += 1;
        compared.changes += diff.changes.len();
        if diff.item == Item::I1A {
            compared.risk_factors = Some(shown_words(diff, &before, &after));
        }
    }
    compared
}

/// An Item's text; what Item 8 points to and takes from another Item is shown in Item 8 alone.
fn own_text(extraction: &Extraction, item: Item) -> String {
    let text = &extraction.items[&item].text;
    let taken = extraction.found(Item::I8).filter(|other| item != Item::I8 && other.reason.is_some());
    taken.map_or_else(|| text.clone(), |other| text.replacen(&other.text, "", 1))
}

fn print_shown(compared: &[Compared]) {
    let measured: Vec<(&str, ShownWords)> =
        compared.iter().filter_map(|pair| Some((pair.name.as_str(), pair.risk_factors?))).collect();
    println!(
        "{:<20} {:>8} {:>10} {:>8} {:>8} {:>6} {:>11}",
        "Item 1A", "words", "as changed", "as moved", "fewest", "ratio", "with moved"
    );
    for (name, words) in &measured {
        print_line(name, *words);
    }
    let all = measured.iter().fold(ShownWords::default(), |sum, (_, words)| sum + *words);
    print_line("all", all);
    let mut ratios: Vec<f64> = measured.iter().map(|(_, words)| words.ratio()).collect();
    ratios.sort_by(f64::total_cmp);
    let above = ratios.iter().filter(|ratio| **ratio > MOST).count();
    let middle = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0);
    let with_moved = measured.iter().filter(|(_, words)| words.ratio_with_moved() > MOST).count();
    println!(
        "median ratio {middle:.2}; {above} of {} above {MOST}, {with_moved} when moved words count as changed",
        ratios.len()
    );
}

/// Shown words are to be at most so many times the fewest.
const MOST: f64 = 1.5;

fn print_line(name: &str, words: ShownWords) {
    println!(
        "{name:<20} {:>8} {:>10} {:>8} {:>8} {:>6.2} {:>11.2}",
        words.words,
        words.shown,
        words.moved,
        words.least,
        words.ratio(),
        words.ratio_with_moved(),
    );
}
