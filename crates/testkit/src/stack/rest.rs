//! The REST interface, with what stands before it on Supabase: the gateway that checks the key.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use tokio::{
    net::TcpListener,
    runtime::Runtime,
    sync::{Semaphore, watch},
};

use super::{keys, line::Line};

#[derive(Debug)]
pub(super) struct Rest {
    url: String,
    interface: Arc<Interface>,
    /// Of its own, since a test's runtime may wait for a program that asks this interface.
    runtime: Background,
}

impl Rest {
    pub(super) async fn start(database_port: u16, connections: usize) -> Result<Self> {
        let runtime = Background::start()?;
        let interface = Arc::new(Interface::new(database_port, connections));
        let url =
            runtime.run(Arc::clone(&interface).start()).await.context("cannot start the REST interface")?;
        Ok(Self { url, interface, runtime })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Every line is connected anew before it answers again.
    pub(super) fn reload(&self) {
        self.interface.schema.send_modify(|schema| *schema += 1);
    }

    pub(super) fn stop(&mut self) {
        self.runtime.stop();
    }
}

/// A runtime that may be dropped anywhere.
#[derive(Debug)]
struct Background(Option<Runtime>);

impl Background {
    fn start() -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        Ok(Self(Some(runtime)))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.0.as_ref().context("it has ended")?.spawn(work).await?
    }

    fn stop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What answers: as many lines to the database as it was told, each of them for one request at a time.
#[derive(Debug)]
struct Interface {
    database_port: u16,
    /// Free lines; those that are missing are taken, or were cut and are connected anew by whoever needs one.
    free: Mutex<Vec<Line>>,
    /// How many requests may be answered at once.
    turns: Arc<Semaphore>,
    /// Counts how often the schema was read.
    schema: watch::Sender<u64>,
}

impl Interface {
    fn new(database_port: u16, connections: usize) -> Self {
        let turns = Arc::new(Semaphore::new(connections));
        Self { database_port, free: Mutex::default(), turns, schema: watch::Sender::new(0) }
    }

    async fn start(self: Arc<Self>) -> Result<String> {
        // A database that cannot be reached is told now and not with the first request.
        let first = Line::connect(self.database_port, 0).await?;
        self.give_back(first);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let app = Router::new()
            .nest("/rest/v1", Router::new().fallback(answer).with_state(self))
            .layer(DefaultBodyLimit::disable());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(url)
    }

    /// A line that is not cut, as far as anybody knows, and knows the schema as it is.
    async fn line(&self) -> Result<Line> {
        let schema = *self.schema.borrow();
        while let Some(line) = self.pop() {
            if line.schema == schema && line.is_alive().await {
                return Ok(line);
            }
            line.close().await;
        }
        Line::connect(self.database_port, schema).await
    }

    fn pop(&self) -> Option<Line> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn give_back(&self, line: Line) {
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}

async fn answer(State(interface): State<Arc<Interface>>, mut request: Request) -> Response {
    if let Err(refusal) = admit(request.headers_mut()) {
        let body = format!("{{\"message\":\"{refusal}\"}}");
        return (StatusCode::UNAUTHORIZED, [(header::CONTENT_TYPE, "application/json")], body)
            .into_response();
    }
    // Apart, so that a transaction comes to its end when nobody waits for it any more.
    let answered = tokio::spawn(async move {
        let _turn = Arc::clone(&interface.turns).acquire_owned().await.ok()?;
        let line = interface.line().await.ok()?;
        let response = line.answer(request).await;
        interface.give_back(line);
        Some(response)
    });
    answered.await.ok().flatten().unwrap_or_else(|| StatusCode::SERVICE_UNAVAILABLE.into_response())
}

/// The gateway: every request has a key, a new secret key stands for the service, and never in a browser.
fn admit(headers: &mut HeaderMap) -> Result<(), &'static str> {
    let text = |headers: &HeaderMap, name| {
        headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let key = text(headers, header::HeaderName::from_static("apikey"));
    let bearer = text(headers, header::AUTHORIZATION);
    if key.is_empty() {
        return Err("No API key found in request");
    }
    if bearer.contains("sb_") {
        return Err("Invalid JWT");
    }
    if key.starts_with("sb_") {
        if key != keys::SECRET_KEY {
            return Err("Invalid API key");
        }
        if text(headers, header::USER_AGENT).starts_with("Mozilla/") {
            return Err("Forbidden use of secret API key in browser");
        }
        let token = format!("Bearer {}", keys::token("service_role", None));
        let token = HeaderValue::from_str(&token).expect("a token is of plain letters");
        headers.entry(header::AUTHORIZATION).or_insert(token);
    }
    Ok(())
}
