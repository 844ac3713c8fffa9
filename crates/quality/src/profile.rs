use std::fmt;

use filing_model::{QualityReport, Severity};

use crate::{Check, Dossier, Evidence, checks};

/// A named list of checks.
pub struct Profile {
    /// `evidence`, `seed`, or a name of your own.
    pub name: &'static str,
    checks: Vec<Box<dyn Check>>,
}

impl Profile {
    /// A profile of your own.
    pub fn new(name: &'static str, checks: Vec<Box<dyn Check>>) -> Self {
        Self { name, checks }
    }

    /// Asks for a refund where the evidence says that the fault is ours.
    pub fn evidence() -> Self {
        Self::new("evidence", checks::evidence())
    }

    /// The four checks of the first version with their thresholds and texts.
    pub fn seed() -> Self {
        Self::new("seed", checks::seed())
    }

    /// A profile of ours.
    pub fn by_name(name: &str) -> Option<Self> {
        [Self::evidence(), Self::seed()].into_iter().find(|profile| profile.name == name)
    }

    /// Runs all checks. The report is valid unless one of them asks for a refund.
    pub fn judge(&self, evidence: &Evidence<'_>) -> QualityReport {
        let dossier = Dossier::new(*evidence);
        let findings: Vec<_> = self.checks.iter().flat_map(|check| check.run(&dossier)).collect();
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        QualityReport {
            is_valid: !findings.iter().any(|finding| finding.refund),
            profile: self.name.into(),
            issues: errors.map(|finding| finding.statement.clone()).collect(),
            findings,
        }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self::evidence()
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let checks: Vec<_> = self.checks.iter().map(|check| check.name()).collect();
        f.debug_struct("Profile").field("name", &self.name).field("checks", &checks).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::Case;

    #[test]
    fn profiles_are_known_by_name() {
        let shown =
            |name: &str| Profile::by_name(name).map(|profile| format!("{profile:?}")).unwrap_or_default();
        insta::assert_snapshot!(shown("evidence"), @r#"Profile { name: "evidence", checks: ["items_missing", "nothing_compared", "same_document", "wrong_document", "section_cut", "scrap", "ends_early", "contents_for_body", "item_not_in_order", "words_between_items", "share_covered", "text_across_border", "another_text", "another_year", "text_repeated", "page_furniture", "length_against_other_year", "low_confidence", "analysis_empty", "dropped_share", "words_not_sent"] }"#);
        insta::assert_snapshot!(shown("seed"), @r#"Profile { name: "seed", checks: ["seed_missing", "seed_short", "seed_numbers", "seed_summaries"] }"#);
        assert!(Profile::by_name("lenient").is_none());
    }

    #[test]
    fn a_usual_pair_of_filings_passes_without_a_word() {
        let case = Case::usual();
        let report = Profile::evidence().judge(&case.evidence());
        assert_eq!((report.is_valid, report.findings), (true, Vec::new()));
    }

    #[test]
    fn issues_are_the_texts_of_what_cannot_be_relied_on() {
        let mut case = Case::usual();
        case.newer.items.clear();
        case.sections.clear();
        let report = Profile::evidence().judge(&case.evidence());
        assert!(!report.is_valid);
        for finding in &report.findings {
            let is_error = finding.severity == Severity::Error;
            assert!(is_error || !finding.refund, "{}", finding.statement);
            assert_eq!(is_error, report.issues.contains(&finding.statement), "{}", finding.statement);
        }
    }
}
