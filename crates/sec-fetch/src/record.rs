use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};

use crate::{
    Depth, Edgar, FetchError, FilingList, FilingSource, Recording, Years, annual_pair, answers,
    files::{Files, write_whole},
    layout::{EdgarPath, Kind},
    tickers::TickerList,
};

/// The annual report to shareholders, to which Items may point.
const RECORDED_EXHIBIT: &str = "EX-13";

/// Saves what EDGAR answers for a company as a recording that [`Recording`](crate::Recording) reads.
///
/// Saved are its list of filings, both documents of the pair, the index pages, the annual reports to shareholders
/// (EX-13), and the list of tickers reduced to this company and those that the folder already holds. Gives the files.
pub async fn record(
    edgar: &Edgar,
    ticker: &Ticker,
    years: &Years,
    to: &Path,
) -> Result<Vec<PathBuf>, FetchError> {
    let listener = Listener { edgar, heard: Mutex::default() };
    // Asked for even when a number was typed: without it the recording would not know its own company's ticker.
    let tickers = edgar.read(&EdgarPath::tickers()).await?;
    let pair = annual_pair(&listener, ticker, years).await?;
    for filing in [&pair.newer, &pair.older] {
        listener.document(filing).await?;
        match listener.exhibits(filing, RECORDED_EXHIBIT).await {
            Err(error) if !error.is_absence() => return Err(error),
            _ => {}
        }
    }
    let mut answers = listener.heard.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(cik) = pair.company.cik {
        let list = reduced(edgar, &tickers, cik, to).await?;
        answers.insert(EdgarPath::tickers(), list.into_bytes());
    }
    let to = to.to_owned();
    let saved = tokio::task::spawn_blocking(move || save(&to, &answers)).await;
    saved.unwrap_or_else(|stopped| {
        Err(FetchError::Cache { path: PathBuf::new(), source: io::Error::other(stopped) })
    })
}

/// The list of tickers with this company alone, after those that were recorded before.
async fn reduced(edgar: &Edgar, tickers: &[u8], cik: Cik, to: &Path) -> Result<String, FetchError> {
    let path = EdgarPath::tickers();
    let unreadable = |url, source| FetchError::Unreadable { url, source };
    let mut own = TickerList::parse(tickers).map_err(|source| unreadable(edgar.name_of(&path), source))?;
    own.keep(cik);
    let mut list = match recorded(to, &path).await? {
        Some(json) => TickerList::parse(&json)
            .map_err(|source| unreadable(to.join(path.as_str()).display().to_string(), source))?,
        None => TickerList::default(),
    };
    list.append(own);
    Ok(list.to_json())
}

/// What the folder already holds, compressed or not; a folder that is no recording yet holds nothing.
async fn recorded(folder: &Path, path: &EdgarPath) -> Result<Option<Vec<u8>>, FetchError> {
    let Ok(recording) = Recording::open(folder) else { return Ok(None) };
    match recording.read(path).await {
        Err(absent) if absent.is_absence() => Ok(None),
        read => read.map(Some),
    }
}

fn save(to: &Path, answers: &BTreeMap<EdgarPath, Vec<u8>>) -> Result<Vec<PathBuf>, FetchError> {
    let mut saved = Vec::new();
    for (path, bytes) in answers {
        let file = to.join(path.as_str());
        write_whole(&file, bytes).map_err(|source| FetchError::Cache { path: file.clone(), source })?;
        saved.push(file);
    }
    Ok(saved)
}

/// Asks EDGAR and remembers what it answered.
struct Listener<'a> {
    edgar: &'a Edgar,
    heard: Mutex<BTreeMap<EdgarPath, Vec<u8>>>,
}

#[async_trait]
impl Files for Listener<'_> {
    async fn read(&self, path: &EdgarPath) -> Result<Vec<u8>, FetchError> {
        let bytes = self.edgar.read(path).await?;
        // The list of tickers is saved reduced, by itself.
        if path.kind() != Kind::Tickers {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.insert(path.clone(), bytes.clone());
        }
        Ok(bytes)
    }

    fn name_of(&self, path: &EdgarPath) -> String {
        self.edgar.name_of(path)
    }
}

#[async_trait]
impl FilingSource for Listener<'_> {
    async fn resolve(&self, ticker: &Ticker) -> Result<Company, FetchError> {
        answers::resolve(self, ticker).await
    }

    async fn filings(&self, cik: Cik) -> Result<Vec<Filing>, FetchError> {
        Ok(answers::filing_list(self, cik, Depth::TwoAnnualReports).await?.filings)
    }

    async fn filing_list(&self, cik: Cik, depth: Depth) -> Result<FilingList, FetchError> {
        answers::filing_list(self, cik, depth).await
    }

    async fn document(&self, filing: &Filing) -> Result<Document, FetchError> {
        answers::document(self, filing).await
    }

    async fn exhibits(&self, filing: &Filing, kind: &str) -> Result<Vec<Exhibit>, FetchError> {
        answers::exhibits(self, filing, kind).await
    }
}
