//! Which statements a report has room for.

use filing_model::{Finding, Item};

use crate::{text::normalise, verify::Checker};

/// As many statements as one reads in two minutes.
pub(super) const MOST_FINDINGS: usize = 25;

/// So that a long Item leaves room for the others.
pub(super) const MOST_FINDINGS_PER_ITEM: usize = 8;

/// Quotations under one statement.
const MOST_QUOTES: usize = 3;

/// What each statement on an Item leaves of the score of the next one.
const CROWDING: f64 = 0.9;

/// A statement that scores less is not worth its place, unless it is one of the first few.
const LEAST_SCORE: f64 = 0.13;

/// So many are made of a quiet year, too.
const FEW: usize = 5;

/// A statement that may be made.
pub(super) struct Candidate<'a> {
    /// The same in several wordings, the most telling first.
    pub(super) findings: Vec<Finding>,
    pub(super) score: f64,
    /// The sub-section it is about.
    pub(super) place: Option<&'a str>,
    pub(super) change_ids: Vec<&'a str>,
    /// The words that it rests on.
    pub(super) main: String,
    /// Whether it is worth its place even when another statement has the same place or words.
    pub(super) may_repeat: bool,
}

/// The best statements that stand up to verification, the most material first.
pub(super) fn choose(mut candidates: Vec<Candidate<'_>>, checker: &Checker<'_>) -> Vec<Finding> {
    let mut chosen = Chosen::default();
    while chosen.findings.len() < MOST_FINDINGS
        && let Some(at) = chosen.next(&candidates)
    {
        let candidate = candidates.remove(at);
        chosen.take(candidate, checker);
    }
    chosen.findings.sort_by_key(|finding| std::cmp::Reverse(finding.materiality));
    chosen.findings
}

#[derive(Default)]
struct Chosen<'a> {
    findings: Vec<Finding>,
    /// Of each finding.
    words: Vec<Vec<String>>,
    places: Vec<(Item, &'a str)>,
    change_ids: Vec<&'a str>,
}

impl<'a> Chosen<'a> {
    /// The candidate with the highest score after what its Item has had.
    fn next(&self, candidates: &[Candidate<'a>]) -> Option<usize> {
        let least = if self.findings.len() < FEW { 0.0 } else { LEAST_SCORE };
        let score = |candidate: &Candidate<'_>| {
            let item = candidate.findings.first()?.item;
            let of_item = self.findings.iter().filter(|finding| finding.item == item).count();
            let crowded = (0..of_item).fold(1.0, |share, _| share * CROWDING);
            let score = candidate.score * crowded;
            (score >= least && of_item < MOST_FINDINGS_PER_ITEM).then_some(score)
        };
        let scores =
            candidates.iter().enumerate().filter_map(|(at, candidate)| Some((at, score(candidate)?)));
        scores.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(at, _)| at)
    }

    fn take(&mut self, candidate: Candidate<'a>, checker: &Checker<'_>) {
        let Some(item) = candidate.findings.first().map(|finding| finding.item) else { return };
        let is_told = candidate.change_ids.iter().any(|id| self.change_ids.contains(id))
            || candidate.place.is_some_and(|place| self.places.contains(&(item, place)));
        if is_told && !candidate.may_repeat {
            return;
        }
        let Some(finding) = candidate.findings.iter().find_map(|finding| stands(finding, checker)) else {
            return;
        };
        if self.add(finding, &candidate.main, candidate.may_repeat) {
            self.places.extend(candidate.place.map(|place| (item, place)));
            self.change_ids.extend(candidate.change_ids);
        }
    }

    /// A signal on several places makes one statement with a quotation from each; what another Item tells in the same words
    /// is told once.
    fn add(&mut self, finding: Finding, main: &str, may_repeat: bool) -> bool {
        let same =
            |chosen: &&mut Finding| chosen.item == finding.item && chosen.statement == finding.statement;
        if let Some(chosen) = self.findings.iter_mut().find(same) {
            let room = MOST_QUOTES.saturating_sub(chosen.quotes.len());
            let new: Vec<_> =
                finding.quotes.into_iter().filter(|quote| !chosen.quotes.contains(quote)).collect();
            chosen.quotes.extend(new.into_iter().take(room));
            return true;
        }
        let words = long_words(main);
        if !may_repeat && self.words.iter().any(|chosen| are_alike(chosen, &words)) {
            return false;
        }
        self.words.push(words);
        self.findings.push(finding);
        true
    }
}

/// With all quotations, or with the last alone when another does not stand.
fn stands(finding: &Finding, checker: &Checker<'_>) -> Option<Finding> {
    checker.check(finding).ok().or_else(|| {
        let last = finding.quotes.last().filter(|_| finding.quotes.len() > 1)?;
        checker.check(&Finding { quotes: vec![last.clone()], ..finding.clone() }).ok()
    })
}

/// Whether two texts have most of their longer words in common.
fn are_alike(one: &[String], other: &[String]) -> bool {
    let shared = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    let fewer = one.len().min(other.len());
    fewer > 0 && 10 * shared >= 7 * fewer
}

/// In the order of letters, each once.
fn long_words(text: &str) -> Vec<String> {
    let words = normalise(text);
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    words.sort_unstable();
    words.dedup();
    words
}
