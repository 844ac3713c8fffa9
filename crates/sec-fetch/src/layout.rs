//! EDGAR's layout: where an answer lies on its hosts, in a recording and in the cache.

use std::fmt;

use filing_model::{Cik, Filing};

use crate::FetchError;

/// The place of one answer, such as `submissions/CIK0000320193.json`.
///
/// Made of numbers and plain file names alone, so that it never leads out of the folder it is joined to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EdgarPath {
    relative: String,
    kind: Kind,
}

/// What kind of answer it is; host and lifetime depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// The list of tickers.
    Tickers,
    /// A company's list of filings, or a page of its older ones.
    Submissions,
    /// A file of a filing; filings are never changed once accepted.
    Archive,
}

/// The folders of EDGAR's layout.
pub(crate) const TOP_FOLDERS: [&str; 3] = ["files", "submissions", "Archives"];

impl EdgarPath {
    pub(crate) fn tickers() -> Self {
        Self { relative: "files/company_tickers.json".to_owned(), kind: Kind::Tickers }
    }

    pub(crate) fn submissions(cik: Cik) -> Self {
        Self { relative: format!("submissions/CIK{}.json", cik.padded()), kind: Kind::Submissions }
    }

    /// A page of older filings by the name that the list gives it.
    pub(crate) fn submissions_page(name: &str) -> Result<Self, FetchError> {
        Ok(Self { relative: format!("submissions/{}", plain(name)?), kind: Kind::Submissions })
    }

    pub(crate) fn main_document(filing: &Filing) -> Result<Self, FetchError> {
        Self::document(filing, &filing.primary_document)
    }

    /// A file of the filing.
    pub(crate) fn document(filing: &Filing, name: &str) -> Result<Self, FetchError> {
        let relative =
            format!("Archives/edgar/data/{}/{}/{}", filing.cik, filing.accession.undashed(), plain(name)?);
        Ok(Self { relative, kind: Kind::Archive })
    }

    /// The page that lists the files of the filing with their types.
    pub(crate) fn index_page(filing: &Filing) -> Result<Self, FetchError> {
        Self::document(filing, &format!("{}-index.html", filing.accession))
    }

    /// With slashes, relative to a host or folder.
    pub(crate) fn as_str(&self) -> &str {
        &self.relative
    }

    #[cfg(feature = "edgar")]
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }
}

impl fmt::Display for EdgarPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.relative)
    }
}

/// Names come from answers: one that could lead to another folder, host or query is refused.
fn plain(name: &str) -> Result<&str, FetchError> {
    let fits = !name.is_empty()
        && name.len() <= 200
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_graphic() && !"/\\:*?\"<>|%#".contains(c));
    if fits {
        return Ok(name);
    }
    Err(FetchError::UnsafeName { name: name.chars().filter(|c| !c.is_control()).take(80).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let odd = [
            "",
            ".",
            "..",
            "../a.htm",
            "/etc/passwd",
            "a/b.htm",
            "a\\b.htm",
            "C:a.htm",
            "a?b",
            "a#b",
            "%2e%2e",
            ".hidden",
            "a\0b",
            "a b",
        ];
        for name in odd {
            assert!(EdgarPath::submissions_page(name).is_err(), "{name:?}");
        }
        assert!(EdgarPath::submissions_page(&"a".repeat(201)).is_err());
    }

    #[test]
    fn names_that_edgar_gives_are_taken() {
        for name in ["CIK0000320193-submissions-001.json", "a10-k20199282019.htm", "d10k.txt", "ex13_1~2.htm"]
        {
            assert!(EdgarPath::submissions_page(name).is_ok(), "{name:?}");
        }
    }
}
