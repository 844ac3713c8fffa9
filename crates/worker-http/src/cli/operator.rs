//! What the operator's commands share.

use jiff::Timestamp;

use super::cache::span;
use crate::{
    app,
    config::Config,
    engine::{Engine, Ids},
};

/// There is none with this id.
#[derive(Debug, thiserror::Error)]
#[error("there is no {what} {id}")]
pub(crate) struct NotThere {
    pub what: &'static str,
    pub id: String,
}

/// Nothing has been kept in this folder yet, so a database must not be made in it either.
#[derive(Debug, thiserror::Error)]
#[error("no jobs are kept in {folder}")]
pub(crate) struct NoDatabase {
    folder: String,
}

/// The store of the worker that `serve` runs with the same settings.
pub(super) async fn engine(config: &Config) -> anyhow::Result<Engine> {
    let folder = config.storage.server_dir();
    if config.storage.supabase.is_none() && !app::database(&folder).is_file() {
        return Err(NoDatabase { folder: folder.display().to_string() }.into());
    }
    Ok(app::engine(&config.storage, &folder).await?)
}

impl Ids {
    /// The id, if the store can have one like it.
    pub(super) fn checked(self, id: &str) -> Result<&str, NotThere> {
        if self.fits(id) { Ok(id) } else { Err(NotThere { what: "UUID", id: id.to_owned() }) }
    }
}

/// `2 hours ago`
pub(super) fn ago(at: Timestamp) -> String {
    format!("{} ago", span(Timestamp::now().duration_since(at)))
}

/// Where a callback goes. Its path and its query may have secrets.
pub(super) fn origin(url: &str) -> String {
    url.parse::<url::Url>().map_or_else(|_| "?".to_owned(), |url| url.origin().ascii_serialization())
}
