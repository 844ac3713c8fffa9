//! A server that answers as EDGAR does, and the questions that tests ask of it.

use std::{io::Write, num::NonZeroU32, path::Path, time::Duration};

use filing_model::Filing;
use sec_fetch::{Edgar, FetchConfig, FetchError, FilingSource, Years, annual_pair};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, method, path},
};

use super::{files, filing, ticker};

pub(crate) const USER_AGENT: &str = "Acme Research ops@acme.example";

/// Quick, so that tests do not wait; without a cache.
pub(crate) fn config(address: &str) -> FetchConfig {
    FetchConfig {
        www_url: address.parse().unwrap(),
        data_url: address.parse().unwrap(),
        requests_per_second: NonZeroU32::new(1000).unwrap(),
        retry_delay: Duration::from_millis(1),
        ..FetchConfig::new(USER_AGENT)
    }
}

pub(crate) fn edgar(server: &MockServer) -> Edgar {
    Edgar::new(config(&server.uri())).unwrap()
}

pub(crate) fn edgar_with_cache(server: &MockServer, folder: &Path) -> Edgar {
    Edgar::new(FetchConfig { cache_dir: Some(folder.to_owned()), ..config(&server.uri()) }).unwrap()
}

/// A server that has all that the invented company filed; what it has not is 404 as on EDGAR.
pub(crate) async fn server() -> MockServer {
    let server = MockServer::start().await;
    for (place, bytes) in files() {
        let answer = ResponseTemplate::new(200).set_body_bytes(bytes);
        Mock::given(method("GET")).and(path(format!("/{place}"))).respond_with(answer).mount(&server).await;
    }
    server
}

/// A server with one answer to everything.
pub(crate) async fn server_that_answers(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

pub(crate) async fn requests(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

pub(crate) fn newer() -> Filing {
    let mut newer = filing("10-K 2025-12-31 2026-02-20", 7);
    "nwtl-20251231.htm".clone_into(&mut newer.primary_document);
    newer
}

/// The company's newer document, or what went wrong.
pub(crate) async fn document(edgar: &Edgar) -> Result<String, FetchError> {
    Ok(String::from_utf8(edgar.document(&newer()).await?.bytes).unwrap())
}

pub(crate) async fn report(edgar: &Edgar) -> Result<(), FetchError> {
    let pair = annual_pair(edgar, &ticker("NWTL"), &Years::default()).await?;
    edgar.document(&pair.newer).await?;
    edgar.document(&pair.older).await?;
    Ok(())
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn packed(bytes: Vec<u8>) -> ResponseTemplate {
    ResponseTemplate::new(200).insert_header("content-encoding", "gzip").set_body_bytes(bytes)
}

/// Much that packs into little.
pub(crate) fn zeros(length: usize) -> Vec<u8> {
    vec![b'0'; length]
}
