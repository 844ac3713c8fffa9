use std::{
    collections::HashMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use async_trait::async_trait;
use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};

use crate::{
    Depth, FetchError, FilingList, FilingSource, answers,
    files::{Files, Packing},
    layout::{EdgarPath, TOP_FOLDERS},
};

/// Nothing that EDGAR holds as one file comes near; more is a mistake or a trap.
const LARGEST_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// Answers of EDGAR, saved: read from a folder or from memory, never from the network.
///
/// The layout is EDGAR's own: `files/company_tickers.json`, `submissions/CIK##########.json`,
/// `Archives/edgar/data/<cik>/<accession without dashes>/<document>`, and beside the documents
/// `<accession>-index.html`, which lists the exhibits. Each file may be compressed and then ends in `.zst` or `.gz`.
#[derive(Clone)]
pub struct Recording(Arc<Store>);

enum Store {
    Folder(PathBuf),
    Memory(HashMap<String, Vec<u8>>),
}

impl Recording {
    /// Reads from a folder; its files are looked up when they are asked for.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, FetchError> {
        let path = dir.into();
        let refused =
            |path: PathBuf, reason: &str| Err(FetchError::NotARecording { path, reason: reason.into() });
        if !path.exists() {
            return refused(path, "there is no such folder");
        }
        if !path.is_dir() {
            return refused(path, "it is not a folder");
        }
        if !TOP_FOLDERS.iter().any(|folder| path.join(folder).is_dir()) {
            return refused(path, "it has none of the folders files, submissions and Archives");
        }
        Ok(Self(Arc::new(Store::Folder(path))))
    }

    /// Reads from memory: bytes by their path with slashes, such as `files/company_tickers.json`.
    pub fn in_memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self(Arc::new(Store::Memory(files.into_iter().collect())))
    }
}

impl fmt::Debug for Recording {
    /// Without the files' content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_ref() {
            Store::Folder(path) => f.debug_tuple("Recording").field(path).finish(),
            Store::Memory(files) => write!(f, "Recording({} files in memory)", files.len()),
        }
    }
}

impl Store {
    fn read(&self, path: &EdgarPath) -> Result<Vec<u8>, FetchError> {
        for packing in Packing::ALL {
            let name = format!("{path}{}", packing.suffix());
            let unpacked = match self {
                Self::Folder(folder) => unpack_file(&folder.join(&name), packing),
                Self::Memory(files) => files
                    .get(&name)
                    .map(|stored| packing.unpack(stored.as_slice(), LARGEST_FILE_BYTES))
                    .transpose(),
            };
            match unpacked {
                Ok(None) => {}
                Ok(Some(bytes)) if bytes.len() as u64 > LARGEST_FILE_BYTES => {
                    return Err(FetchError::TooLarge { url: name, limit_bytes: LARGEST_FILE_BYTES });
                }
                Ok(Some(bytes)) => return Ok(bytes),
                Err(error) => return Err(self.unreadable(&name, &error)),
            }
        }
        Err(FetchError::NotInRecording { path: path.to_string() })
    }

    fn unreadable(&self, name: &str, error: &io::Error) -> FetchError {
        let path = match self {
            Self::Folder(folder) => folder.join(name),
            Self::Memory(_) => PathBuf::from(name),
        };
        FetchError::NotARecording { path, reason: format!("the file cannot be read ({error})") }
    }
}

/// `None` when there is no such file.
fn unpack_file(path: &Path, packing: Packing) -> io::Result<Option<Vec<u8>>> {
    match fs::File::open(path) {
        Ok(file) => packing.unpack(io::BufReader::new(file), LARGEST_FILE_BYTES).map(Some),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

#[async_trait]
impl Files for Recording {
    async fn read(&self, path: &EdgarPath) -> Result<Vec<u8>, FetchError> {
        let (store, wanted) = (Arc::clone(&self.0), path.clone());
        let read = tokio::task::spawn_blocking(move || store.read(&wanted)).await;
        read.unwrap_or_else(|stopped| {
            Err(FetchError::NotARecording { path: path.as_str().into(), reason: stopped.to_string() })
        })
    }

    fn name_of(&self, path: &EdgarPath) -> String {
        match self.0.as_ref() {
            Store::Folder(folder) => folder.join(path.as_str()).display().to_string(),
            Store::Memory(_) => path.to_string(),
        }
    }
}

#[async_trait]
impl FilingSource for Recording {
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
