//! Inputs that nobody files, as large as the largest submissions: time, memory, and whether ten times as much takes ten
//! times as long.

use std::iter;

use filing_model::Document;

use crate::{
    figures::{MB, float, peak_bytes, seconds},
    noise::Noise,
};

const RUNS: u32 = 2;

/// What an input consists of.
enum Bytes {
    /// A piece, again and again.
    Repeated(&'static str),
    /// The same behind a beginning.
    Behind(&'static str, &'static str),
    /// Pieces that differ by a number, which stands for `#`.
    Numbered(&'static str),
    /// The piece in UTF-16.
    Wide(&'static str),
    /// No order at all.
    Random,
}

const INPUTS: [(&str, Bytes); 35] = [
    ("open <b>", Bytes::Repeated("<b>")),
    ("open <div>", Bytes::Repeated("<div>")),
    ("open <p>, a letter in each", Bytes::Repeated("<p>a")),
    ("open tables, rows and cells", Bytes::Repeated("<table><tr><td>")),
    ("open tables, a letter in each cell", Bytes::Repeated("<table><tr><td>a")),
    ("one table of one row", Bytes::Behind("<html><table><tr>", "<td>a")),
    ("nested styled <span>", Bytes::Repeated("<span style=\"font-weight:700;color:#000\">")),
    ("closing tags", Bytes::Behind("<html>", "</span>")),
    ("<b> around <p>", Bytes::Repeated("<b><p></b>")),
    ("a style of its own for each <span>", Bytes::Numbered("<span style=\"width:#px\">a</span>")),
    ("an anchor of its own for each letter", Bytes::Numbered("<a id=#>a</a>")),
    ("links without end", Bytes::Numbered("<p><a href=\"##\">a")),
    ("facts without end", Bytes::Repeated("<ix:nonNumeric name=\"dei:A\"><span>a")),
    ("opening brackets", Bytes::Behind("<html>", "<")),
    ("ampersands", Bytes::Repeated("&")),
    ("ampersands in HTML", Bytes::Behind("<html>", "&")),
    ("references", Bytes::Behind("<html>", "&nbsp;&#8217;")),
    ("headings of Item 1, plain", Bytes::Repeated("Item 1. Business\n")),
    ("headings of Item 7", Bytes::Repeated("<p><b>Item 7. Management’s Discussion and Analysis</b></p>")),
    (
        "headings of all Items",
        Bytes::Repeated("<p>Item 1. Business</p><p>Item 1A. Risk Factors</p><p>Item 2. Properties</p>"),
    ),
    (
        "sub-headings",
        Bytes::Behind("<html><p>Item 1. Business</p>", "<p><b>Our markets</b></p><p>They grew.</p>"),
    ),
    ("page breaks", Bytes::Behind("<html>", "<p>17</p><hr style=\"page-break-after:always\">")),
    ("<PAGE>", Bytes::Repeated("<PAGE>\n")),
    ("a letter in each paragraph, plain", Bytes::Repeated("a\n\n")),
    ("rows, plain", Bytes::Repeated("a    1    2\n")),
    ("bars", Bytes::Repeated("|")),
    ("one word", Bytes::Repeated("a")),
    ("one word in HTML", Bytes::Behind("<html>", "a")),
    ("a comment that never ends", Bytes::Behind("<html><!--", "a - ")),
    ("an attribute that never ends", Bytes::Behind("<html><p title=\"", "a ")),
    ("quotes that never end", Bytes::Repeated("<p a=\"")),
    ("documents of a submission", Bytes::Repeated("<DOCUMENT><TYPE>10-K<TEXT>a")),
    ("NUL", Bytes::Repeated("\0")),
    ("UTF-16", Bytes::Wide("<p>Item 1. Business</p><p>We make gauges.</p>")),
    ("random bytes", Bytes::Random),
];

impl Bytes {
    fn make(&self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 200);
        match self {
            Self::Repeated(piece) => bytes.extend(piece.bytes().cycle().take(length)),
            Self::Behind(start, piece) => {
                bytes.extend(start.bytes().chain(piece.bytes().cycle()).take(length));
            }
            Self::Numbered(piece) => {
                let mut numbers = 0_u32..;
                while let Some(number) = numbers.next().filter(|_| bytes.len() < length) {
                    bytes.extend(piece.replacen('#', &number.to_string(), 1).into_bytes());
                }
            }
            Self::Wide(piece) => {
                let units =
                    iter::once(0xFEFF).chain(piece.encode_utf16().collect::<Vec<_>>().into_iter().cycle());
                bytes.extend(units.take(length / 2).flat_map(u16::to_le_bytes));
            }
            Self::Random => {
                let mut noise = Noise::new();
                bytes.extend(iter::repeat_with(|| noise.byte()).take(length));
            }
        }
        bytes
    }
}

pub(crate) fn run(megabytes: usize) {
    println!(
        "{:<40} {:>9} {:>9} {:>7} {:>7}",
        format!("{megabytes} MB of"),
        "seconds",
        "MB/s",
        "growth",
        "memory"
    );
    for (name, bytes) in &INPUTS {
        let length = megabytes * 1_000_000;
        let small = Document::new("a.htm", bytes.make(length / 10));
        let tenth = seconds(RUNS, || section_extract::sections(&small));
        drop(small);
        let document = Document::new("a.htm", bytes.make(length));
        let whole = seconds(RUNS, || section_extract::sections(&document));
        let size = float(document.bytes.len());
        let memory = float(peak_bytes(|| section_extract::sections(&document))) / size;
        println!("{name:<40} {whole:>9.2} {:>9.0} {:>7.1} {memory:>7.2}", size / MB / whole, whole / tenth);
    }
    println!(
        "growth: how many times as long as a tenth of it; memory: peak bytes beside the document, in bytes of it"
    );
}
