//! One request: what is asked, of whom, and what happens when nothing comes back.

use reqwest::{
    RequestBuilder, Response,
    header::{self, HeaderMap, HeaderValue},
    redirect,
};
use url::Url;

use super::user_agent::user_agent;
use crate::{
    FetchConfig, FetchError,
    cache::Validators,
    layout::{EdgarPath, Kind},
};

pub(super) fn http_client(config: &FetchConfig) -> Result<reqwest::Client, FetchError> {
    for url in [&config.www_url, &config.data_url] {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::BadAddress { url: url.to_string() });
        }
    }
    // We unpack ourselves, to see whether what came was whole.
    let takes_gzip = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"))]);
    reqwest::Client::builder()
        .user_agent(user_agent(&config.user_agent)?)
        .default_headers(takes_gzip)
        .no_gzip()
        .connect_timeout(config.connect_timeout)
        .read_timeout(config.silence_timeout)
        .timeout(config.request_timeout)
        // Each is a request of its own that has to keep the pace.
        .redirect(redirect::Policy::none())
        .build()
        .map_err(|error| FetchError::Client { source: error.into() })
}

/// Where an answer is asked for.
pub(super) fn address(config: &FetchConfig, path: &EdgarPath) -> Url {
    let base = match path.kind() {
        Kind::Submissions => &config.data_url,
        Kind::Tickers | Kind::Archive => &config.www_url,
    };
    let mut url = base.clone();
    // An address without segments (`mailto:`) is refused before anything is sent to it.
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path.as_str().split('/'));
    }
    url
}

/// Asks; with validators whether the answer has changed.
pub(super) async fn send(
    http: &reqwest::Client,
    url: &Url,
    validators: &Validators,
) -> Result<Response, FetchError> {
    let asked =
        [(header::IF_NONE_MATCH, &validators.etag), (header::IF_MODIFIED_SINCE, &validators.last_modified)];
    let with = |request: RequestBuilder, (name, value): (_, &Option<String>)| match value {
        Some(value) => request.header(name, value),
        None => request,
    };
    let request = asked.into_iter().fold(http.get(url.clone()), with);
    request.send().await.map_err(|error| failed(url.as_str(), error))
}

/// What an answer says for the next time.
pub(super) fn validators(response: &Response) -> Validators {
    let text = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
    Validators { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) }
}

/// A host that cannot be reached, or one that takes too long.
pub(super) fn failed(url: &str, error: reqwest::Error) -> FetchError {
    if error.is_timeout() && !error.is_connect() {
        return FetchError::TimedOut { url: url.to_owned() };
    }
    FetchError::Transport { url: url.to_owned(), source: error.without_url().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_edgar() {
        let config = FetchConfig::new("");
        let address = |path| address(&config, &path).to_string();
        assert_eq!(address(EdgarPath::tickers()), "https://www.sec.gov/files/company_tickers.json");
        let cik = 320_193.try_into().expect("a number");
        assert_eq!(
            address(EdgarPath::submissions(cik)),
            "https://data.sec.gov/submissions/CIK0000320193.json"
        );
    }
}
