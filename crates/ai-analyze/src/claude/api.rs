//! Requests to the API and what comes back, before anybody knows what it means.

use std::time::Duration;

use reqwest::{
    Method, RequestBuilder, Response,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue},
};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::{config::ClaudeConfig, failure};
use crate::{AnalyzeError, Usage};

/// The version of the wire format.
const ANTHROPIC_VERSION: &str = "2023-06-01";

/// The longest answer that is read. 128,000 tokens are about half a megabyte.
pub(super) const LONGEST_BODY: usize = 16 << 20;

/// An error has few bytes, and its status is known already.
const ERROR_TIMEOUT: Duration = Duration::from_secs(10);

/// One pool of connections with the key.
pub(super) struct Api {
    http: reqwest::Client,
    base: Url,
    pub(super) config: ClaudeConfig,
}

impl Api {
    pub(super) fn new(config: ClaudeConfig) -> Result<Self, AnalyzeError> {
        let refused = |reason: &str| AnalyzeError::Config { reason: reason.into() };
        let mut key = HeaderValue::from_str(config.api_key.expose_secret())
            .map_err(|_| refused("the key of the API has characters that no key has"))?;
        key.set_sensitive(true);
        let mut headers = HeaderMap::new();
        headers.insert("x-api-key", key);
        headers.insert("anthropic-version", HeaderValue::from_static(ANTHROPIC_VERSION));
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .connect_timeout(Duration::from_secs(20))
            // A redirect would carry the key to another host.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|_| refused("no HTTP client could be made"))?;
        let mut base = config.base_url.clone();
        if base.cannot_be_a_base() {
            return Err(refused("the base URL of the API is not one"));
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Ok(Self { http, base, config })
    }

    /// An address below the base URL.
    pub(super) fn url(&self, path: &str) -> Url {
        self.base.join(path).expect("our paths are relative ones")
    }

    pub(super) fn post(&self, url: Url, body: Vec<u8>) -> RequestBuilder {
        self.http
            .request(Method::POST, url)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .body(body)
    }

    pub(super) fn get(&self, url: Url) -> RequestBuilder {
        self.http.request(Method::GET, url)
    }
}

/// The response when it is a success, else what its status and body say.
pub(super) async fn successful(response: Response) -> Result<Response, AnalyzeError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let headers = response.headers().clone();
    // What the status says is true even if the body is cut.
    let body = tokio::time::timeout(ERROR_TIMEOUT, body(response)).await;
    Err(failure::of_status(status.as_u16(), &headers, &body.unwrap_or(Ok(Vec::new())).unwrap_or_default()))
}

/// The whole body, if it is of a reasonable length.
pub(super) async fn body(mut response: Response) -> Result<Vec<u8>, AnalyzeError> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(transport)? {
        if body.len() + piece.len() > LONGEST_BODY {
            return Err(too_big());
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// The body of a success as JSON. A success may be none: an error in the body, or one cut on its way.
pub(super) fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, AnalyzeError> {
    serde_json::from_slice(body).map_err(|source| match serde_json::from_slice::<Value>(body) {
        Ok(value) if value["type"] == "error" => {
            failure::without_status(serde_json::from_value(value).unwrap_or_default())
        }
        Ok(_) => AnalyzeError::Shape { source: source.into(), usage: Usage::default() },
        Err(_) => AnalyzeError::Transport { source: source.into() },
    })
}

/// An error of the connection, without the address: a gateway's may hold a secret.
pub(super) fn transport(source: reqwest::Error) -> AnalyzeError {
    AnalyzeError::Transport { source: Box::new(source.without_url()) }
}

pub(super) fn too_big() -> AnalyzeError {
    AnalyzeError::Shape {
        source: "the body is longer than any answer of a model".into(),
        usage: Usage::default(),
    }
}
