//! The four measures of "Lazy Prices" (Cohen, Malloy, Nguyen, Journal of Finance 75(3), 2020).

use filing_model::Similarity;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::passage::Paragraph;

/// How often each term occurs: words of two or more letters in small letters, without figures and stop-words.
pub(crate) type Terms = FxHashMap<u32, u32>;

/// Counts the terms of paragraphs.
pub(crate) fn terms(paragraphs: &[Paragraph<'_>]) -> Terms {
    let all: usize = paragraphs.iter().map(|paragraph| paragraph.terms.len()).sum();
    let mut terms = Terms::with_capacity_and_hasher(all / 4, FxBuildHasher);
    for term in paragraphs.iter().flat_map(|paragraph| &paragraph.terms) {
        *terms.entry(*term).or_default() += 1;
    }
    terms
}

/// Words of both sides and edited ones, for the measures that look at order.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lengths {
    pub(crate) older: usize,
    pub(crate) newer: usize,
    pub(crate) added: usize,
    pub(crate) removed: usize,
}

/// All four measures.
#[expect(clippy::cast_precision_loss, reason = "counts of words")]
pub(crate) fn measure(older: &Terms, newer: &Terms, lengths: Lengths) -> Similarity {
    let edited = (lengths.added + lengths.removed) as f64;
    let both = (lengths.older + lengths.newer) as f64;
    let share = |part: f64, whole: f64| if whole == 0.0 { 1.0 } else { (1.0 - part / whole).clamp(0.0, 1.0) };
    Similarity {
        cosine: round(cosine(older, newer)),
        jaccard: round(jaccard(older, newer)),
        min_edit: round(share(edited, both)),
        // A word replaced by another is one change, not two.
        simple: round(share(lengths.added.max(lengths.removed) as f64, both / 2.0)),
    }
}

fn cosine(older: &Terms, newer: &Terms) -> f64 {
    let dot: f64 =
        older.iter().filter_map(|(term, n)| newer.get(term).map(|m| f64::from(*n) * f64::from(*m))).sum();
    let norm = |terms: &Terms| terms.values().map(|n| f64::from(*n).powi(2)).sum::<f64>().sqrt();
    let norms = norm(older) * norm(newer);
    if norms == 0.0 {
        f64::from(u8::from(older.is_empty() && newer.is_empty()))
    } else {
        (dot / norms).min(1.0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn jaccard(older: &Terms, newer: &Terms) -> f64 {
    let shared = older.keys().filter(|term| newer.contains_key(*term)).count();
    let all = older.len() + newer.len() - shared;
    if all == 0 { 1.0 } else { shared as f64 / all as f64 }
}

/// Six places: enough for research, and the same on every machine.
fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn values_by_hand() {
        // older: pump 2, valve 1; newer: pump 1, valve 1, meter 1.
        let mut vocabulary = Vocabulary::default();
        let mut terms = |text| super::terms(&[Paragraph::new(text, &mut vocabulary)]);
        let (older, newer) = (terms("The pump, a pump of 12 and valve"), terms("pump valve meter"));
        let lengths = Lengths { older: 8, newer: 3, added: 1, removed: 6 };
        let found = measure(&older, &newer, lengths);
        assert!((found.cosine - 3.0 / (5.0_f64.sqrt() * 3.0_f64.sqrt())).abs() < 1e-6);
        assert!((found.jaccard - 2.0 / 3.0).abs() < 1e-6);
        assert!((found.min_edit - 4.0 / 11.0).abs() < 1e-6);
        assert!(found.simple.abs() < 1e-9);
    }

    #[test]
    fn nothing_against_nothing_is_the_same() {
        let found = measure(&Terms::default(), &Terms::default(), Lengths::default());
        assert_eq!((found.cosine, found.jaccard, found.min_edit, found.simple), (1.0, 1.0, 1.0, 1.0));
    }
}
