//! Whether eight times the words take eight times as long: running text of many companies, every fifth word another.

use std::collections::HashSet;

use filing_model::{Extraction, Heading, Item, Section, Status, paragraphs, word_count};
use testkit::RealFilings;

use crate::{
    diff::{self, Measured},
    noise::Noise,
};

const RUNS: u32 = 3;
/// Words on each side of the whole text.
const WORDS: usize = 370_000;
/// The whole is cut into so many texts of the same length, which are measured by themselves.
const PARTS: usize = 8;
/// Where the text is from.
const ITEMS: [Item; 3] = [Item::I1A, Item::I1, Item::I7];
/// Shorter paragraphs are captions and cells.
const FEWEST_WORDS: usize = 15;

/// A paragraph, and its level when it is a sub-heading.
type Piece = (String, Option<u8>);

pub(crate) fn run(filings: &RealFilings) -> anyhow::Result<()> {
    let (pieces, companies) = pieces(filings)?;
    let words: usize = pieces.iter().map(|(text, _)| word_count(text)).sum();
    println!(
        "\nevery fifth word another: {} different paragraphs of {companies} companies, {words} words a side",
        pieces.len()
    );
    let parts: Vec<Measured> = parted(&pieces, words).into_iter().map(|part| measure("", part)).collect();
    let eighth = Measured::mean("an eighth of it, on average", &parts);
    let whole = measure("the whole", &pieces);
    diff::print_beside(&eighth, None);
    diff::print_beside(&whole, None);
    println!(
        "growth: {:.1} times (target 10) for {:.1} times the words, Patience {:.1} times",
        whole.seconds / eighth.seconds,
        whole.words / eighth.words,
        whole.patience_seconds / eighth.patience_seconds
    );
    Ok(())
}

/// Running text and sub-headings of one report of each company, no paragraph twice; and of how many companies.
fn pieces(filings: &RealFilings) -> anyhow::Result<(Vec<Piece>, usize)> {
    let mut rows = filings.rows()?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.fiscal_year));
    let (mut companies, mut seen, mut pieces) = (HashSet::new(), HashSet::new(), Vec::new());
    let mut words = 0;
    for row in rows {
        if words >= WORDS {
            break;
        }
        if !companies.insert(row.name.split("_FY").next().unwrap_or_default().to_owned()) {
            continue;
        }
        let extraction = section_extract::sections(&filings.document(&row)?);
        for piece in ITEMS.into_iter().filter_map(|item| extraction.found(item)).flat_map(running_text) {
            let count = word_count(&piece.0);
            if words < WORDS && seen.insert(piece.0.clone()) {
                words += count;
                pieces.push(piece);
            }
        }
    }
    Ok((pieces, companies.len()))
}

fn running_text(section: &Section) -> Vec<Piece> {
    let level =
        |at| section.headings.iter().find(|heading| heading.paragraph == at).map(|heading| heading.level);
    paragraphs(&section.text)
        .enumerate()
        .map(|(at, text)| (text.to_owned(), level(at)))
        .filter(|(text, level)| {
            !text.contains(" | ")
                && !text.contains('\n')
                && (level.is_some() || word_count(text) >= FEWEST_WORDS)
        })
        .collect()
}

/// Runs of paragraphs of about the same length.
fn parted(pieces: &[Piece], words: usize) -> Vec<&[Piece]> {
    let mut before = 0;
    let part = |(text, _): &Piece| {
        let part = before * PARTS / words.max(1);
        before += word_count(text);
        part
    };
    let numbers: Vec<usize> = pieces.iter().map(part).collect();
    (0..PARTS)
        .map(|part| {
            &pieces[numbers.partition_point(|at| *at < part)..numbers.partition_point(|at| *at <= part)]
        })
        .collect()
}

fn measure(name: &str, pieces: &[Piece]) -> Measured {
    let words: Vec<&str> = pieces.iter().flat_map(|(text, _)| text.split(' ')).collect();
    let mut noise = Noise::new();
    let mut edited = |(text, level): &Piece| {
        let mut list: Vec<&str> = text.split(' ').collect();
        list.iter_mut().skip(4).step_by(5).for_each(|word| *word = words[noise.below(words.len())]);
        (list.join(" "), *level)
    };
    let newer: Vec<Piece> = pieces.iter().map(&mut edited).collect();
    diff::measure(name.to_owned(), &[alone(section(pieces)), alone(section(&newer))], RUNS)
}

fn section(pieces: &[Piece]) -> Section {
    let text = pieces.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("\n\n");
    let heading = |(paragraph, (title, level)): (usize, &Piece)| {
        level.map(|level| Heading { level, title: title.clone(), paragraph })
    };
    let headings = pieces.iter().enumerate().filter_map(heading).collect();
    Section { status: Status::Found, words: word_count(&text), text, headings, ..Section::missing() }
}

/// A report that has nothing but Item 1A.
pub(crate) fn alone(section: Section) -> Extraction {
    let mut extraction = Extraction::empty();
    extraction.items.insert(Item::I1A, section);
    extraction
}
