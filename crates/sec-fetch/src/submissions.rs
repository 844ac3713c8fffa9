//! EDGAR's list of a company's filings: columns of equal length, of which only some are needed.

use filing_model::{AccessionNumber, Cik, Filing, Form};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// What is read of `submissions/CIK##########.json`.
#[derive(Deserialize)]
pub(crate) struct Submissions {
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(crate) tickers: Vec<String>,
    #[serde(default)]
    pub(crate) filings: Lists,
}

/// The latest filings, and where the older ones are listed.
#[derive(Default, Deserialize)]
pub(crate) struct Lists {
    #[serde(default)]
    pub(crate) recent: Columns,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(crate) files: Vec<Page>,
}

/// A list of older filings; the answer to its name is the bare [`Columns`].
#[derive(Deserialize)]
pub(crate) struct Page {
    pub(crate) name: String,
}

/// One row per filing, column by column. Columns come and go over the years; those that are missing or too short
/// read as empty.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Columns {
    accession_number: Vec<Value>,
    filing_date: Vec<Value>,
    report_date: Vec<Value>,
    form: Vec<Value>,
    primary_document: Vec<Value>,
}

impl Columns {
    /// The rows in the order of the list; one without number, form or date is left out.
    pub(crate) fn filings(&self, cik: Cik) -> impl Iterator<Item = Filing> + '_ {
        (0..self.accession_number.len()).filter_map(move |row| self.filing(cik, row))
    }

    fn filing(&self, cik: Cik, row: usize) -> Option<Filing> {
        let accession: AccessionNumber = text(&self.accession_number, row)?.parse().ok()?;
        // Before 2001 the list names no main document; the full submission then holds it.
        let primary_document =
            text(&self.primary_document, row).map_or_else(|| format!("{accession}.txt"), str::to_owned);
        Some(Filing {
            cik,
            form: Form::from(text(&self.form, row)?),
            filing_date: date(&self.filing_date, row)?,
            period_end: date(&self.report_date, row),
            primary_document,
            accession,
        })
    }
}

fn text(column: &[Value], row: usize) -> Option<&str> {
    column.get(row)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn date(column: &[Value], row: usize) -> Option<Date> {
    text(column, row)?.parse().ok()
}

fn null_is_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    fn read(json: &str) -> Vec<String> {
        let columns: Columns = serde_json::from_str(json).unwrap();
        let cik = Cik::try_from(9_000_001).unwrap();
        columns
            .filings(cik)
            .map(|filing| {
                let period = filing.period_end.map(|end| end.to_string()).unwrap_or_default();
                format!("{} {} [{period}] {}", filing.form, filing.filing_date, filing.primary_document)
            })
            .collect()
    }

    #[test]
    fn new_columns_and_short_ones_do_no_harm() {
        let rows = read(
            r#"{"accessionNumber": ["0009000001-26-000003", "0009000001-26-000002", "0009000001-98-000001"],
                "filingDate": ["2026-02-20", "2026-02-19", "1998-03-30"],
                "reportDate": ["2025-12-31", ""],
                "form": ["10-K", "8-K", "10-K405"],
                "primaryDocument": ["a.htm", "b.htm", ""],
                "isXBRLNumeric": [null, 1, "?"], "core_type": ["10-K"]}"#,
        );
        assert_eq!(
            rows,
            [
                "10-K 2026-02-20 [2025-12-31] a.htm",
                "8-K 2026-02-19 [] b.htm",
                "10-K405 1998-03-30 [] 0009000001-98-000001.txt"
            ]
        );
    }

    #[test]
    fn a_row_that_cannot_be_read_is_left_out_alone() {
        let rows = read(
            r#"{"accessionNumber": ["nonsense", null, "0009000001-26-000002", "0009000001-26-000001"],
                "filingDate": ["2026-02-20", "2026-02-20", "20 February", "2026-02-17"],
                "form": ["10-K", "10-K", "10-K", "10-Q"]}"#,
        );
        assert_eq!(rows, ["10-Q 2026-02-17 [] 0009000001-26-000001.txt"]);
    }

    #[test]
    fn missing_and_null_parts_are_empty() {
        for json in ["{}", r#"{"name": "A", "tickers": null, "filings": {"files": null}}"#] {
            let submissions: Submissions = serde_json::from_str(json).unwrap();
            assert!(submissions.filings.files.is_empty() && submissions.tickers.is_empty());
        }
    }
}
