//! Two years' Items to their differences, beside `similar`'s Patience over the same words.

use filing_model::{Extraction, Item};
use section_diff::{Aligned, SectionDiffer as _};
use similar::{Algorithm, capture_diff_slices};
use testkit::RealFilings;

use crate::{
    figures::{float, peak_bytes, percentile, seconds_in_turn},
    growth::{self, alone},
};

/// For all pairs.
const RUNS: u32 = 3;
/// For the lines that are held against a target.
const MORE_RUNS: u32 = 9;
/// Words of Item 1A at a large company.
const USUAL: usize = 16_000;

/// A target in milliseconds, and what Patience takes where that is set.
pub(crate) struct Target {
    milliseconds: f64,
    patience_milliseconds: f64,
}

const LARGEST: Target = Target { milliseconds: 60.0, patience_milliseconds: 37.0 };
const RISK_FACTORS: Target = Target { milliseconds: 12.0, patience_milliseconds: 6.1 };

pub(crate) struct Measured {
    name: String,
    /// Words of both years in the Items that were compared.
    pub(crate) words: f64,
    pub(crate) seconds: f64,
    pub(crate) patience_seconds: f64,
    peak_bytes: f64,
    text_bytes: f64,
}

impl Measured {
    pub(crate) fn mean(name: &str, all: &[Self]) -> Self {
        let mean = |value: fn(&Self) -> f64| all.iter().map(value).sum::<f64>() / float(all.len().max(1));
        Self {
            name: name.to_owned(),
            words: mean(|one| one.words),
            seconds: mean(|one| one.seconds),
            patience_seconds: mean(|one| one.patience_seconds),
            peak_bytes: mean(|one| one.peak_bytes),
            text_bytes: mean(|one| one.text_bytes),
        }
    }
}

pub(crate) fn run(filings: &RealFilings) -> anyhow::Result<()> {
    let mut all = Vec::new();
    let mut extractions = Vec::new();
    for pair in filings.pairs()? {
        let name = format!("{} and the year before", pair[1].name);
        let [older, newer] =
            pair.map(|row| filings.document(&row).map(|file| section_extract::sections(&file)));
        let pair = [older?, newer?];
        all.push(measure(name, &pair, RUNS));
        extractions.push(pair);
    }
    println!(
        "{:<16} {:>10} {:>10} {:>8} {:>8} {:>9}",
        format!("{} pairs", all.len()),
        "words/s",
        "median ms",
        "p90 ms",
        "max ms",
        "sum s"
    );
    print_line("section-diff", &all, |pair| pair.seconds);
    print_line("similar Patience", &all, |pair| pair.patience_seconds);
    let memory = |percent| percentile(all.iter().map(|pair| pair.peak_bytes / pair.text_bytes), percent);
    println!("memory in bytes of both texts: median {:.1}, max {:.1}", memory(50), memory(100));
    println!();
    print_head();
    print_most("slowest", &all, |pair| pair.seconds);
    print_most("slowest by ratio", &all, |pair| pair.seconds / pair.patience_seconds);
    let largest = all.iter().zip(&extractions).max_by(|(a, _), (b, _)| a.words.total_cmp(&b.words));
    if let Some((pair, extractions)) = largest {
        let name = format!("largest: {}", pair.name);
        print_beside(&measure(name, extractions, MORE_RUNS), Some(&LARGEST));
    }
    if let Some((at, risk_factors)) = usual_risk_factors(&extractions) {
        let name = format!("Item 1A of {}", all[at].name);
        print_beside(&measure(name, &risk_factors, MORE_RUNS), Some(&RISK_FACTORS));
    }
    growth::run(filings)
}

/// The Items 1A of both years that come closest to the usual length, and which pair they are of.
fn usual_risk_factors(pairs: &[[Extraction; 2]]) -> Option<(usize, [Extraction; 2])> {
    let of_pair = |pair: &[Extraction; 2]| {
        let [older, newer] = pair.each_ref().map(|side| side.found(Item::I1A).cloned());
        Some([older?, newer?])
    };
    let found = pairs.iter().enumerate().filter_map(|(at, pair)| Some((at, of_pair(pair)?)));
    let (at, sections) =
        found.min_by_key(|(_, pair)| pair.iter().map(|side| side.words.abs_diff(USUAL)).sum::<usize>())?;
    Some((at, sections.map(alone)))
}

pub(crate) fn measure(name: String, [older, newer]: &[Extraction; 2], runs: u32) -> Measured {
    let texts: Vec<(&str, &str)> = Aligned
        .compare(older, newer)
        .sections
        .iter()
        .filter(|diff| diff.not_compared.is_none())
        .map(|diff| (older.items[&diff.item].text.as_str(), newer.items[&diff.item].text.as_str()))
        .collect();
    let words: Vec<(Vec<&str>, Vec<&str>)> = texts
        .iter()
        .map(|(older, newer)| (older.split_whitespace().collect(), newer.split_whitespace().collect()))
        .collect();
    let patience =
        || words.iter().map(|(older, newer)| capture_diff_slices(Algorithm::Patience, older, newer).len());
    let [seconds, patience_seconds] =
        seconds_in_turn(runs, || Aligned.compare(older, newer), || patience().sum::<usize>());
    Measured {
        name,
        words: float(words.iter().map(|(older, newer)| older.len() + newer.len()).sum()),
        seconds,
        patience_seconds,
        peak_bytes: float(peak_bytes(|| Aligned.compare(older, newer))),
        text_bytes: float(texts.iter().map(|(older, newer)| older.len() + newer.len()).sum::<usize>().max(1)),
    }
}

fn print_line(name: &str, pairs: &[Measured], seconds: impl Fn(&Measured) -> f64) {
    let at = |percent| percentile(pairs.iter().map(|pair| seconds(pair) * 1e3), percent);
    let (words, sum): (f64, f64) =
        pairs.iter().map(|pair| (pair.words, seconds(pair))).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    println!("{name:<16} {:>10.0} {:>10.2} {:>8.2} {:>8.2} {sum:>9.2}", words / sum, at(50), at(90), at(100));
}

fn print_most(what: &str, pairs: &[Measured], value: impl Fn(&Measured) -> f64) {
    if let Some(pair) = pairs.iter().max_by(|a, b| value(a).total_cmp(&value(b))) {
        let name = format!("{what}: {}", pair.name);
        print_beside(&Measured { name, ..*pair }, None);
    }
}

fn print_head() {
    println!("{:<52} {:>9} {:>8} {:>11} {:>6}   target", "", "words", "ms", "Patience ms", "ratio");
}

/// A line with Patience beside it. A ratio can be told from one machine to another, milliseconds cannot.
pub(crate) fn print_beside(pair: &Measured, target: Option<&Target>) {
    let target = target.map_or_else(String::new, |target| {
        let Target { milliseconds, patience_milliseconds } = target;
        format!("{milliseconds} ms, ratio {:.2}", milliseconds / patience_milliseconds)
    });
    println!(
        "{:<52} {:>9.0} {:>8.2} {:>11.2} {:>6.2}   {target}",
        pair.name,
        pair.words,
        pair.seconds * 1e3,
        pair.patience_seconds * 1e3,
        pair.seconds / pair.patience_seconds
    );
}
