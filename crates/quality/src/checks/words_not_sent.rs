use filing_model::QualityFinding;

use crate::{
    Check, Dossier,
    check::{Place, remark, warning},
};

/// Changed words that the analyzer did not read, or an analysis that is less than it could be.
///
/// Both are known before and shown in the report; neither is refunded.
pub(crate) struct WordsNotSent;

/// Share of all edited words, in per cent, from which to warn.
const MANY_PERCENT: usize = 50;

impl Check for WordsNotSent {
    fn name(&self) -> &'static str {
        "words_not_sent"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let mut findings = Vec::new();
        if let Some(reason) = &evidence.analysis.degraded {
            let statement =
                format!("The analysis is less than it could be: {}.", reason.trim_end_matches('.'));
            findings.push(warning(self, Place::whole_report(), statement));
        }
        let not_sent = evidence.analysis.not_sent_words.total;
        if not_sent > 0 {
            let edited: usize =
                evidence.sections.iter().map(|section| section.words.added + section.words.removed).sum();
            let statement = format!("{not_sent} of {edited} edited words were not read by the analyzer.");
            let is_many = 100 * not_sent >= MANY_PERCENT * edited;
            let place = Place::whole_report();
            findings.push(if is_many {
                warning(self, place, statement)
            } else {
                remark(self, place, statement)
            });
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn what_was_not_read_is_named_and_not_refunded() {
        let mut case = Case::usual();
        case.analysis.not_sent_words.total = 200;
        assert_eq!(
            texts(&WordsNotSent, &case),
            "info: 200 of 1300 edited words were not read by the analyzer."
        );
        case.analysis.not_sent_words.total = 900;
        case.analysis.degraded = Some("the cost cap was reached.".into());
        insta::assert_snapshot!(texts(&WordsNotSent, &case), @"
        warning: The analysis is less than it could be: the cost cap was reached.
        warning: 900 of 1300 edited words were not read by the analyzer.
        ");
    }
}
