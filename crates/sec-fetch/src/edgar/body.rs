//! Reads an answer piece by piece, so that neither its length nor its end is taken on trust.

use reqwest::Response;

use super::client::transport;
use crate::FetchError;

/// The whole body, unpacked. An answer that ends before its time is an error, never a shorter document.
pub(super) async fn whole(
    mut response: Response,
    url: &str,
    limit_bytes: u64,
) -> Result<Vec<u8>, FetchError> {
    let too_large = || FetchError::TooLarge { url: url.to_owned(), limit_bytes };
    // Not announced for a packed body, whose end is then checked by unpacking it.
    let announced = response.content_length();
    if announced.is_some_and(|length| length > limit_bytes) {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| broken(url, error))? {
        if (bytes.len() + piece.len()) as u64 > limit_bytes {
            return Err(too_large());
        }
        bytes.extend_from_slice(&piece);
    }
    if bytes.is_empty() || announced.is_some_and(|length| length != bytes.len() as u64) {
        return Err(FetchError::Cut { url: url.to_owned() });
    }
    Ok(bytes)
}

/// The beginning of the body of a refusal; whatever can be had of it.
pub(super) async fn beginning(mut response: Response) -> String {
    const ENOUGH: usize = 16 * 1024;
    let mut bytes = Vec::new();
    while bytes.len() < ENOUGH {
        match response.chunk().await {
            Ok(Some(piece)) => bytes.extend_from_slice(&piece),
            Ok(None) | Err(_) => break,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn broken(url: &str, error: reqwest::Error) -> FetchError {
    if error.is_timeout() {
        return transport(url, error);
    }
    tracing::debug!(url, error = %error.without_url(), "answer broke off");
    FetchError::Cut { url: url.to_owned() }
}
