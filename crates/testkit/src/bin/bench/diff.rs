//! Two years' Items to their differences, beside `similar`'s Patience over the same words.

use filing_model::Extraction;
use section_diff::{Aligned, SectionDiffer as _};
use similar::{Algorithm, capture_diff_slices};
use testkit::RealFilings;

use crate::figures::{float, peak_bytes, percentile, seconds};

const RUNS: u32 = 3;

struct Measured {
    name: String,
    /// Words of both years in the Items that were compared.
    words: f64,
    seconds: f64,
    patience_seconds: f64,
    peak_bytes: f64,
    text_bytes: f64,
}

pub(crate) fn run(filings: &RealFilings) -> anyhow::Result<()> {
    let mut all = Vec::new();
    for [older, newer] in filings.pairs()? {
        let before = section_extract::sections(&filings.document(&older)?);
        let after = section_extract::sections(&filings.document(&newer)?);
        all.push(measure(newer.name, &before, &after));
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
    print_most("largest", &all, |pair| pair.words);
    print_most("slowest", &all, |pair| pair.seconds);
    print_most("slowest beside Patience", &all, |pair| pair.seconds / pair.patience_seconds);
    Ok(())
}

fn measure(name: String, older: &Extraction, newer: &Extraction) -> Measured {
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
    Measured {
        name,
        words: float(words.iter().map(|(older, newer)| older.len() + newer.len()).sum()),
        seconds: seconds(RUNS, || Aligned.compare(older, newer)),
        patience_seconds: seconds(RUNS, || patience().sum::<usize>()),
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
        println!(
            "{what}: {} and the year before, {:.0} words: {:.2} ms, Patience {:.2} ms",
            pair.name,
            pair.words,
            pair.seconds * 1e3,
            pair.patience_seconds * 1e3
        );
    }
}
