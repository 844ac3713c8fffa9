use filing_model::Filing;
use jiff::civil::Date;

/// How many lists of older filings to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depth {
    /// Until it is clear which two filings a report compares, or that there are none.
    TwoAnnualReports,
    /// All of them.
    Everything,
}

/// What EDGAR lists of a company.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilingList {
    /// Filings of any form.
    pub filings: Vec<Filing>,
    /// Names it bore before, the latest first. Without those that differ from the next in case or punctuation alone.
    pub former_names: Vec<FormerName>,
    /// EDGAR's code of the industry (SIC), such as `3571`.
    pub industry: Option<String>,
}

impl From<Vec<Filing>> for FilingList {
    fn from(filings: Vec<Filing>) -> Self {
        Self { filings, ..Self::default() }
    }
}

/// A name that a company once bore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerName {
    /// As EDGAR writes it, mostly in capitals.
    pub name: String,
    /// The last day on which it filed under this name.
    pub until: Option<Date>,
}
