//! What a change says that was not said before, by the terms of its passages.

use filing_model::{Change, Passage};

use super::{grave::GRAVE, lexicon::Lexicon};
use crate::{elsewhere::Texts, passage::Text};

/// A new word that the filing uses so often is a topic of its own.
const TOPIC: u32 = 3;

/// How often each side uses each term, over all Items.
pub(super) struct Usage {
    older: Vec<u32>,
    newer: Vec<u32>,
    /// The passage that a term was last met in, to count it once.
    met: Vec<u32>,
    passages: u32,
}

/// What came and went.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Terms of the passage that its other side has not.
    pub(super) came: usize,
    /// Terms of the older side alone.
    pub(super) went: usize,
    /// Among them, those that the other filing has nowhere, by how often this one uses them.
    pub(super) topics: usize,
    pub(super) once: usize,
    /// Of each group of words that an analyst stops at, the points of the best.
    grave: [f64; GRAVE.len()],
    /// The lists of the lexicon that words of the passage are in.
    pub(super) lists: u64,
    /// Terms of the longer side.
    pub(super) terms: usize,
}

/// A word that an analyst stops at counts more when the filing has never used it.
const FIRST_USE: f64 = 1.5;

/// A grave word that went tells less: mostly the matter is over, or another passage has it.
const GONE: f64 = 0.5;

/// More than this no passage gains by such words.
const MOST_GRAVE: f64 = 3.6;

impl Usage {
    pub(super) fn new(texts: &[Texts<'_>], terms: usize) -> Self {
        let mut usage =
            Self { older: vec![0; terms], newer: vec![0; terms], met: vec![0; terms], passages: 0 };
        for (_, older, newer) in texts {
            for (text, counts) in [(older, &mut usage.older), (newer, &mut usage.newer)] {
                for term in text.paragraphs.iter().flat_map(|paragraph| &paragraph.terms) {
                    counts[*term as usize] += 1;
                }
            }
        }
        usage
    }

    /// What a change of these texts says.
    pub(super) fn told(
        &mut self,
        lexicon: &Lexicon,
        change: &Change,
        older: &Text<'_>,
        newer: &Text<'_>,
    ) -> Told {
        let before = change.older.as_ref().map_or(Vec::new(), |passage| terms(older, passage));
        let after = change.newer.as_ref().map_or(Vec::new(), |passage| terms(newer, passage));
        let mut told = Told { terms: before.len().max(after.len()), ..Told::default() };
        told.lists = lexicon.lists(if after.is_empty() { &before } else { &after });
        self.mark(&before);
        for term in self.unmet(&after) {
            told.came += 1;
            told.count(
                lexicon.group(term, told.lists),
                self.older[term as usize],
                self.newer[term as usize],
                1.0,
            );
        }
        self.mark(&after);
        for term in self.unmet(&before) {
            told.went += 1;
            told.count(
                lexicon.group(term, told.lists),
                self.newer[term as usize],
                self.older[term as usize],
                GONE,
            );
        }
        told
    }

    fn mark(&mut self, terms: &[u32]) {
        self.passages += 1;
        for term in terms {
            self.met[*term as usize] = self.passages;
        }
    }

    /// The terms that are not marked, each once.
    fn unmet(&mut self, terms: &[u32]) -> Vec<u32> {
        let passages = self.passages;
        let mut is_new = |term: &u32| std::mem::replace(&mut self.met[*term as usize], passages) != passages;
        terms.iter().copied().filter(|term| is_new(term)).collect()
    }
}

impl Told {
    /// Points of words that an analyst stops at: one of each group counts, for a suit is one whatever its words.
    pub(super) fn grave(&self) -> f64 {
        self.grave.iter().sum::<f64>().min(MOST_GRAVE)
    }

    fn count(&mut self, group: Option<usize>, there: u32, here: u32, share: f64) {
        if there == 0 {
            self.topics += usize::from(here >= TOPIC);
            self.once += usize::from(here < TOPIC);
        }
        if let Some(group) = group {
            let points = GRAVE[group].points * share * if there == 0 { FIRST_USE } else { 1.0 };
            self.grave[group] = self.grave[group].max(points);
        }
    }
}

/// The terms of a passage's paragraphs.
fn terms(text: &Text<'_>, passage: &Passage) -> Vec<u32> {
    let count = filing_model::paragraphs(&passage.text).count().max(1);
    let end = (passage.paragraph + count).min(text.paragraphs.len());
    text.paragraphs[passage.paragraph..end]
        .iter()
        .flat_map(|paragraph| paragraph.terms.iter().copied())
        .collect()
}
