use filing_model::QualityFinding;

use crate::{
    Check, Dossier,
    check::{Place, fault},
};

/// First version, fourth check: there is a summary.
pub(crate) struct SeedSummaries;

impl Check for SeedSummaries {
    fn name(&self) -> &'static str {
        "seed_summaries"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        if !evidence.analysis.summaries.is_empty() {
            return Vec::new();
        }
        vec![fault(self, Place::whole_report(), "No AI summaries generated")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn an_analysis_without_summaries_is_refunded() {
        let mut case = Case::usual();
        assert_eq!(texts(&SeedSummaries, &case), "");
        case.analysis.summaries.clear();
        assert_eq!(texts(&SeedSummaries, &case), "refund: No AI summaries generated");
    }
}
