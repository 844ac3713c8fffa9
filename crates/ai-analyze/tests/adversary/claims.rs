//! What can truly be said of a comparison: quotations out of its changes, and sentences on figures that changed.

use filing_model::{Category, Change, Comparison, Finding, Item, Materiality, Quote, SectionDiff, Side};

use super::random::Random;

/// A change with a true quotation, and of each pair of figures in it one more.
#[derive(Clone)]
pub(crate) struct Claim<'a> {
    pub(crate) comparison: &'a Comparison,
    pub(crate) section: &'a SectionDiff,
    pub(crate) change: &'a Change,
    pub(crate) quotes: Vec<(Side, String)>,
    pub(crate) pair: Option<Pair>,
}

/// Two figures of one kind, the newer in the place of the older.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) older: String,
    pub(crate) newer: String,
    pub(crate) values: [f64; 2],
    /// `%`, `million` and the like.
    pub(crate) unit: String,
    pub(crate) currency: String,
}

impl Pair {
    /// Plain figures alone: no dates, no brackets, no years, no notes.
    pub(crate) fn read([older, newer]: &[String; 2]) -> Option<Self> {
        let (one, other) = (part(older)?, part(newer)?);
        let alike = one.1 == other.1 && one.2 == other.2;
        let is_year = |value: f64| {
            one.2.is_empty() && one.1.is_empty() && (1900.0..2101.0).contains(&value) && value.fract() == 0.0
        };
        let moved = (one.0 - other.0).abs() > f64::EPSILON && one.0 > 0.0 && other.0 > 0.0;
        (alike && moved && !is_year(one.0)).then(|| Self {
            older: older.trim().to_owned(),
            newer: newer.trim().to_owned(),
            values: [one.0, other.0],
            unit: one.2,
            currency: one.1,
        })
    }

    pub(crate) fn is_up(&self) -> bool {
        self.values[1] > self.values[0]
    }

    pub(crate) fn is_percent(&self) -> bool {
        self.unit == "%"
    }
}

/// Value, currency and unit of `$8.0 million`.
fn part(text: &str) -> Option<(f64, String, String)> {
    let text = text.trim();
    let currency = if text.starts_with('$') { "$" } else { "" };
    let rest = text.trim_start_matches('$').trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let unit = rest[end..].trim();
    let is_known =
        matches!(unit, "" | "%" | "million" | "billion" | "thousand" | "percentage points" | "basis points");
    let value = rest[..end].replace(',', "").parse().ok().filter(|_| is_known)?;
    Some((value, currency.to_owned(), unit.to_owned()))
}

/// Claims on every change from which words can be quoted.
pub(crate) fn claims<'a>(comparison: &'a Comparison, random: &mut Random) -> Vec<Claim<'a>> {
    let mut claims = Vec::new();
    for section in comparison.sections.iter().filter(|section| section.not_compared.is_none()) {
        for change in &section.changes {
            let claim = Claim { comparison, section, change, quotes: Vec::new(), pair: None };
            let sides = [Side::Newer, Side::Older].into_iter().filter(|side| change.side(*side).is_some());
            for side in sides {
                if let Some(words) = telling_window(section, change, side, random) {
                    claims.push(Claim { quotes: vec![(side, words)], ..claim.clone() });
                }
            }
            for pair in change.figures.iter().filter_map(Pair::read) {
                let around =
                    |side: Side, figure: &str| window(&change.side(side)?.text, figure, random_length(&pair));
                let (Some(newer), Some(older)) =
                    (around(Side::Newer, &pair.newer), around(Side::Older, &pair.older))
                else {
                    continue;
                };
                let shows = !stands(section, Side::Older, &newer) || !stands(section, Side::Newer, &older);
                if shows {
                    let quotes = vec![(Side::Newer, newer), (Side::Older, older)];
                    claims.push(Claim { quotes, pair: Some(pair.clone()), ..claim.clone() });
                }
            }
        }
    }
    claims
}

fn random_length(pair: &Pair) -> usize {
    8 + pair.newer.len() % 7
}

/// Words of a passage that do not stand in the other filing.
fn telling_window(section: &SectionDiff, change: &Change, side: Side, random: &mut Random) -> Option<String> {
    let text = &change.side(side)?.text;
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..12).find_map(|_| {
        let length = 6 + random.below(16);
        let start = random.below(words.len().saturating_sub(length) + 1);
        let window = words.get(start..(start + length).min(words.len()))?;
        let text = window.join(" ");
        let is_long = window.iter().filter(|word| word.contains(char::is_alphanumeric)).count() >= 6;
        let is_whole = begins_and_ends_well(&text);
        (is_long && is_whole && !stands(section, other(side), &text)).then_some(text)
    })
}

/// So many words around a figure.
fn window(text: &str, figure: &str, length: usize) -> Option<String> {
    let at = text.match_indices(figure).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + figure.len()..].chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '$' | '-'))
            && !after.is_some_and(|c| c.is_alphanumeric() || c == '%')
    })?;
    let first = text[..at].split_whitespace().count();
    let words: Vec<&str> = text.split_whitespace().collect();
    let start = first.saturating_sub(length / 2);
    let end = (first + length).min(words.len());
    let window = words.get(start..end)?;
    let is_long = window.iter().filter(|word| word.contains(char::is_alphanumeric)).count() >= 6;
    let text = window.join(" ");
    (is_long && begins_and_ends_well(&text)).then_some(text)
}

/// No loose mark at either end, which a reader would not quote.
fn begins_and_ends_well(text: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '$' | '(' | '“'));
    let ends =
        |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '%' | ')' | ',' | '”'));
    is_word(text.chars().next()) && ends(text.chars().next_back())
}

/// Whether the words stand in an Item of one filing, typesetting, case and punctuation aside.
pub(crate) fn stands(section: &SectionDiff, side: Side, words: &str) -> bool {
    let folded = |text: &str| {
        let tokens = text.split_whitespace().filter(|token| token.contains(char::is_alphanumeric));
        let tokens: Vec<String> = tokens
            .map(|token| {
                token.trim_matches(|c: char| !c.is_alphanumeric() && !"$%()-".contains(c)).to_lowercase()
            })
            .collect();
        format!(" {} ", tokens.join(" "))
    };
    folded(&side_text(section, side)).contains(&folded(words))
}

/// All of one side of an Item, paragraph by paragraph in their order.
pub(crate) fn side_text(section: &SectionDiff, side: Side) -> String {
    let mut paragraphs: Vec<(usize, &str)> = Vec::new();
    for run in &section.unchanged {
        let first = if side == Side::Older { run.older } else { run.newer };
        for (index, text) in run.text.iter().enumerate() {
            let own = run.cosmetic.iter().find(|(at, _)| *at == index && side == Side::Older);
            paragraphs.push((first + index, own.map_or(text, |(_, text)| text)));
        }
    }
    let passages = section.changes.iter().filter_map(|change| change.side(side));
    paragraphs.extend(passages.map(|passage| (passage.paragraph, passage.text.as_str())));
    paragraphs.sort_unstable();
    paragraphs.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n\n")
}

pub(crate) fn other(side: Side) -> Side {
    match side {
        Side::Older => Side::Newer,
        Side::Newer => Side::Older,
    }
}

impl Claim<'_> {
    /// Fiscal years of the older and the newer filing.
    pub(crate) fn years(&self) -> Option<[i16; 2]> {
        Some([self.comparison.older.fiscal_year()?, self.comparison.newer.fiscal_year()?])
    }

    pub(crate) fn item(&self) -> Item {
        self.section.item
    }

    /// The passage names no year, so its figures are of the filings' own.
    pub(crate) fn is_about_its_years(&self) -> bool {
        let sides = [&self.change.older, &self.change.newer];
        let is_year = |word: &str| word.len() == 4 && word.bytes().all(|c| c.is_ascii_digit());
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(is_year);
        sides.into_iter().flatten().all(|passage| !words(&passage.text))
    }

    pub(crate) fn finding(&self, statement: &str) -> Finding {
        self.quoting(statement, self.quotes.clone())
    }

    pub(crate) fn quoting(&self, statement: &str, quotes: Vec<(Side, String)>) -> Finding {
        let id = Some(self.change.id.clone());
        Finding {
            item: self.item(),
            category: Category::Financial,
            materiality: Materiality::High,
            statement: statement.to_owned(),
            // A mark that is set from outside must count for nothing.
            quotes: quotes
                .into_iter()
                .map(|(side, text)| Quote { side, text, change_id: id.clone(), verified: true })
                .collect(),
        }
    }
}
