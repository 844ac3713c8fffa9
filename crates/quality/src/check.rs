use filing_model::{
    Analysis, Company, Extraction, FilingRef, Item, QualityFinding, SectionDiff, Severity, Side,
};

use crate::Dossier;

/// All that a check may look at.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// What was found in the earlier filing.
    pub older: &'a Extraction,
    /// What was found in the later filing.
    pub newer: &'a Extraction,
    /// The filer that was asked for.
    pub company: &'a Company,
    /// The later filing that was asked for.
    pub newer_filing: &'a FilingRef,
    /// The earlier filing that was asked for.
    pub older_filing: &'a FilingRef,
    /// What changed, Item by Item.
    pub sections: &'a [SectionDiff],
    /// What the analyzer said.
    pub analysis: &'a Analysis,
}

impl<'a> Evidence<'a> {
    pub(crate) const SIDES: [Side; 2] = [Side::Newer, Side::Older];

    pub(crate) fn extraction(&self, side: Side) -> &'a Extraction {
        match side {
            Side::Older => self.older,
            Side::Newer => self.newer,
        }
    }

    pub(crate) fn filing(&self, side: Side) -> &'a FilingRef {
        match side {
            Side::Older => self.older_filing,
            Side::Newer => self.newer_filing,
        }
    }

    /// From the list of filings, or else from the cover.
    pub(crate) fn period_end(&self, side: Side) -> Option<jiff::civil::Date> {
        self.filing(side).period_end.or(self.extraction(side).period_end)
    }
}

/// One thing that may be wrong with a report.
///
/// A check is sure or silent about refunds: it asks for one only where the fault is ours, not the filer's way.
pub trait Check: Send + Sync {
    /// In lower case with underscores, such as `section_cut`.
    fn name(&self) -> &'static str;

    /// What is wrong; nothing when all is well.
    fn run(&self, evidence: &Dossier<'_>) -> Vec<QualityFinding>;
}

/// A fault of ours: the token is owed back.
pub(crate) fn fault(check: &impl Check, at: Place, statement: impl Into<String>) -> QualityFinding {
    finding(check, at, Severity::Error, statement.into())
}

/// Something not to be relied on, of which we cannot say that it is a fault of ours.
pub(crate) fn error(check: &impl Check, at: Place, statement: impl Into<String>) -> QualityFinding {
    QualityFinding { refund: false, ..finding(check, at, Severity::Error, statement.into()) }
}

/// Something to read with care.
pub(crate) fn warning(check: &impl Check, at: Place, statement: impl Into<String>) -> QualityFinding {
    finding(check, at, Severity::Warning, statement.into())
}

/// Something good to know.
pub(crate) fn remark(check: &impl Check, at: Place, statement: impl Into<String>) -> QualityFinding {
    finding(check, at, Severity::Info, statement.into())
}

/// The Item and the filing that a finding is about, where it is about one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    item: Option<Item>,
    side: Option<Side>,
}

impl Place {
    pub(crate) fn whole_report() -> Self {
        Self::default()
    }

    pub(crate) fn item(item: Item) -> Self {
        Self { item: Some(item), side: None }
    }

    pub(crate) fn side(side: Side) -> Self {
        Self { item: None, side: Some(side) }
    }

    pub(crate) fn on(self, side: Side) -> Self {
        Self { side: Some(side), ..self }
    }
}

fn finding(check: &impl Check, at: Place, severity: Severity, statement: String) -> QualityFinding {
    QualityFinding {
        check: check.name().into(),
        item: at.item,
        side: at.side,
        severity,
        statement,
        refund: severity == Severity::Error,
        basis: None,
    }
}

/// Says what a finding is based on.
pub(crate) trait Based {
    /// What was measured, and what is usual.
    fn based_on(self, basis: impl Into<String>) -> Self;
}

impl Based for QualityFinding {
    fn based_on(self, basis: impl Into<String>) -> Self {
        Self { basis: Some(basis.into()), ..self }
    }
}

/// `newer`, `older`.
pub(crate) fn name(side: Side) -> &'static str {
    match side {
        Side::Older => "older",
        Side::Newer => "newer",
    }
}

/// The other filing.
pub(crate) fn other(side: Side) -> Side {
    match side {
        Side::Older => Side::Newer,
        Side::Newer => Side::Older,
    }
}
