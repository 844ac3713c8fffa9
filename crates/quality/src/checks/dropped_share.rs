use filing_model::QualityFinding;

use crate::{
    Check, Dossier,
    check::{Place, fault, warning},
};

/// Many statements failed the check of their quotations: what was left may be of the same kind.
pub(crate) struct DroppedShare;

/// With fewer statements a share says little.
const FEWEST_STATEMENTS: usize = 5;

/// Share of dropped statements, in per cent, from which to warn.
const MANY_PERCENT: usize = 30;

/// The same, from which the analysis is not worth its token, when fewer than [`FEWEST_LEFT`] are left.
const MOST_PERCENT: usize = 60;
const FEWEST_LEFT: usize = 3;

impl Check for DroppedShare {
    fn name(&self) -> &'static str {
        "dropped_share"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let dropped = evidence.analysis.dropped.len();
        let left = evidence.analysis.findings.len();
        let all = dropped + left;
        if all < FEWEST_STATEMENTS || 100 * dropped < MANY_PERCENT * all {
            return Vec::new();
        }
        let statement = format!(
            "{dropped} of {all} statements were dropped because they failed the check of their quotations."
        );
        let place = Place::whole_report();
        let is_fault = 100 * dropped >= MOST_PERCENT * all && left < FEWEST_LEFT;
        vec![if is_fault { fault(self, place, statement) } else { warning(self, place, statement) }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, dropped, texts};

    #[test]
    fn the_share_decides_and_what_is_left() {
        let mut case = Case::usual();
        case.analysis.dropped = vec![dropped(); 3];
        assert_eq!(texts(&DroppedShare, &case), "", "too few to tell");
        case.analysis.dropped = vec![dropped(); 5];
        insta::assert_snapshot!(texts(&DroppedShare, &case), @"refund: 5 of 6 statements were dropped because they failed the check of their quotations.");
        case.analysis.findings = vec![case.analysis.findings[0].clone(); 6];
        assert!(texts(&DroppedShare, &case).starts_with("warning: 5 of 11"));
        case.analysis.findings = vec![case.analysis.findings[0].clone(); 20];
        assert_eq!(texts(&DroppedShare, &case), "");
    }
}
