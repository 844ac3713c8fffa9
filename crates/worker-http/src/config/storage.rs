use std::path::PathBuf;

use sec_fetch::DEFAULT_CACHE_LIMIT_BYTES;

use super::Reader;

pub(crate) const MEGABYTE: u64 = 1_000_000;

/// Where documents, jobs and reports are kept.
#[derive(Debug, Clone)]
pub(crate) struct StorageConfig {
    /// `DATA_DIR`.
    data_dir: Option<PathBuf>,
    /// `CACHE_MAX_MB`: beyond it the least recently used documents go.
    pub cache_limit_bytes: u64,
    /// `SUPABASE_URL` and `SUPABASE_SERVICE_KEY` are set.
    pub names_supabase: bool,
}

/// There is no home folder to keep anything in.
#[derive(Debug, thiserror::Error)]
#[error("this machine names no cache folder")]
pub(crate) struct NoCacheFolder;

impl StorageConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        match (reader.is_set("SUPABASE_URL"), reader.is_set("SUPABASE_SERVICE_KEY")) {
            (true, false) => reader.fault("SUPABASE_SERVICE_KEY", "must be set too when SUPABASE_URL is"),
            (false, true) => reader.fault("SUPABASE_URL", "must be set too when SUPABASE_SERVICE_KEY is"),
            _ => {}
        }
        Self {
            data_dir: reader.text("DATA_DIR").map(PathBuf::from),
            cache_limit_bytes: reader.number(
                "CACHE_MAX_MB",
                1..=1_000_000,
                DEFAULT_CACHE_LIMIT_BYTES / MEGABYTE,
            ) * MEGABYTE,
            names_supabase: reader.is_set("SUPABASE_URL"),
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
