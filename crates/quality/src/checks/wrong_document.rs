use filing_model::{Cik, QualityFinding, Side};

use crate::{
    Check, Dossier, Evidence,
    check::{Place, fault, name, other, warning},
};

/// A filing whose cover names another company or period than was asked for.
///
/// Covers err, registrants share filings, and successors have new numbers: a refund is asked for only where the cover
/// of the other filing bears out what was asked for, or where the period is most of a year away.
pub(crate) struct WrongDocument;

/// A fiscal year has 52 or 53 weeks, and some lists round the period to the end of its month.
const SLACK_DAYS: i32 = 45;

/// Farther off than any slip in a date's day or month.
const ANOTHER_YEAR_DAYS: i32 = 300;

/// A usual distance between the ends of two fiscal years.
const USUAL_YEAR_DAYS: std::ops::RangeInclusive<i32> = 340..=390;

impl Check for WrongDocument {
    fn name(&self) -> &'static str {
        "wrong_document"
    }

    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding> {
        let mut findings = Vec::new();
        for side in Evidence::SIDES {
            findings.extend(self.company(evidence, side));
            findings.extend(self.period(evidence, side));
        }
        findings.extend(self.distance(evidence));
        findings
    }
}

impl WrongDocument {
    fn company(&self, evidence: &Dossier<'_>, side: Side) -> Option<QualityFinding> {
        let asked = evidence.company.cik?;
        let on_cover = cover_cik(evidence, side).filter(|cik| *cik != asked)?;
        let statement =
            format!("The cover of the {} filing names the filer {on_cover}, not {asked}.", name(side));
        let other_fits = cover_cik(evidence, other(side)) == Some(asked);
        let place = Place::side(side);
        Some(if other_fits { fault(self, place, statement) } else { warning(self, place, statement) })
    }

    fn period(&self, evidence: &Dossier<'_>, side: Side) -> Option<QualityFinding> {
        let asked = evidence.filing(side).period_end?;
        let on_cover = evidence.extraction(side).period_end?;
        let days = (on_cover - asked).get_days().abs();
        if days <= SLACK_DAYS {
            return None;
        }
        let statement = format!(
            "The cover of the {} filing gives {on_cover} as the end of the period, not {asked}.",
            name(side)
        );
        // A date found in the text of an old cover may be another date; a tagged one is the period.
        let is_tagged = evidence.extraction(side).cover.get("DocumentPeriodEndDate").is_some();
        let is_fault = is_tagged && days >= ANOTHER_YEAR_DAYS;
        Some(if is_fault {
            fault(self, Place::side(side), statement)
        } else {
            warning(self, Place::side(side), statement)
        })
    }

    fn distance(&self, evidence: &Dossier<'_>) -> Option<QualityFinding> {
        let newer = evidence.period_end(Side::Newer)?;
        let older = evidence.period_end(Side::Older)?;
        let days = (newer - older).get_days();
        if USUAL_YEAR_DAYS.contains(&days) {
            return None;
        }
        let statement =
            format!("The two periods end {} days apart, on {older} and {newer}, not a year.", days.abs());
        Some(warning(self, Place::whole_report(), statement))
    }
}

fn cover_cik(evidence: &Dossier<'_>, side: Side) -> Option<Cik> {
    evidence.extraction(side).cover.get("EntityCentralIndexKey")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented::{Case, texts};

    fn with_filers(newer: &str, older: &str) -> Case {
        let mut case = Case::usual();
        for (extraction, cik) in [(&mut case.newer, newer), (&mut case.older, older)] {
            extraction.cover.0.insert("EntityCentralIndexKey".into(), cik.into());
        }
        case
    }

    #[test]
    fn another_filer_on_one_cover_is_refunded() {
        assert_eq!(texts(&WrongDocument, &with_filers("0000001234", "1234")), "");
        assert_eq!(
            texts(&WrongDocument, &with_filers("1234", "99")),
            "refund: The cover of the older filing names the filer 99, not 1234."
        );
        assert!(
            !texts(&WrongDocument, &with_filers("99", "99")).contains("refund"),
            "a parent files for its subsidiaries"
        );
    }

    #[test]
    fn another_year_on_a_tagged_cover_is_refunded() {
        let mut case = Case::usual();
        case.newer.period_end = "2024-12-31".parse().ok();
        assert!(
            texts(&WrongDocument, &case)
                .starts_with("warning: The cover of the newer filing gives 2024-12-31")
        );
        case.newer.cover.0.insert("DocumentPeriodEndDate".into(), "2024-12-31".into());
        assert!(texts(&WrongDocument, &case).starts_with("refund"));
        case.newer.period_end = "2026-01-03".parse().ok();
        assert_eq!(texts(&WrongDocument, &case), "");
    }

    #[test]
    fn periods_that_are_not_a_year_apart_are_named() {
        let mut case = Case::usual();
        case.older_filing.period_end = "2025-06-30".parse().ok();
        case.older.period_end = case.older_filing.period_end;
        insta::assert_snapshot!(texts(&WrongDocument, &case), @"warning: The two periods end 184 days apart, on 2025-06-30 and 2025-12-31, not a year.");
    }
}
