//! Facts of the cover page: from inline XBRL, else from the words of the cover.

use filing_model::{Cover, Extraction, Form};
use jiff::civil::Date;

use crate::blocks::Blocks;

/// A cover is over by then.
const COVER_BLOCKS: usize = 80;
/// A block of it is no longer than this.
const COVER_REACH: usize = 20_000;

/// Reads the cover into the extraction.
pub(crate) fn read(blocks: &Blocks, extraction: &mut Extraction) {
    extraction.cover = Cover(blocks.facts.clone());
    let cover = &extraction.cover;
    let lines: Vec<&str> = blocks
        .list
        .iter()
        .take(COVER_BLOCKS)
        .map(|block| blocks.text_of(block))
        .flat_map(|text| text[..text.floor_char_boundary(COVER_REACH)].split('\n'))
        .map(str::trim)
        .collect();
    extraction.form = cover.get("DocumentType").map(Form::from).or_else(|| form(&lines));
    extraction.period_end = cover.get("DocumentPeriodEndDate").and_then(date).or_else(|| period_end(&lines));
    extraction.company = cover.get("EntityRegistrantName").map(str::to_owned).or_else(|| company(&lines));
}

fn form(lines: &[&str]) -> Option<Form> {
    const FORMS: [&str; 9] =
        ["10-K405/A", "10-K405", "10-KSB/A", "10-KSB", "10KSB", "10-KT", "10-K/A", "10-K", "20-F"];
    lines.iter().find_map(|line| {
        let upper = line.to_ascii_uppercase().replace(['–', '—', '‑'], "-");
        let rest = upper.strip_prefix("FORM").unwrap_or(&upper).trim();
        FORMS
            .iter()
            .find(|form| rest.starts_with(**form) && rest.len() < form.len() + 24)
            .map(|form| Form::from(*form))
    })
}

/// The first date after the words that announce it.
fn period_end(lines: &[&str]) -> Option<Date> {
    let cover = lines.join(" ");
    let lower = cover.to_lowercase();
    ["year ended", "years ended", "period ended", "year ending"].iter().find_map(|words| {
        let at = lower.find(words)? + words.len();
        date(cover.get(at..)?)
    })
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date written as `2024-09-28` or `September 28, 2024`, near the start of the text.
fn date(text: &str) -> Option<Date> {
    let text = text.trim().trim_start_matches([':', ' ', '_']);
    if let Some(date) = text.get(..10).and_then(|iso| iso.parse().ok()) {
        return Some(date);
    }
    let mut words =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(12).peekable();
    while let Some(word) = words.next() {
        let Some(month) = MONTHS.iter().position(|name| word.eq_ignore_ascii_case(name)) else { continue };
        let day: i8 = words.next()?.parse().ok()?;
        let year: i16 = words.next()?.parse().ok()?;
        return Date::new(year, i8::try_from(month).ok()? + 1, day).ok();
    }
    None
}

/// A cover without those words has the name below the file number.
fn below_file_number(lines: &[&str]) -> Option<String> {
    let at = lines.iter().position(|line| line.to_ascii_lowercase().contains("commission file"))?;
    let named = |line: &&&str| {
        line.chars().filter(|c| c.is_alphabetic()).count() > 4 && line.len() < 80 && !line.contains('|')
    };
    lines[at + 1..].iter().take(3).find(named).map(|name| name.trim_matches(['_', '-', ' ']).to_owned())
}

/// The line above "(Exact name of registrant as specified in its charter)".
fn company(lines: &[&str]) -> Option<String> {
    let Some(at) = lines.iter().position(|line| line.to_ascii_lowercase().contains("exact name of")) else {
        return below_file_number(lines);
    };
    let same_line =
        lines[at].find(['(']).map(|bracket| lines[at][..bracket].trim()).filter(|name| name.len() > 2);
    let above = lines[..at].iter().rev().find(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 2);
    same_line.or(above.copied()).map(|name| name.trim_matches(['_', '-', ' ']).to_owned())
}
