use filing_model::{Item, Similarity};

use super::HistoryPoint;

/// What a line shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    MinEdit,
    Simple,
    Cosine,
    Jaccard,
}

impl Measure {
    /// The first one is shown until another is chosen.
    pub(super) const ALL: [Self; 4] = [Self::MinEdit, Self::Simple, Self::Cosine, Self::Jaccard];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::MinEdit => "Minimum edit",
            Self::Simple => "Simple",
            Self::Cosine => "Cosine",
            Self::Jaccard => "Jaccard",
        }
    }

    /// The class of what shows it, and the id of its button behind `m-`.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::MinEdit => "me",
            Self::Simple => "ms",
            Self::Cosine => "mc",
            Self::Jaccard => "mj",
        }
    }

    pub(super) fn of(self, similarity: Similarity) -> f64 {
        let value = match self {
            Self::MinEdit => similarity.min_edit,
            Self::Simple => similarity.simple,
            Self::Cosine => similarity.cosine,
            Self::Jaccard => similarity.jaccard,
        };
        if value.is_finite() { value.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Where the scale of all Items begins: a tenth at or below the least value.
    pub(super) fn least(self, points: &[&HistoryPoint]) -> f64 {
        let measured = |item: Item| points.iter().filter_map(move |point| point.find(item)?.measured());
        let values = Item::ALL.into_iter().flat_map(measured).map(|similarity| self.of(similarity));
        let least = values.fold(0.9, f64::min);
        (least * 10.0).floor() / 10.0
    }
}
