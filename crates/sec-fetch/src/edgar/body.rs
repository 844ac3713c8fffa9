//! Reads an answer piece by piece, so that neither its length nor its end is taken on trust.

use std::io::{self, Read, Write};

use flate2::{read, write};
use reqwest::{Response, Version, header};

use super::send::failed;
use crate::{
    FetchError,
    cache::{Packed, Packer},
};

/// An answer that came whole as far as HTTP and gzip can tell.
pub(super) struct Body {
    pub(super) packed: Packed,
    /// Whether its end was announced. If not, a connection that broke looks like one that was closed at the end.
    pub(super) end_is_certain: bool,
}

/// The whole body, unpacked. An answer that ends before its time is an error, never a shorter document.
pub(super) async fn whole(mut response: Response, url: &str, limit_bytes: u64) -> Result<Body, FetchError> {
    let too_large = || FetchError::TooLarge { url: url.to_owned(), limit_bytes };
    let announced = response.content_length();
    if announced.is_some_and(|length| length > limit_bytes) {
        return Err(too_large());
    }
    let is_gzip = is_gzip(&response);
    let mut unpacker = Unpacker::new(is_gzip, limit_bytes).map_err(|error| cut(url, &error))?;
    // HTTP itself fails when there is less than was announced, gzip when its end is missing.
    let end_is_certain = announced.is_some()
        || is_gzip
        || response.version() >= Version::HTTP_2
        || response.headers().contains_key(header::TRANSFER_ENCODING);
    while let Some(piece) = response.chunk().await.map_err(|error| broken(url, error))? {
        if let Err(error) = unpacker.write(&piece) {
            return Err(if unpacker.is_beyond_limit() { too_large() } else { cut(url, &error) });
        }
    }
    if let Err(error) = unpacker.end() {
        return Err(if unpacker.is_beyond_limit() { too_large() } else { cut(url, &error) });
    }
    let packed = unpacker.finish().map_err(|error| cut(url, &error))?;
    if packed.is_empty() {
        return Err(cut(url, &io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(Body { packed, end_is_certain })
}

/// The beginning of the body of a refusal; whatever can be had of it.
pub(super) async fn beginning(mut response: Response) -> String {
    const ENOUGH: usize = 16 * 1024;
    let is_gzip = is_gzip(&response);
    let mut sent = Vec::new();
    while sent.len() < ENOUGH {
        let Ok(Some(piece)) = response.chunk().await else { break };
        sent.extend_from_slice(&piece);
    }
    if is_gzip {
        let mut unpacked = Vec::new();
        let _up_to_where_it_is_cut =
            read::GzDecoder::new(sent.as_slice()).take(ENOUGH as u64).read_to_end(&mut unpacked);
        sent = unpacked;
    }
    String::from_utf8_lossy(&sent).into_owned()
}

fn is_gzip(response: &Response) -> bool {
    let encoding = response.headers().get(header::CONTENT_ENCODING);
    encoding.is_some_and(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"gzip"))
}

fn broken(url: &str, error: reqwest::Error) -> FetchError {
    if error.is_timeout() {
        return failed(url, error);
    }
    cut(url, &io::Error::other(error.without_url()))
}

fn cut(url: &str, error: &io::Error) -> FetchError {
    if error.kind() == io::ErrorKind::StorageFull {
        return FetchError::Cache { path: std::env::temp_dir(), source: error.kind().into() };
    }
    tracing::debug!(url, %error, "answer broke off");
    FetchError::Cut { url: url.to_owned() }
}

/// Undoes the compression of the transfer; the limit is on what comes out.
enum Unpacker {
    Plain(Packer),
    Gzip(Box<write::GzDecoder<Packer>>),
}

impl Unpacker {
    fn new(is_gzip: bool, limit_bytes: u64) -> io::Result<Self> {
        let packer = Packer::new(limit_bytes)?;
        Ok(if is_gzip { Self::Gzip(Box::new(write::GzDecoder::new(packer))) } else { Self::Plain(packer) })
    }

    fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(packer) => packer.write_all(piece),
            Self::Gzip(decoder) => decoder.write_all(piece),
        }
    }

    /// An error when the compressed end is missing or its checksum is not that of what came.
    fn end(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(_) => Ok(()),
            Self::Gzip(decoder) => decoder.try_finish(),
        }
    }

    fn is_beyond_limit(&self) -> bool {
        match self {
            Self::Plain(packer) => packer.is_beyond_limit(),
            Self::Gzip(decoder) => decoder.get_ref().is_beyond_limit(),
        }
    }

    fn finish(self) -> io::Result<Packed> {
        match self {
            Self::Plain(packer) => packer.finish(),
            Self::Gzip(decoder) => decoder.finish()?.finish(),
        }
    }
}
