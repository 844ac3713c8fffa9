//! The questions of a [`FilingSource`](crate::FilingSource), answered from files in EDGAR's layout.

use std::collections::HashSet;

use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};

use crate::{
    Depth, FetchError, FilingList, choose, exhibit_index,
    files::Files,
    layout::EdgarPath,
    nearest::nearest,
    submissions::{Columns, Submissions},
    tickers::TickerList,
};

/// A filing with more files of one kind is no annual report to shareholders; what is beyond is not fetched.
const MOST_EXHIBITS: usize = 20;

pub(crate) async fn resolve(files: &dyn Files, ticker: &Ticker) -> Result<Company, FetchError> {
    if let Ok(cik) = ticker.as_str().parse() {
        return company_by_number(files, ticker, cik).await;
    }
    let list = read(files, &EdgarPath::tickers(), TickerList::parse).await?;
    list.company(ticker).ok_or_else(|| FetchError::UnknownTicker {
        ticker: ticker.clone(),
        nearest: nearest(&list, ticker),
        list_read_at: files.tickers_read_at(),
    })
}

async fn company_by_number(files: &dyn Files, typed: &Ticker, cik: Cik) -> Result<Company, FetchError> {
    match read(files, &EdgarPath::submissions(cik), Submissions::parse).await {
        Ok(submissions) => {
            // The first is the one most shares are traded under; who has none is shown by number, without zeros.
            let ticker = submissions.tickers.into_iter().next().or_else(|| cik.to_string().parse().ok());
            let name = if submissions.name.is_empty() { format!("CIK {cik}") } else { submissions.name };
            Ok(Company { name, cik: Some(cik), ticker })
        }
        Err(absent) if absent.is_absence() => {
            Err(FetchError::UnknownTicker { ticker: typed.clone(), nearest: Vec::new(), list_read_at: None })
        }
        Err(error) => Err(error),
    }
}

pub(crate) async fn filing_list(files: &dyn Files, cik: Cik, depth: Depth) -> Result<FilingList, FetchError> {
    let submissions = read(files, &EdgarPath::submissions(cik), Submissions::parse).await?;
    let mut filings = submissions.recent(cik);
    for page in submissions.pages() {
        if depth == Depth::TwoAnnualReports && choose::is_decided(&filings) {
            break;
        }
        match read(files, &EdgarPath::submissions_page(&page.name)?, Columns::parse).await {
            Ok(columns) => filings.extend(columns.filings(cik)),
            // A recording holds the lists that were needed; what else there was is then all there is.
            Err(absent) if depth == Depth::Everything && absent.is_absence() => break,
            Err(error) => return Err(error),
        }
    }
    let mut seen = HashSet::new();
    filings.retain(|filing| seen.insert(filing.accession.clone()));
    filings.sort_by_key(|filing| std::cmp::Reverse(filing.filing_date));
    Ok(FilingList { filings, former_names: submissions.former_names(), industry: submissions.industry() })
}

pub(crate) async fn document(files: &dyn Files, filing: &Filing) -> Result<Document, FetchError> {
    let bytes = files.read(&EdgarPath::main_document(filing)?).await?;
    Ok(Document::new(&filing.primary_document, bytes))
}

pub(crate) async fn exhibits(
    files: &dyn Files,
    filing: &Filing,
    kind: &str,
) -> Result<Vec<Exhibit>, FetchError> {
    let page = files.read(&EdgarPath::index_page(filing)?).await?;
    let mut exhibits = Vec::new();
    for listed in
        exhibit_index::of_kind(&String::from_utf8_lossy(&page), kind).into_iter().take(MOST_EXHIBITS)
    {
        // A part that cannot be had leaves the others.
        let Ok(path) = EdgarPath::document(filing, &listed.name) else { continue };
        match files.read(&path).await {
            Ok(bytes) => exhibits.push(Exhibit { kind: listed.kind, name: listed.name, bytes }),
            Err(absent) if absent.is_absence() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(exhibits)
}

async fn read<T>(
    files: &dyn Files,
    path: &EdgarPath,
    parse: fn(&[u8]) -> Result<T, serde_json::Error>,
) -> Result<T, FetchError> {
    parse(&files.read(path).await?)
        .map_err(|source| FetchError::Unreadable { url: files.name_of(path), source })
}
