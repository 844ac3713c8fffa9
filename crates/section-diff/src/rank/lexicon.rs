//! The lists of words by the terms of a comparison: each term is looked up once.

use filing_model::Item;

use super::{
    boilerplate::{BOILERPLATE, Boilerplate},
    grave::GRAVE,
};
use crate::vocabulary::Vocabulary;

/// The lists by the terms of a comparison.
pub(super) struct Lexicon {
    /// The group of grave words that each term is in, counted from one.
    groups: Vec<u8>,
    /// The lists that each term is in, a bit each: those of boilerplate and those beside grave words.
    lists: Vec<u64>,
    /// The bits of each rule's lists.
    rules: Vec<Vec<u64>>,
    /// The bit of what must stand beside the words of each group; 0 when nothing must.
    beside: [u64; GRAVE.len()],
}

impl Lexicon {
    pub(super) fn new(vocabulary: &Vocabulary<'_>) -> Self {
        let terms = vocabulary.term_count();
        let mut lexicon = Self {
            groups: vec![0; terms],
            lists: vec![0; terms],
            rules: Vec::new(),
            beside: [0; GRAVE.len()],
        };
        let places = |words: &'static [&'static str]| {
            words.iter().filter_map(|word| usize::try_from(vocabulary.term(word)?).ok())
        };
        let mut bits = (0..u64::BITS).map(|bit| 1 << bit);
        let mut list = |words: &'static [&'static str], lists: &mut [u64]| {
            let bit = if words.is_empty() { 0 } else { bits.next().unwrap_or(0) };
            places(words).for_each(|term| lists[term] |= bit);
            bit
        };
        for (at, group) in GRAVE.iter().enumerate() {
            places(group.words).for_each(|term| lexicon.groups[term] = u8::try_from(at + 1).unwrap_or(0));
            lexicon.beside[at] = list(group.beside, &mut lexicon.lists);
        }
        for rule in &BOILERPLATE {
            let bits = rule.words.iter().map(|words| list(words, &mut lexicon.lists)).collect();
            lexicon.rules.push(bits);
        }
        lexicon
    }

    /// The group of grave words that a term is in, when what must stand beside it is in one of the lists of the passage.
    pub(super) fn group(&self, term: u32, lists: u64) -> Option<usize> {
        let group = usize::from(self.groups[term as usize]).checked_sub(1)?;
        let beside = self.beside[group];
        (beside == 0 || lists & beside != 0).then_some(group)
    }

    /// The lists that have one of the terms.
    pub(super) fn lists(&self, terms: &[u32]) -> u64 {
        terms.iter().fold(0, |lists, term| lists | self.lists[*term as usize])
    }

    /// What is left of the weight of a passage of an Item with terms of these lists.
    pub(super) fn share(&self, item: Item, lists: u64, terms: usize, is_grave: bool) -> f64 {
        let holds = |(rule, bits): &(&Boilerplate, &Vec<u64>)| {
            terms <= rule.terms
                && !(rule.lifts && is_grave)
                && (rule.items.is_empty() || rule.items.contains(&item))
                && bits.iter().all(|bit| lists & bit != 0)
        };
        let rules = BOILERPLATE.iter().zip(&self.rules).filter(holds);
        rules.map(|(rule, _)| rule.share).fold(1.0, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_a_bit() {
        let of_rules: usize = BOILERPLATE.iter().map(|rule| rule.words.len()).sum();
        assert!(of_rules + GRAVE.len() <= u64::BITS as usize);
    }
}
