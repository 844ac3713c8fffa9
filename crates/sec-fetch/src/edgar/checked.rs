//! Whether an answer that came whole is what was asked for.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{body::Body, ending, refusal};
use crate::{
    FetchError,
    cache::Packed,
    layout::Kind,
    submissions::{Columns, Submissions},
    tickers::TickerList,
};

/// What an answer turned out to be.
pub(super) enum Checked {
    /// `packed` is absent when its end is missing, and was missing before.
    Whole { bytes: Vec<u8>, packed: Option<Packed> },
    /// A page that EDGAR answers to clients it refuses.
    Refusal(String),
    /// The end is missing; to be asked for again.
    Suspect(Suspect),
}

/// A document that did not end as it began, to be known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Suspect {
    length: usize,
    hash: u64,
    end_is_certain: bool,
}

/// Unpacks and looks at both ends; lists are read through. Takes some time for large answers.
pub(super) fn check(
    body: Body,
    kind: Kind,
    url: &str,
    suspect: Option<Suspect>,
) -> Result<Checked, FetchError> {
    let cut = || FetchError::Cut { url: url.to_owned() };
    let bytes = body.packed.unpack().map_err(|_| cut())?;
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    if refusal::is_refusal(&beginning) {
        return Ok(Checked::Refusal(beginning.into_owned()));
    }
    if let Err(source) = read_list(kind, &bytes) {
        let url = url.to_owned();
        return Err(if source.is_eof() { cut() } else { FetchError::Unreadable { url, source } });
    }
    if ending::is_closed(&bytes) {
        return Ok(Checked::Whole { bytes, packed: Some(body.packed) });
    }
    let now = Suspect::of(&bytes, body.end_is_certain);
    // Cut at the very same byte twice, and measured as such: the filer left its end out. It is read, but not kept.
    if now.end_is_certain && suspect == Some(now) {
        tracing::warn!(url, "a document without its end is taken as it was filed");
        return Ok(Checked::Whole { bytes, packed: None });
    }
    Ok(Checked::Suspect(now))
}

/// A list that cannot be read must not stay in the cache until it is old.
fn read_list(kind: Kind, bytes: &[u8]) -> Result<(), serde_json::Error> {
    match kind {
        Kind::Tickers => TickerList::parse(bytes).map(drop),
        Kind::Submissions => Submissions::parse(bytes).map(drop).or_else(|_| Columns::parse(bytes).map(drop)),
        Kind::Archive => Ok(()),
    }
}

impl Suspect {
    fn of(bytes: &[u8], end_is_certain: bool) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self { length: bytes.len(), hash: hasher.finish(), end_is_certain }
    }
}
