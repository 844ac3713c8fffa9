//! A report on two extractions, judged as the worker judges it.

use ai_analyze::Extractive;
use filing_model::{Company, Comparison, Extraction, QualityReport, Severity};
use quality::{Evidence, Profile};
use section_diff::{Aligned, SectionDiffer as _};

use crate::pairs::Pair;

/// Compares and judges two extractions as if they were those of the pair that was asked for.
pub(crate) fn judge(
    pair: &Pair<'_>,
    older: &Extraction,
    newer: &Extraction,
    profile: &Profile,
) -> QualityReport {
    let differences = Aligned.compare(older, newer);
    let row = &pair.newer.row;
    let comparison = Comparison {
        company: Company {
            name: row.company.clone().unwrap_or_default(),
            cik: row.cik.as_deref().and_then(|cik| cik.parse().ok()),
            ticker: None,
        },
        newer: pair.newer.listed(),
        older: pair.older.listed(),
        sections: differences.sections,
        signals: differences.signals,
    };
    let analysis = Extractive::new().read(&comparison);
    profile.judge(&Evidence {
        older,
        newer,
        company: &comparison.company,
        newer_filing: &comparison.newer,
        older_filing: &comparison.older,
        sections: &comparison.sections,
        analysis: &analysis,
    })
}

/// Whether a reader is told that something cannot be relied on.
pub(crate) fn has_error(report: &QualityReport) -> bool {
    report.findings.iter().any(|finding| finding.severity == Severity::Error)
}
