//! What a change is called, and what a signal is called.

use filing_model::{Category, Change, ChangeKind, FilingRef, Item, Materiality, Severity, Side, SignalKind};

/// What happened to a passage, as filters and labels tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    New,
    Removed,
    Modified,
    Moved,
    FiguresOnly,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] =
        [Self::New, Self::Removed, Self::Modified, Self::Moved, Self::FiguresOnly];

    pub(crate) fn of(change: &Change) -> Self {
        match change.kind {
            ChangeKind::Added => Self::New,
            ChangeKind::Removed => Self::Removed,
            ChangeKind::Moved => Self::Moved,
            ChangeKind::Modified if change.figures_only => Self::FiguresOnly,
            ChangeKind::Modified => Self::Modified,
        }
    }

    /// The word that stands beside the mark, since colour alone says nothing.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Removed => "Removed",
            Self::Modified => "Modified",
            Self::Moved => "Moved",
            Self::FiguresOnly => "Figures only",
        }
    }

    /// The class in the page, and the value of the filter.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::New => "a",
            Self::Removed => "d",
            Self::Modified => "m",
            Self::Moved => "v",
            Self::FiguresOnly => "f",
        }
    }

    /// The class of a heading that has such a change below it.
    pub(crate) fn class_of_heading(self) -> &'static str {
        match self {
            Self::New => "ka",
            Self::Removed => "kd",
            Self::Modified => "km",
            Self::Moved => "kv",
            Self::FiguresOnly => "kf",
        }
    }
}

/// The heading of a signal.
pub(crate) fn signal(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::AuditorChanged => "Auditor changed",
        SignalKind::MaterialWeakness => "Material weakness",
        SignalKind::ControlsNotEffective => "Controls not effective",
        SignalKind::GoingConcern => "Going-concern doubt",
        SignalKind::Restatement => "Restatement",
        SignalKind::AccountantDisagreement => "Item 9 is not empty",
        SignalKind::StaffComments => "Unresolved staff comments",
        SignalKind::LegalProceeding => "New legal matter",
        SignalKind::LegalProceedingEnded => "Legal matter ended",
        SignalKind::CyberIncident => "Cyber incident disclosed",
        SignalKind::CustomerConcentration => "Customer concentration",
        SignalKind::SegmentChanged => "Segments changed",
        SignalKind::RiskFactorAdded => "New risk factor",
        SignalKind::RiskFactorRemoved => "Risk factor removed",
        SignalKind::DividendChanged => "Dividend or share classes changed",
        SignalKind::PeriodChanged => "Unusual period",
        SignalKind::PromptInjection => "Text addressed to machines",
        _ => "Signal",
    }
}

pub(crate) fn category(category: Category) -> &'static str {
    match category {
        Category::Risk => "Risk",
        Category::Business => "Business",
        Category::Financial => "Financial",
        Category::Governance => "Governance",
        Category::Legal => "Legal",
        Category::Accounting => "Accounting",
        Category::Cyber => "Cyber",
    }
}

pub(crate) fn materiality(materiality: Materiality) -> &'static str {
    match materiality {
        Materiality::Low => "low",
        Materiality::Medium => "medium",
        Materiality::High => "high",
    }
}

pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Good to know",
        Severity::Warning => "Read with care",
        Severity::Error => "Not to be relied on",
    }
}

pub(crate) fn side(side: Side) -> &'static str {
    match side {
        Side::Older => "older filing",
        Side::Newer => "newer filing",
    }
}

/// `Item 7, older filing`; `This report` when it is about neither.
pub(crate) fn place(item: Option<Item>, filing: Option<Side>) -> String {
    match (item, filing) {
        (Some(item), Some(filing)) => format!("Item {item}, {}", side(filing)),
        (Some(item), None) => format!("Item {item}"),
        (None, Some(Side::Older)) => "Older filing".to_owned(),
        (None, Some(Side::Newer)) => "Newer filing".to_owned(),
        (None, None) => "This report".to_owned(),
    }
}

/// `fiscal 2025`, or which of the two it is when the period is not known.
pub(crate) fn year(filing: &FilingRef, side: Side) -> String {
    match (filing.fiscal_year(), side) {
        (Some(year), _) => format!("fiscal {year}"),
        (None, Side::Older) => "the older filing".to_owned(),
        (None, Side::Newer) => "the newer filing".to_owned(),
    }
}
