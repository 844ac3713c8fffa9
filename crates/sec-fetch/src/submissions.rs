//! EDGAR's list of a company's filings: columns of equal length, of which only some are needed.

use std::cmp::Reverse;

use filing_model::{AccessionNumber, Cik, Filing, Form, Ticker};
use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::Value;

use crate::{FormerName, names};

/// What is read of `submissions/CIK##########.json`. What is odd beside the columns is left out; without the columns
/// that a choice needs it is no such answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Submissions {
    /// Empty where EDGAR names none.
    #[serde(default, deserialize_with = "or_default")]
    pub(crate) name: String,
    #[serde(default, deserialize_with = "the_readable")]
    pub(crate) tickers: Vec<Ticker>,
    #[serde(default, deserialize_with = "the_readable")]
    former_names: Vec<Formerly>,
    #[serde(default, deserialize_with = "or_default")]
    sic: String,
    filings: Lists,
}

#[derive(Deserialize)]
struct Lists {
    recent: Columns,
    #[serde(default, deserialize_with = "the_readable")]
    files: Vec<Page>,
}

#[derive(Deserialize)]
struct Formerly {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    to: String,
}

/// A list of older filings; the answer to its name is the bare [`Columns`].
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page {
    pub(crate) name: String,
    #[serde(default, deserialize_with = "or_default")]
    filing_to: Option<Date>,
}

/// One row per filing, column by column. Columns come and go over the years, so that few are insisted on; those that
/// are too short read as empty.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Columns {
    accession_number: Vec<Value>,
    filing_date: Vec<Value>,
    form: Vec<Value>,
    #[serde(default, deserialize_with = "or_default")]
    report_date: Vec<Value>,
    #[serde(default, deserialize_with = "or_default")]
    primary_document: Vec<Value>,
}

impl Submissions {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, serde_json::Error> {
        let answer: Self = serde_json::from_slice(json)?;
        answer.filings.recent.refuse_if_unreadable()?;
        Ok(answer)
    }

    pub(crate) fn recent(&self, cik: Cik) -> Vec<Filing> {
        self.filings.recent.filings(cik).collect()
    }

    /// The lists of older filings, the latest first: in EDGAR's order where it does not say until when they go.
    pub(crate) fn pages(&self) -> Vec<Page> {
        let mut pages = self.filings.files.clone();
        if pages.iter().all(|page| page.filing_to.is_some()) {
            pages.sort_by_key(|page| Reverse(page.filing_to));
        }
        pages
    }

    /// The latest first; what differs from the name that followed in spelling alone is left out.
    pub(crate) fn former_names(&self) -> Vec<FormerName> {
        let mut former: Vec<FormerName> = self
            .former_names
            .iter()
            .map(|former| FormerName { name: former.name.trim().to_owned(), until: day(&former.to) })
            .collect();
        former.sort_by_key(|former| Reverse(former.until));
        let mut next = names::essence(&self.name);
        former.retain(|former| {
            let essence = names::essence(&former.name);
            let differs = !essence.is_empty() && essence != next;
            next = essence;
            differs
        });
        former
    }

    pub(crate) fn industry(&self) -> Option<String> {
        let code = self.sic.trim();
        (!code.is_empty()).then(|| code.to_owned())
    }
}

impl Columns {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, serde_json::Error> {
        let columns: Self = serde_json::from_slice(json)?;
        columns.refuse_if_unreadable()?;
        Ok(columns)
    }

    /// The rows in the order of the list; one without number, form or date is left out.
    pub(crate) fn filings(&self, cik: Cik) -> impl Iterator<Item = Filing> + '_ {
        (0..self.accession_number.len()).filter_map(move |row| self.filing(cik, row))
    }

    /// A row that is odd costs that filing. Where all are, the list has changed, and nobody is to be told that a
    /// company filed nothing.
    fn refuse_if_unreadable(&self) -> Result<(), serde_json::Error> {
        let no_filer = Cik::try_from(1).map_err(serde_json::Error::custom)?;
        if self.accession_number.is_empty() || self.filings(no_filer).next().is_some() {
            return Ok(());
        }
        Err(serde_json::Error::custom("no row has an accession number, a form and a date"))
    }

    fn filing(&self, cik: Cik, row: usize) -> Option<Filing> {
        let accession: AccessionNumber =
            text(&self.accession_number, row).filter(|number| number.is_ascii())?.parse().ok()?;
        let filing_date = text(&self.filing_date, row).and_then(day)?;
        // Before 2001 the list names no main document; the full submission then holds it.
        let primary_document =
            text(&self.primary_document, row).map_or_else(|| format!("{accession}.txt"), str::to_owned);
        // Nobody reports on a period that is not over: such a date is a slip of the filer's pen.
        let period_end = text(&self.report_date, row).and_then(day).filter(|end| *end <= filing_date);
        Some(Filing {
            cik,
            form: Form::from(text(&self.form, row)?),
            filing_date,
            period_end,
            primary_document,
            accession,
        })
    }
}

fn text(column: &[Value], row: usize) -> Option<&str> {
    column.get(row)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// `2019-08-05`, also where a time of day follows.
fn day(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

/// What has another type than it should, such as null, reads as nothing.
fn or_default<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).unwrap_or_default())
}

/// The members of a list that can be read; of what is no list there are none.
fn the_readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let Value::Array(members) = Value::deserialize(deserializer)? else { return Ok(Vec::new()) };
    Ok(members.into_iter().filter_map(|member| serde_json::from_value(member).ok()).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;

    fn read(json: &str) -> Vec<String> {
        let columns = Columns::parse(json.as_bytes()).unwrap();
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
    fn columns_that_are_not_insisted_on_may_be_null_or_odd() {
        for odd in ["null", "{}", "7", "[null, 7]"] {
            let rows = read(&format!(
                r#"{{"accessionNumber": ["0009000001-26-000003"], "filingDate": ["2026-02-20"], "form": ["10-K"],
                    "reportDate": {odd}, "primaryDocument": {odd}}}"#
            ));
            assert_eq!(rows, ["10-K 2026-02-20 [] 0009000001-26-000003.txt"], "{odd}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_is_left_out_alone() {
        let rows = read(
            r#"{"accessionNumber": ["nonsense", null, "0009000001-26-000002", "000000000ä25-000079", "0009000001-26-000001"],
                "filingDate": ["2026-02-20", "2026-02-20", "20 February", "2026-02-18", "2026-02-17"],
                "form": ["10-K", "10-K", "10-K", "10-K", "10-Q"]}"#,
        );
        assert_eq!(rows, ["10-Q 2026-02-17 [] 0009000001-26-000001.txt"]);
    }

    #[test]
    fn a_period_that_ends_after_the_report_is_none() {
        let rows = read(
            r#"{"accessionNumber": ["0009000001-26-000002", "0009000001-26-000001"],
                "filingDate": ["2026-02-20", "2026-02-17"], "reportDate": ["2052-12-31", "2026-02-17"],
                "form": ["10-K", "8-K"], "primaryDocument": ["a.htm", "b.htm"]}"#,
        );
        assert_eq!(rows, ["10-K 2026-02-20 [] a.htm", "8-K 2026-02-17 [2026-02-17] b.htm"]);
    }

    #[test]
    fn what_has_not_the_columns_is_no_list_of_filings() {
        let columns = r#"{"accessionNumber": [], "filingDate": [], "form": []}"#;
        assert!(Columns::parse(columns.as_bytes()).is_ok());
        for odd in [
            "{}",
            "[]",
            r#"{"accessionNumber": null, "filingDate": [], "form": []}"#,
            r#"{"accessionNumber": ["x"], "filingDate": ["y"], "form": ["10-K"]}"#,
        ] {
            assert!(Columns::parse(odd.as_bytes()).is_err(), "{odd}");
            let submissions = format!(r#"{{"name": "A", "filings": {{"recent": {odd}, "files": []}}}}"#);
            assert!(Submissions::parse(submissions.as_bytes()).is_err(), "{odd}");
        }
        assert!(Submissions::parse(br#"{"name": "A"}"#).is_err());
    }

    /// An answer with these members before its empty list.
    fn answer(members: &str, files: &str) -> Submissions {
        let recent = r#"{"accessionNumber": [], "filingDate": [], "form": []}"#;
        let json = format!(r#"{{{members} "filings": {{"recent": {recent}, "files": {files}}}}}"#);
        Submissions::parse(json.as_bytes()).unwrap()
    }

    #[test]
    fn odd_members_are_left_out() {
        let odd =
            r#""name": null, "tickers": [null, "ok", 7, "NOT A TICKER"], "formerNames": "?", "sic": 6189,"#;
        for (members, files) in [("", "null"), (odd, r#"[null, {"filingTo": "2012-02-01"}, 7]"#)] {
            let submissions = answer(members, files);
            assert!(submissions.name.is_empty() && submissions.former_names().is_empty());
            assert!(submissions.pages().is_empty() && submissions.industry().is_none());
            assert!(submissions.tickers.len() <= 1);
        }
    }

    #[test]
    fn former_names_are_those_that_differ_in_more_than_spelling() {
        let names = answer(
            r#""name": "Brightwater Inc.", "formerNames": [
                {"name": "OLD MILL CORP /DE/", "from": "1999-01-01T00:00:00.000Z", "to": "2003-05-05T00:00:00.000Z"},
                {"name": "BRIGHTWATER INC", "from": "2007-01-10T00:00:00.000Z", "to": "2019-08-05T00:00:00.000Z"},
                {"name": "OLD MILL CORP", "from": null, "to": "2007-01-04T00:00:00.000Z"},
                {"name": "Mill & Sons", "to": null}],"#,
            "[]",
        )
        .former_names();
        let names: Vec<String> =
            names.iter().map(|former| format!("{} {:?}", former.name, former.until)).collect();
        assert_eq!(names, ["OLD MILL CORP Some(2007-01-04)", "Mill & Sons None"]);
    }

    #[test]
    fn the_latest_of_the_older_lists_comes_first() {
        let names = |files: &str| -> Vec<String> {
            answer("", files).pages().into_iter().map(|page| page.name).collect()
        };
        let dated = r#"[{"name": "a", "filingTo": "2012-02-01"}, {"name": "b", "filingTo": "2019-02-01"}]"#;
        assert_eq!(names(dated), ["b", "a"]);
        assert_eq!(names(r#"[{"name": "a"}, {"name": "b", "filingTo": "2019-02-01"}]"#), ["a", "b"]);
    }
}
