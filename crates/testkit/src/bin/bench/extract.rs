//! Documents to Items: speed beside a pass of memchr over the same bytes, memory, and whether the cost is linear.

use filing_model::Document;
use testkit::{FilerKind, RealFilings};

use crate::figures::{MB, float, peak_bytes, percentile, seconds};

const RUNS: u32 = 5;
/// Sizes to which a document is repeated.
const LONG: [f64; 2] = [10.0 * MB, 100.0 * MB];

struct Measured {
    name: String,
    kind: FilerKind,
    bytes: f64,
    seconds: f64,
    memchr_seconds: f64,
    peak_bytes: f64,
}

pub(crate) fn run(filings: &RealFilings) -> anyhow::Result<()> {
    let mut all = Vec::new();
    for row in filings.rows()? {
        all.push(measure(row.name.clone(), row.kind(), &filings.document(&row)?));
    }
    println!(
        "{:<12} {:>7} {:>7} {:>7} {:>10} {:>8} {:>8} {:>13} {:>8}",
        "", "filings", "MB", "MB/s", "median ms", "p90 ms", "max ms", "median memory", "max"
    );
    for kind in FilerKind::ALL {
        print_line(kind.name(), &all.iter().filter(|one| one.kind == kind).collect::<Vec<_>>());
    }
    let html: Vec<&Measured> = all.iter().filter(|one| one.kind != FilerKind::PlainText).collect();
    print_line("all HTML", &html);
    print_line("all", &all.iter().collect::<Vec<_>>());
    println!("memory: peak bytes beside the document, in bytes of the document");
    let (ours, memchr) = (speed(&html, |one| one.seconds), speed(&html, |one| one.memchr_seconds));
    println!(
        "memchr, counting `<` in all HTML: {memchr:.0} MB/s, {:.1} times as fast as sections",
        memchr / ours
    );
    print_most("slowest", &all, |one| one.seconds * 1e3, "ms");
    print_most("most memory", &all, |one| one.peak_bytes / one.bytes, "times its size");
    print_most("slowest per byte", &all, |one| one.seconds * 1e9 / one.bytes, "ns a byte");
    print_growth(filings)
}

fn measure(name: String, kind: FilerKind, document: &Document) -> Measured {
    let bytes = &document.bytes;
    Measured {
        name,
        kind,
        bytes: float(bytes.len()),
        seconds: seconds(RUNS, || section_extract::sections(document)),
        memchr_seconds: seconds(RUNS, || memchr::memchr_iter(b'<', bytes).count()),
        peak_bytes: float(peak_bytes(|| section_extract::sections(document))),
    }
}

fn speed(filings: &[&Measured], seconds: impl Fn(&Measured) -> f64) -> f64 {
    let bytes: f64 = filings.iter().map(|one| one.bytes).sum();
    bytes / MB / filings.iter().map(|one| seconds(one)).sum::<f64>()
}

fn print_line(name: &str, filings: &[&Measured]) {
    let at = |percent| percentile(filings.iter().map(|one| one.seconds * 1e3), percent);
    let memory = |percent| percentile(filings.iter().map(|one| one.peak_bytes / one.bytes), percent);
    println!(
        "{name:<12} {:>7} {:>7.1} {:>7.0} {:>10.2} {:>8.2} {:>8.2} {:>13.2} {:>8.2}",
        filings.len(),
        filings.iter().map(|one| one.bytes).sum::<f64>() / MB,
        speed(filings, |one| one.seconds),
        at(50),
        at(90),
        at(100),
        memory(50),
        memory(100),
    );
}

fn print_most(what: &str, filings: &[Measured], value: impl Fn(&Measured) -> f64, unit: &str) {
    let most = filings.iter().max_by(|a, b| value(a).total_cmp(&value(b)));
    if let Some(one) = most {
        println!("{what}: {} ({:.1} MB), {:.2} {unit}", one.name, one.bytes / MB, value(one));
    }
}

/// One filing of the usual size, alone and repeated.
fn print_growth(filings: &RealFilings) -> anyhow::Result<()> {
    let mut documents = Vec::new();
    for row in filings.rows()?.iter().filter(|row| row.kind() == FilerKind::InlineXbrl) {
        documents.push(filings.document(row)?);
    }
    documents.sort_by_key(|document| document.bytes.len());
    let Some(document) = documents.get(documents.len() / 2) else { return Ok(()) };
    println!("{} repeated:", document.name);
    print_growth_line(document);
    for size in LONG {
        let times = (size / float(document.bytes.len())).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
        print_growth_line(&Document::new(document.name.clone(), document.bytes.repeat(times as usize)));
    }
    Ok(())
}

fn print_growth_line(document: &Document) {
    let bytes = float(document.bytes.len());
    let seconds = seconds(2, || section_extract::sections(document));
    let peak = float(peak_bytes(|| section_extract::sections(document)));
    println!(
        "  {:>6.1} MB: {:>8.1} ms, {:>4.0} MB/s, memory {:.2}",
        bytes / MB,
        seconds * 1e3,
        bytes / MB / seconds,
        peak / bytes
    );
}
