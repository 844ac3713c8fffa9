use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{AccessionNumber, Cik, Form, Ticker};

/// A filer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Company {
    /// The name EDGAR knows it by, or the one on the cover of its filing.
    pub name: String,
    /// EDGAR's number; absent when two files on disk were compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cik: Option<Cik>,
    /// The symbol that was asked for.
    #[serde(skip)]
    pub ticker: Option<Ticker>,
}

/// One submission to EDGAR, as its list of filings describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// The filer.
    pub cik: Cik,
    /// The submission's number.
    pub accession: AccessionNumber,
    /// The form type as filed.
    pub form: Form,
    /// The day EDGAR took it.
    pub filing_date: Date,
    /// The last day of the period it reports on.
    pub period_end: Option<Date>,
    /// The file name of the main document.
    pub primary_document: String,
}

/// The main document of a filing as it was fetched: bytes, not yet understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// File name, such as `aapl-20240928.htm`.
    pub name: String,
    /// HTML, plain text, or a full submission; never compressed.
    pub bytes: Vec<u8>,
    /// Exhibits at hand, such as the annual report in EX-13.
    pub exhibits: Vec<Exhibit>,
}

impl Document {
    /// A document without exhibits.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), exhibits: Vec::new() }
    }
}

/// A document filed beside the main one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit {
    /// The type as filed, such as `EX-13` or `EX-13.1`.
    pub kind: String,
    /// File name.
    pub name: String,
    /// HTML or plain text; never compressed.
    pub bytes: Vec<u8>,
}
