//! What a liar draws from, and a judge of lies who shares no code with the check.

use ai_analyze::Checker;
use filing_model::{Comparison, Finding, Side};

use super::{
    claims::{Claim, Pair, claims, other, side_text},
    random::Random,
};

pub(crate) struct World<'a> {
    pub(crate) claims: Vec<Claim<'a>>,
    /// Words of all filings.
    pub(crate) vocabulary: Vec<String>,
    checkers: Vec<(&'a Comparison, Checker<'a>)>,
}

impl<'a> World<'a> {
    pub(crate) fn new(comparisons: &'a [Comparison], random: &mut Random) -> Self {
        let claims: Vec<Claim<'a>> =
            comparisons.iter().flat_map(|comparison| claims(comparison, random)).collect();
        let texts = claims.iter().flat_map(|claim| claim.change.newer.iter().chain(&claim.change.older));
        let mut vocabulary: Vec<String> = texts
            .flat_map(|passage| passage.text.split_whitespace())
            .filter(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
            .map(str::to_owned)
            .collect();
        vocabulary.sort();
        vocabulary.dedup();
        let checkers = comparisons.iter().map(|comparison| (comparison, Checker::new(comparison))).collect();
        Self { claims, vocabulary, checkers }
    }

    /// The check, or why the finding fails it.
    pub(crate) fn check(&self, claim: &Claim<'_>, finding: &Finding) -> Result<Finding, String> {
        let checker =
            self.checkers.iter().find(|(comparison, _)| std::ptr::eq(*comparison, claim.comparison));
        checker.map_or_else(|| Err("no such comparison".into()), |(_, checker)| checker.check(finding))
    }

    pub(crate) fn word(&self, random: &mut Random) -> &str {
        random.one_of(&self.vocabulary).map_or("word", String::as_str)
    }
}

/// A false answer: what was done to a true one.
pub(crate) struct Lie {
    pub(crate) finding: Finding,
    /// The figure that is claimed, when the lie is in a figure.
    pub(crate) figure: Option<String>,
    /// Whether the lie is in a quotation alone.
    pub(crate) is_quotation: bool,
}

impl Lie {
    /// Whether what was meant as a lie says the truth all the same.
    pub(crate) fn is_true(&self, claim: &Claim<'_>) -> bool {
        if self.is_quotation {
            let stands = |side: Side, text: &str| {
                is_there(&side_text(claim_section(claim, &self.finding), side), text)
            };
            let all = self.finding.quotes.iter().all(|quote| stands(quote.side, &quote.text));
            let shows = self.finding.quotes.iter().any(|quote| !stands(other(quote.side), &quote.text));
            return all && shows;
        }
        self.other_pair_says_so(claim)
            || self.figure.as_ref().is_some_and(|figure| {
                let figure = IN_DIGITS
                    .iter()
                    .find(|(word, _)| word == figure)
                    .map_or(figure.as_str(), |(_, digits)| digits);
                let sides = [&claim.change.older, &claim.change.newer];
                let heading = claim.change.heading.as_deref();
                sides
                    .into_iter()
                    .flatten()
                    .map(|it| it.text.as_str())
                    .chain(heading)
                    .any(|text| has_figure(text, figure))
            })
    }
}

impl Lie {
    /// A large table has other pairs with the same figures: of one of them the statement may be true.
    fn other_pair_says_so(&self, claim: &Claim<'_>) -> bool {
        let Some(own) = &claim.pair else { return false };
        let said = &self.finding.statement;
        let is_up = said.contains(" rose ");
        let others = claim.change.figures.iter().filter_map(Pair::read).filter(|pair| pair != own);
        let is_direction = said.contains(" rose ") || said.contains(" fell ");
        is_direction
            && others.filter(|pair| pair.is_up() == is_up).any(|pair| {
                let percent = format!(" {:.1}%.", (pair.values[1] / pair.values[0] - 1.0).abs() * 100.0);
                let ends = format!(" to {}.", pair.newer);
                said.ends_with(&percent)
                    || said.ends_with(&ends) && (!said.contains(" from ") || said.contains(&pair.older))
            })
    }
}

const IN_DIGITS: [(&str, &str); 5] = [
    ("seventeen", "17"),
    ("forty-three", "43"),
    ("sixty-one", "61"),
    ("two hundred", "200"),
    ("ninety", "90"),
];

fn claim_section<'a>(claim: &Claim<'a>, finding: &Finding) -> &'a filing_model::SectionDiff {
    claim.comparison.sections.iter().find(|section| section.item == finding.item).unwrap_or(claim.section)
}

/// Whether the words stand in a text once typesetting is squeezed out of both; dots and quotation marks around them aside.
fn is_there(text: &str, words: &str) -> bool {
    let squeezed = |text: &str| {
        let plain: String = text
            .chars()
            .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
            .map(|c| match c {
                '’' | '‘' => '\'',
                '“' | '”' => '"',
                '\u{2010}'..='\u{2013}' => '-',
                other => other,
            })
            .collect();
        plain.replace('—', " - ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let words = squeezed(words);
    let bare = words.trim_matches(|c: char| matches!(c, '"' | '.' | '…' | ' '));
    let text = squeezed(text);
    text.match_indices(bare).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + bare.len()..].chars().next();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
            && !after.is_some_and(|c| c.is_alphanumeric() || c == '%')
    })
}

fn has_figure(text: &str, figure: &str) -> bool {
    text.match_indices(figure).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after: String = text[at + figure.len()..].chars().take(2).collect();
        let goes_on = after.starts_with(|c: char| c.is_ascii_alphanumeric())
            || after.starts_with(['.', ',']) && after.ends_with(|c: char| c.is_ascii_digit());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',')) && !goes_on
    })
}
