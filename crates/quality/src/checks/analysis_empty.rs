use filing_model::{QualityFinding, SectionDiff};

use super::MAIN_ITEMS;
use crate::{
    Check, Dossier,
    check::{Place, fault},
};

/// Much changed, and the analysis says nothing of it.
pub(crate) struct AnalysisEmpty;

/// Edited words of the main Items from which there is something to say. Real pairs of large companies have about
/// 7,300; the median of figures alone is far below.
const MUCH_EDITED_WORDS: usize = 1_000;

impl Check for AnalysisEmpty {
    fn name(&self) -> &'static str {
        "analysis_empty"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let main = evidence.sections.iter().filter(|section| MAIN_ITEMS.contains(&section.item));
        let edited: usize =
            main.filter(|section| has_wording(section)).map(|it| it.words.added + it.words.removed).sum();
        if edited < MUCH_EDITED_WORDS || !evidence.analysis.findings.is_empty() {
            return Vec::new();
        }
        let statement = format!("The main Items have {edited} edited words, and nothing is said of them.");
        vec![fault(self, Place::whole_report(), statement)]
    }
}

/// Whether anything but figures changed: statements are not made of figures alone.
fn has_wording(section: &SectionDiff) -> bool {
    let is_table = |text: &str| text.contains(" | ");
    section.changes.iter().any(|change| {
        let passages = [&change.older, &change.newer];
        !change.figures_only && passages.into_iter().flatten().all(|passage| !is_table(&passage.text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, texts};

    #[test]
    fn silence_on_a_year_of_changes_is_refunded() {
        let mut case = Case::usual();
        assert_eq!(texts(&AnalysisEmpty, &case), "");
        case.analysis.findings.clear();
        insta::assert_snapshot!(texts(&AnalysisEmpty, &case), @"refund: The main Items have 1300 edited words, and nothing is said of them.");
    }

    #[test]
    fn silence_on_figures_alone_is_not() {
        let mut case = Case::usual();
        case.analysis.findings.clear();
        for section in &mut case.sections {
            section.changes.iter_mut().for_each(|change| change.figures_only = true);
        }
        assert_eq!(texts(&AnalysisEmpty, &case), "");
    }
}
