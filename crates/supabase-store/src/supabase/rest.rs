//! Requests, built in PostgREST's dialect by `postgrest` and sent by our own client.

use std::time::Duration;

use bytes::Bytes;
use postgrest::{Builder, Postgrest};
use reqwest::{
    Client, Method, StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use tokio::{runtime::Handle, task::JoinSet};
use url::Url;

use super::{
    SupabaseConfig,
    failure::{Failure, Place},
    key, text,
};
use crate::StoreError;

/// Keys of the service are refused to browsers, so this is honest about what it is.
const USER_AGENT: &str = concat!("supabase-store/", env!("CARGO_PKG_VERSION"));

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Whether asking twice is as good as asking once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    Harmless,
    /// Asked again only when it is certain that it has not happened.
    Counts,
}

pub(super) struct Rest {
    project: Url,
    key: SecretString,
    dialect: Postgrest,
    client: Client,
    retry_pauses: Vec<Duration>,
    /// Where it was made, if in a runtime at all.
    home: Option<Handle>,
}

impl Rest {
    pub(super) fn new(config: SupabaseConfig) -> Result<Self, StoreError> {
        if !matches!(config.url.scheme(), "http" | "https") || !config.url.has_host() {
            return Err(StoreError::Settings { reason: "the address does not begin with https://" });
        }
        // It would be printed with the address.
        if !config.url.username().is_empty() || config.url.password().is_some() {
            return Err(StoreError::Settings { reason: "the address has a name or a password in it" });
        }
        let client = Client::builder()
            .default_headers(key::headers(&config.service_key)?)
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(config.timeout)
            // A redirect would carry the key to another host.
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|error| StoreError::Refused { source: error.into() })?;
        let dialect = Postgrest::new(format!("{}/rest/v1", config.url.as_str().trim_end_matches('/')));
        let SupabaseConfig { url: project, service_key: key, retry_pauses, .. } = config;
        Ok(Self { project, key, dialect, client, retry_pauses, home: Handle::try_current().ok() })
    }

    pub(super) fn url(&self) -> &str {
        self.project.as_str()
    }

    /// Calls a function. Arguments that may be null are left out when they are.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        function: &str,
        again: Again,
        arguments: &impl Serialize,
    ) -> Result<T, Failure> {
        let place = Place::Function(function);
        let arguments = serde_json::to_string(arguments).map_err(|error| Failure::unreadable(&error))?;
        let request = Prepared::from(self.dialect.rpc(function, text::without_nul(arguments)), place)?;
        parsed(&self.send(&request, place, again).await?)
    }

    /// Calls a function that returns nothing.
    pub(super) async fn tell(
        &self,
        function: &str,
        again: Again,
        arguments: &impl Serialize,
    ) -> Result<(), Failure> {
        // Without a body, or with the word null.
        self.call::<IgnoredAny>(function, again, arguments).await.map(drop)
    }

    /// Reads rows of a table.
    pub(super) async fn select<T: DeserializeOwned>(
        &self,
        table: &str,
        narrowed: impl FnOnce(Builder) -> Builder,
    ) -> Result<Vec<T>, Failure> {
        let place = Place::Table(table);
        let request = Prepared::from(narrowed(self.dialect.from(table)), place)?;
        parsed(&self.send(&request, place, Again::Harmless).await?)
    }

    async fn send(&self, request: &Prepared, place: Place<'_>, again: Again) -> Result<Vec<u8>, Failure> {
        let mut pauses = self.retry_pauses.iter();
        loop {
            let failure = match self.send_once(request, place).await {
                Ok(body) => return Ok(body),
                Err(failure) => failure,
            };
            match pauses.next() {
                Some(pause) if failure.may_be_asked_again(again) => {
                    tracing::debug!(place = %place, failure = %failure, "asked again");
                    tokio::time::sleep(*pause).await;
                }
                _ => return Err(failure),
            }
        }
    }

    async fn send_once(&self, request: &Prepared, place: Place<'_>) -> Result<Vec<u8>, Failure> {
        let (status, body) = self.exchange(request).await?;
        if status.is_success() {
            return Ok(body.into());
        }
        Err(Failure::of_answer(status, &body, place, self.key.expose_secret()))
    }

    /// Sends a request where the client was made. Whoever asks may be on threads that make way for others, or end; a
    /// connection is driven by the runtime that opened it, and all share it.
    async fn exchange(&self, request: &Prepared) -> Result<(StatusCode, Bytes), Failure> {
        let request = self
            .client
            .request(request.method.clone(), request.url.clone())
            .headers(request.headers.clone())
            .body(request.body.clone());
        let exchanged = async move {
            let response = request.send().await?;
            let status = response.status();
            Ok((status, response.bytes().await?))
        };
        let Some(home) = &self.home else { return exchanged.await.map_err(Failure::transport) };
        // Dropping the set ends the request: nobody waits for it any more.
        let mut at_home = JoinSet::new();
        at_home.spawn_on(exchanged, home);
        match at_home.join_next().await {
            Some(Ok(answer)) => answer.map_err(Failure::transport),
            Some(Err(gone)) => Err(Failure::gone(gone)),
            None => unreachable!("the set holds one task"),
        }
    }
}

/// A request in the terms of our client; the other one has its own versions of them.
struct Prepared {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
}

impl Prepared {
    fn from(request: Builder, place: Place<'_>) -> Result<Self, Failure> {
        let request = request.build().build().map_err(|_| Failure::unbuildable(place))?;
        let mut headers = HeaderMap::new();
        for (name, value) in request.headers() {
            let name = HeaderName::from_bytes(name.as_ref()).map_err(|_| Failure::unbuildable(place))?;
            let value = HeaderValue::from_bytes(value.as_ref()).map_err(|_| Failure::unbuildable(place))?;
            headers.insert(name, value);
        }
        let method = Method::from_bytes(request.method().as_str().as_bytes());
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        Ok(Self {
            method: method.map_err(|_| Failure::unbuildable(place))?,
            url: request.url().clone(),
            headers,
            body: Bytes::copy_from_slice(body),
        })
    }
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    let body = if body.is_empty() { b"null" } else { body };
    serde_json::from_slice(body).map_err(|error| Failure::unreadable(&error))
}
