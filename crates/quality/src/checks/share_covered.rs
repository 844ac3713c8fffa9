use filing_model::{QualityFinding, Side, Status};

use crate::{
    Check, Dossier, Evidence,
    check::{Based as _, Place, name, warning},
};

/// A document of which the Items cover little: the rest is an annual report bound in with it, or was lost.
///
/// Which of the two it is cannot be told, so nothing is refunded for it.
pub(crate) struct ShareCovered;

/// Per cent of the document's words inside Items. Of 166 real filings four have less, all with the annual report to
/// shareholders in the same file; the median is 96.
const FEWEST_PERCENT: usize = 50;

impl Check for ShareCovered {
    fn name(&self) -> &'static str {
        "share_covered"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        Evidence::SIDES.into_iter().filter_map(|side| self.side(evidence, side)).collect()
    }
}

impl ShareCovered {
    fn side(&self, evidence: &Dossier<'_>, side: Side) -> Option<QualityFinding> {
        let extraction = evidence.extraction(side);
        let words = extraction.document_words.filter(|words| *words > 0)?;
        // The text of a bound-in report has no place of its own.
        if extraction.items.values().any(|section| section.status == Status::Found && section.span.is_none())
        {
            return None;
        }
        let mut spans: Vec<_> = extraction.items.values().filter_map(|section| section.span).collect();
        spans.sort_by_key(|span| span.start);
        let (covered, _) = spans.into_iter().fold((0, 0), |(covered, seen), span| {
            let end = span.end.max(seen);
            (covered + end - span.start.max(seen), end)
        });
        let percent = 100 * covered / words;
        if percent >= FEWEST_PERCENT {
            return None;
        }
        let statement = format!(
            "The Items that were found cover {percent} % of the {} filing; the rest was not compared.",
            name(side)
        );
        let basis = format!("{covered} of {words} words; usual are more than 90 %");
        Some(warning(self, Place::side(side), statement).based_on(basis))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn a_document_that_is_mostly_something_else_is_named() {
        let mut case = Case::usual();
        assert_eq!(texts(&ShareCovered, &case), "");
        case.older.document_words = Some(100_000);
        insta::assert_snapshot!(texts(&ShareCovered, &case), @"warning: The Items that were found cover 31 % of the older filing; the rest was not compared.");
        case.older.document_words = None;
        assert_eq!(texts(&ShareCovered, &case), "");
    }
}
