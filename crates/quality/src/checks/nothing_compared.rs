use filing_model::QualityFinding;

use crate::{
    Check, Dossier,
    check::{Place, fault},
};

/// No Item could be compared: there is no report to speak of.
pub(crate) struct NothingCompared;

impl Check for NothingCompared {
    fn name(&self) -> &'static str {
        "nothing_compared"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        if evidence.sections.iter().any(|section| section.not_compared.is_none()) {
            return Vec::new();
        }
        vec![fault(self, Place::whole_report(), "None of the Items could be compared.")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn one_compared_item_is_enough() {
        let mut case = Case::usual();
        for section in &mut case.sections {
            section.not_compared = Some("not found".into());
        }
        assert_eq!(texts(&NothingCompared, &case), "refund: None of the Items could be compared.");
        case.sections[0].not_compared = None;
        assert_eq!(texts(&NothingCompared, &case), "");
    }
}
