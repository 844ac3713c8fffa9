//! Recordings for the worker to read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::json;
use tempfile::TempDir;
use testkit::{RealFilings, Row};

/// The invented company of the repository.
pub(crate) fn demo() -> PathBuf {
    testkit::fixtures().join("recordings/demo")
}

/// A pair of real filings as EDGAR has them.
pub(crate) fn of_pair(filings: &RealFilings, newer: &Row, older: &Row) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let tickers = json!({"0": {"cik_str": 1, "ticker": "PAIR", "title": newer.company}});
    write("files/company_tickers.json", tickers.to_string().as_bytes());
    let both = [newer, older];
    let column = |pick: fn(&Row) -> String| both.map(pick);
    let recent = json!({
        "accessionNumber": column(|row| row.accession.clone().unwrap_or_default()),
        "filingDate": column(|row| row.period.clone().unwrap_or_default()),
        "reportDate": column(|row| row.period.clone().unwrap_or_default()),
        "form": column(|_| "10-K".to_owned()),
        "primaryDocument": column(|row| document(row)),
    });
    let submissions = json!({"name": newer.company, "filings": {"recent": recent, "files": []}});
    write("submissions/CIK0000000001.json", submissions.to_string().as_bytes());
    for row in both {
        let number = row.accession.clone().unwrap_or_default().replace('-', "");
        let bytes = filings.document(row).unwrap().bytes;
        write(&format!("Archives/edgar/data/1/{number}/{}", document(row)), &bytes);
    }
    folder
}

fn document(row: &Row) -> String {
    let name = Path::new(&row.file).file_stem().unwrap().to_string_lossy().into_owned();
    name
}
