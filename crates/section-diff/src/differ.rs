//! The seam: how two extractions are compared.

use std::borrow::Cow;

use filing_model::{Extraction, Item, Section, SectionDiff, Signal};

use crate::{
    comparable, compare,
    elsewhere::{self, Texts},
    passage::Text,
    rank, signals,
    vocabulary::Vocabulary,
};

/// What changed between two annual reports.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Differences {
    /// One entry for each Item that at least one of the filings has, in the order of the form.
    pub sections: Vec<SectionDiff>,
    /// What rules found.
    pub signals: Vec<Signal>,
}

/// A way to compare two annual reports.
pub trait SectionDiffer: Send + Sync {
    /// Compares the older extraction with the newer one.
    fn compare(&self, older: &Extraction, newer: &Extraction) -> Differences;
}

/// Aligns paragraphs by their content: edited, split, merged, moved and retitled ones too.
#[derive(Debug, Clone, Copy, Default)]
pub struct Aligned;

impl SectionDiffer for Aligned {
    fn compare(&self, older: &Extraction, newer: &Extraction) -> Differences {
        let pairs: Vec<_> = pairs(older, newer).collect();
        let mut words = Vocabulary::default();
        let texts: Vec<Texts<'_>> = pairs
            .iter()
            .map(|(item, older, newer)| (*item, Text::new(older, &mut words), Text::new(newer, &mut words)))
            .collect();
        let mut sections: Vec<SectionDiff> = pairs
            .iter()
            .zip(&texts)
            .map(|((_, older, newer), texts)| compare::section(older, newer, texts))
            .collect();
        elsewhere::mark(&mut sections, &texts);
        rank::weigh(&mut sections, &texts, &words, older.period_end);
        let signals = signals::find(older, newer, &sections);
        Differences { sections, signals }
    }
}

/// Items that at least one of the filings has.
fn pairs<'a>(
    older: &'a Extraction,
    newer: &'a Extraction,
) -> impl Iterator<Item = (Item, Cow<'a, Section>, Cow<'a, Section>)> {
    use filing_model::Status::Missing;
    Item::ALL.into_iter().filter_map(|item| {
        let (a, b) = (comparable::own_text(older, item)?, comparable::own_text(newer, item)?);
        (a.status != Missing || b.status != Missing).then_some((item, a, b))
    })
}
