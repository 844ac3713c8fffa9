use std::path::PathBuf;

use sec_fetch::DEFAULT_CACHE_LIMIT_BYTES;
use secrecy::SecretString;
use url::Url;

use super::Reader;

/// Long enough for every question about a job, and for a pair of filings to be asked for again.
const DEFAULT_RETENTION_DAYS: u32 = 180;

pub(crate) const MEGABYTE: u64 = 1_000_000;

/// Where documents, jobs and reports are kept.
#[derive(Debug, Clone)]
pub(crate) struct StorageConfig {
    /// `DATA_DIR`.
    data_dir: Option<PathBuf>,
    /// `CACHE_MAX_MB`: beyond it the least recently used documents go.
    pub cache_limit_bytes: u64,
    /// `SUPABASE_URL` and `SUPABASE_SERVICE_KEY`: where jobs and reports are kept instead of SQLite.
    pub supabase: Option<SupabaseProject>,
    /// `RETENTION_DAYS`: jobs, callbacks and answers of models older than this are removed. 0 keeps them.
    pub retention_days: u32,
}

/// A project on Supabase.
#[derive(Debug, Clone)]
pub(crate) struct SupabaseProject {
    pub url: Url,
    pub key: SecretString,
}

/// There is no home folder to keep anything in.
#[derive(Debug, thiserror::Error)]
#[error("this machine names no cache folder")]
pub(crate) struct NoCacheFolder;

impl StorageConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            data_dir: reader.text("DATA_DIR").map(PathBuf::from),
            cache_limit_bytes: reader.number(
                "CACHE_MAX_MB",
                1..=1_000_000,
                DEFAULT_CACHE_LIMIT_BYTES / MEGABYTE,
            ) * MEGABYTE,
            supabase: supabase(reader),
            retention_days: reader.number("RETENTION_DAYS", 0..=36_500, DEFAULT_RETENTION_DAYS),
        }
    }

    /// `DATA_DIR`, or `./data`.
    pub(crate) fn server_dir(&self) -> PathBuf {
        self.data_dir.clone().unwrap_or_else(|| PathBuf::from("data"))
    }

    /// `DATA_DIR`, or the user's own cache folder, so that the command line leaves no traces where it is called.
    pub(crate) fn user_dir(&self) -> Result<PathBuf, NoCacheFolder> {
        match &self.data_dir {
            Some(dir) => Ok(dir.clone()),
            None => Ok(dirs::cache_dir().ok_or(NoCacheFolder)?.join("worker-http")),
        }
    }
}

fn supabase(reader: &mut Reader<'_>) -> Option<SupabaseProject> {
    match (reader.is_set("SUPABASE_URL"), reader.is_set("SUPABASE_SERVICE_KEY")) {
        (true, false) => reader.fault("SUPABASE_SERVICE_KEY", "must be set too when SUPABASE_URL is"),
        (false, true) => reader.fault("SUPABASE_URL", "must be set too when SUPABASE_SERVICE_KEY is"),
        _ => {}
    }
    let url = reader.base_url("SUPABASE_URL")?;
    Some(SupabaseProject { url, key: reader.secret("SUPABASE_SERVICE_KEY")? })
}
