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

/// A real filing and the one before it as EDGAR has them, for the ticker `PAIR`; `None` when one of them is not there.
pub(crate) fn of_pair(filings: &RealFilings, name: &str) -> Option<TempDir> {
    let rows = filings.rows().unwrap();
    let newer = rows.iter().find(|row| row.name == name)?;
    let older = rows.iter().find(|row| Some(&row.name) == newer.previous.as_ref())?;
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
        "accessionNumber": column(accession),
        "filingDate": column(|row| row.period.clone().unwrap_or_default()),
        "reportDate": column(|row| row.period.clone().unwrap_or_default()),
        "form": column(|_| "10-K".to_owned()),
        "primaryDocument": column(document),
    });
    let submissions = json!({"name": newer.company, "filings": {"recent": recent, "files": []}});
    write("submissions/CIK0000000001.json", submissions.to_string().as_bytes());
    for row in both {
        let number = accession(row).replace('-', "");
        let bytes = filings.document(row).unwrap().bytes;
        write(&format!("Archives/edgar/data/1/{number}/{}", document(row)), &bytes);
    }
    Some(folder)
}

/// One of ours where the index does not know it.
fn accession(row: &Row) -> String {
    let year = row.fiscal_year.unwrap_or_default() % 100;
    row.accession.clone().unwrap_or_else(|| format!("0000000001-{year:02}-000001"))
}

fn document(row: &Row) -> String {
    Path::new(&row.file).file_stem().unwrap().to_string_lossy().into_owned()
}
