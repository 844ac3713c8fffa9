use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{AccessionNumber, Analysis, Company, Filing, Form, QualityReport, SectionDiff, Signal, Ticker};

/// Stands in every report.
pub const DISCLAIMER: &str = "This report is made by a program from public filings and may contain errors. \
It is not investment advice. The filings themselves are what counts.";

/// What a reader gets: what changed between two annual reports of one company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// See [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
    pub schema_version: u32,
    /// Names this report; a UUID.
    pub report_id: String,
    /// The symbol that was asked for; absent when two files on disk were compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ticker: Option<Ticker>,
    /// The filer.
    pub company: Company,
    /// The later filing.
    pub newer: FilingRef,
    /// The earlier filing.
    pub older: FilingRef,
    /// What changed, Item by Item in the order of the form.
    pub sections: Vec<SectionDiff>,
    /// What rules found without any model.
    pub signals: Vec<Signal>,
    /// What the analyzer says.
    pub analysis: Analysis,
    /// Whether it can be trusted.
    pub quality: QualityReport,
    /// What the reader should know of the pair of filings, such as an amendment that stands in for its original.
    pub notes: Vec<String>,
    /// The day the report was made.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub made_on: Date,
    /// From the request to the finished report, in seconds.
    pub generation_time_seconds: f64,
    /// See [`DISCLAIMER`].
    pub disclaimer: String,
}

/// Which filing a report speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FilingRef {
    /// The submission's number; absent for a file on disk.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub accession: Option<AccessionNumber>,
    /// The form type.
    pub form: Option<Form>,
    /// The day EDGAR took it; absent for a file on disk.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub filing_date: Option<Date>,
    /// The last day of the period it reports on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub period_end: Option<Date>,
    /// Where to read it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
}

impl FilingRef {
    /// The calendar year that names the fiscal year: a 52/53-week year may end some days into the next one.
    pub fn fiscal_year(&self) -> Option<i16> {
        let end = self.period_end?;
        Some(end.checked_sub(jiff::Span::new().days(7)).unwrap_or(end).year())
    }
}

impl From<&Filing> for FilingRef {
    fn from(filing: &Filing) -> Self {
        Self {
            accession: Some(filing.accession.clone()),
            form: Some(filing.form.clone()),
            filing_date: Some(filing.filing_date),
            period_end: filing.period_end,
            url: Some(format!(
                "https://www.sec.gov/Archives/edgar/data/{}/{}/{}",
                filing.cik,
                filing.accession.undashed(),
                filing.primary_document
            )),
        }
    }
}
