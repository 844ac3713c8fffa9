//! Pairs of texts that nobody files: time, memory, and whether twice as much takes twice as long.

mod headings;
mod long;
mod moved;
mod repeated;
mod signals;
mod tables;
mod written;

use filing_model::Extraction;
use section_diff::{Aligned, SectionDiffer as _};

use self::written::Pair;
use crate::figures::{MB, float, peak_bytes, seconds};

/// One way to be hard to compare.
struct Kind {
    name: &'static str,
    /// How many pieces, whatever a piece is, the whole has.
    count: usize,
    /// Both texts of so many pieces.
    make: fn(usize) -> Pair,
}

const KINDS: [&[Kind]; 6] =
    [&repeated::KINDS, &moved::KINDS, &headings::KINDS, &tables::KINDS, &long::KINDS, &signals::KINDS];

/// The sizes begin with this part of the whole and double.
const FIRST: usize = 64;
/// Quicker work is done several times.
const BRIEF_SECONDS: f64 = 2.0;
/// What would take longer, as the sizes before tell, is not tried.
const MOST_SECONDS: f64 = 60.0;
/// What a line is marked for.
const NEAR_LINEAR: f64 = 2.6;
const SECONDS: f64 = 10.0;
const MEMORY: f64 = 20.0;

struct Measured {
    pieces: usize,
    bytes: f64,
    seconds: f64,
    memory: f64,
}

/// Kinds whose name contains the words, `times` as large as meant.
pub(crate) fn run(only: Option<&str>, times: usize) {
    println!(
        "{:<66} {:>10} {:>7} {:>8} {:>7} {:>7}",
        "both texts together", "pieces", "MB", "seconds", "growth", "memory"
    );
    let chosen = |kind: &&Kind| only.is_none_or(|only| only.split('|').any(|part| kind.name.contains(part)));
    for kind in KINDS.into_iter().flatten().filter(chosen) {
        print(kind, kind.count * times);
    }
    println!(
        "growth: how many times as long as half of it, remarked above {NEAR_LINEAR}; slow: above {SECONDS} s; memory: \
         peak bytes\nbeside the texts, in bytes of them, remarked above {MEMORY}; smaller: twice as much would take \
         more than {MOST_SECONDS} s"
    );
}

/// Doubles the size up to the whole, or as far as time allows.
fn print(kind: &Kind, count: usize) {
    let mut half: Option<Measured> = None;
    let mut part = FIRST;
    let (last, growth) = loop {
        let now = measure(&(kind.make)(count / part), count / part);
        let growth = half.as_ref().map_or(2.0, |half| now.seconds / half.seconds);
        if part == 1 || now.seconds * growth > MOST_SECONDS {
            break (now, growth);
        }
        half = Some(now);
        part /= 2;
    };
    let remarks = [
        (growth > NEAR_LINEAR, "growth"),
        (last.seconds > SECONDS, "slow"),
        (last.memory > MEMORY, "memory"),
        (part > 1, "smaller"),
    ];
    println!(
        "{:<66} {:>10} {:>7.1} {:>8.2} {growth:>7.1} {:>7.1}  {}",
        kind.name,
        last.pieces,
        last.bytes / MB,
        last.seconds,
        last.memory,
        remarks.into_iter().filter_map(|(so, remark)| so.then_some(remark)).collect::<Vec<_>>().join(", ")
    );
}

fn measure([older, newer]: &Pair, pieces: usize) -> Measured {
    let size = |side: &Extraction| side.items.values().map(|section| section.text.len()).sum::<usize>();
    let bytes = float(size(older) + size(newer));
    let mut time = f64::INFINITY;
    let memory = float(peak_bytes(|| time = seconds(1, || Aligned.compare(older, newer))));
    if time < BRIEF_SECONDS {
        time = time.min(seconds(2, || Aligned.compare(older, newer)));
    }
    Measured { pieces, bytes, seconds: time, memory: memory / bytes }
}
