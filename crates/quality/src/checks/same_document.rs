use filing_model::{QualityFinding, Side, Status};

use crate::{
    Check, Dossier,
    check::{Place, fault},
};

/// Both sides are one and the same filing, so every Item is the same.
pub(crate) struct SameDocument;

/// Fewer words may well be the same in two years: "None", "Not applicable".
const TELLING_WORDS: usize = 500;

impl Check for SameDocument {
    fn name(&self) -> &'static str {
        "same_document"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let accession = evidence.newer_filing.accession.as_ref();
        let same_number = accession.is_some() && accession == evidence.older_filing.accession.as_ref();
        if !same_number && !same_text(evidence) {
            return Vec::new();
        }
        vec![fault(self, Place::whole_report(), "Both sides of the comparison are the same filing.")]
    }
}

fn same_text(evidence: &Dossier<'_>) -> bool {
    let found = |side: Side| {
        let items = evidence.extraction(side).items.iter();
        items
            .filter(|(_, section)| section.status == Status::Found)
            .map(|(item, section)| (item, &section.text))
    };
    let words: usize = evidence.newer.items.values().map(|section| section.words).sum();
    words >= TELLING_WORDS && found(Side::Newer).eq(found(Side::Older))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn the_same_text_or_number_on_both_sides_is_refunded() {
        let mut case = Case::usual();
        assert_eq!(texts(&SameDocument, &case), "");
        case.older.items = case.newer.items.clone();
        assert_eq!(texts(&SameDocument, &case), "refund: Both sides of the comparison are the same filing.");
        let mut case = Case::usual();
        case.older_filing.accession = case.newer_filing.accession.clone();
        assert!(texts(&SameDocument, &case).starts_with("refund"));
    }
}
