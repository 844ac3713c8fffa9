use super::stdout;
use crate::http;

/// Prints the document that tells programs of the worker.
pub(super) fn run() -> anyhow::Result<()> {
    Ok(stdout::line(&http::openapi_document().to_pretty_json()?)?)
}
