//! How often and how fast EDGAR is asked, measured where it is asked.
#![cfg(feature = "edgar")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![allow(clippy::print_stderr, reason = "the figure is what the measurement is for")]

mod support;

use std::{
    num::NonZeroU32,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use async_trait::async_trait;
use sec_fetch::{
    Edgar, FetchConfig, FetchError, FetchWatcher, FilingSource, Repetition, Slot, Slots, SlotsError, Years,
    annual_pair,
};
use support::{
    filing,
    server::{config, document, edgar_with_cache, newer, requests, server, server_that_answers},
    ticker,
};
use tokio::task::JoinSet;
use wiremock::{Match, Mock, MockServer, Request, ResponseTemplate, matchers::any};

/// Notes when each request came.
#[derive(Clone, Default)]
struct Arrivals(Arc<Mutex<Vec<Instant>>>);

impl Match for Arrivals {
    fn matches(&self, _: &Request) -> bool {
        self.0.lock().unwrap().push(Instant::now());
        true
    }
}

impl Arrivals {
    async fn server(&self) -> MockServer {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(200).set_body_string("<p>10-K</p>");
        Mock::given(self.clone()).respond_with(answer).mount(&server).await;
        server
    }

    /// The most requests that came within any such span.
    fn peak(&self, span: Duration) -> usize {
        let mut arrivals = self.0.lock().unwrap().clone();
        arrivals.sort();
        let within = |from: Instant| arrivals.iter().filter(|at| **at >= from && **at - from < span).count();
        arrivals.iter().map(|from| within(*from)).max().unwrap_or_default()
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

fn paced(address: &str, requests_per_second: u32) -> FetchConfig {
    FetchConfig { requests_per_second: NonZeroU32::new(requests_per_second).unwrap(), ..config(address) }
}

/// This many documents at once, each another one.
async fn fetch_all(edgars: &[Edgar], documents: usize) {
    let mut jobs = JoinSet::new();
    for number in 0..documents {
        let edgar = edgars[number % edgars.len()].clone();
        let mut wanted = filing("10-K 2025-12-31 2026-02-20", number);
        wanted.primary_document = format!("report-{number}.htm");
        jobs.spawn(async move { edgar.document(&wanted).await.unwrap() });
    }
    assert_eq!(jobs.join_all().await.len(), documents);
}

/// A tenth less than a second, so that a busy machine which delays a request does not fail the test; the exact count
/// over a second is tested beside the pacer, where time is not the machine's.
const ALMOST_A_SECOND: Duration = Duration::from_millis(900);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_jobs_at_once_keep_the_limit() {
    let arrivals = Arrivals::default();
    let server = arrivals.server().await;
    fetch_all(&[Edgar::new(paced(&server.uri(), 60)).unwrap()], 200).await;
    assert_eq!(arrivals.count(), 200);
    eprintln!(
        "200 jobs, limit 60: at most {} requests within a second",
        arrivals.peak(Duration::from_secs(1))
    );
    let peak = arrivals.peak(ALMOST_A_SECOND);
    assert!((2..=60).contains(&peak), "{peak} requests within a second");
}

/// A row in memory, as a store would have it.
struct Row(Mutex<Instant>);

#[async_trait]
impl Slots for Row {
    async fn take(&self, interval: Duration) -> Result<Slot, SlotsError> {
        let (now, mut next) = (Instant::now(), self.0.lock().unwrap());
        let slot = next.max(now);
        *next = slot + interval;
        Ok(Slot::After(slot - now))
    }

    async fn block_until(&self, _: jiff::Timestamp) -> Result<(), SlotsError> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sources_that_share_slots_keep_the_limit_together() {
    let arrivals = Arrivals::default();
    let server = arrivals.server().await;
    let row: Arc<dyn Slots> = Arc::new(Row(Mutex::new(Instant::now())));
    let edgar = || Edgar::with_slots(paced(&server.uri(), 60), Arc::clone(&row)).unwrap();
    fetch_all(&[edgar(), edgar(), edgar()], 150).await;
    let peak = arrivals.peak(ALMOST_A_SECOND);
    assert!((2..=60).contains(&peak), "{peak} requests within a second");
}

#[tokio::test]
async fn an_exhibit_costs_two_requests_more() {
    let (server, folder) = (server().await, tempfile::tempdir().unwrap());
    for _ in 0..2 {
        let edgar = edgar_with_cache(&server, folder.path());
        let pair = annual_pair(&edgar, &ticker("NWTL"), &Years::default()).await.unwrap();
        edgar.document(&pair.newer).await.unwrap();
        edgar.document(&pair.older).await.unwrap();
        assert_eq!(edgar.exhibits(&pair.newer, "EX-13").await.unwrap().len(), 1);
        assert_eq!(
            requests(&server).await,
            6,
            "four, the index page and the exhibit; nothing the second time"
        );
    }
}

#[tokio::test]
async fn callers_of_one_object_share_its_fetch_without_a_cache() {
    let body = ResponseTemplate::new(200).set_body_string("<p>10-K</p>").set_delay(Duration::from_millis(50));
    let server = server_that_answers(body).await;
    let edgar = Edgar::new(config(&server.uri())).unwrap();
    let mut callers = JoinSet::new();
    for _ in 0..50 {
        let edgar = edgar.clone();
        callers.spawn(async move { document(&edgar).await.unwrap() });
    }
    assert_eq!(callers.join_all().await.len(), 50);
    assert_eq!(requests(&server).await, 1);
}

#[tokio::test]
async fn callers_of_one_object_share_its_failure() {
    let server = server_that_answers(ResponseTemplate::new(503)).await;
    let edgar = Edgar::new(config(&server.uri())).unwrap();
    let mut callers = JoinSet::new();
    for _ in 0..20 {
        let edgar = edgar.clone();
        callers.spawn(async move { document(&edgar).await });
    }
    for failed in callers.join_all().await {
        assert!(matches!(failed, Err(FetchError::Status { status: 503, .. })), "{failed:?}");
    }
    assert_eq!(requests(&server).await, 5, "the attempts of one fetch, not of twenty");
}

#[tokio::test]
async fn a_caller_that_gives_up_takes_nobody_with_it() {
    let body =
        ResponseTemplate::new(200).set_body_string("<p>10-K</p>").set_delay(Duration::from_millis(200));
    let server = server_that_answers(body).await;
    let edgar = Edgar::new(config(&server.uri())).unwrap();
    let (first, second) = (edgar.clone(), edgar.clone());
    let first = tokio::spawn(async move { document(&first).await });
    while requests(&server).await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let second = tokio::spawn(async move { document(&second).await });
    tokio::time::sleep(Duration::from_millis(20)).await;
    first.abort();
    assert_eq!(second.await.unwrap().unwrap(), "<p>10-K</p>");
    assert_eq!(requests(&server).await, 1);
}

/// Writes down what it is told.
#[derive(Default)]
struct Told(Mutex<Vec<String>>);

impl FetchWatcher for Told {
    fn repeats(&self, repetition: &Repetition) {
        self.0.lock().unwrap().push(repetition.to_string());
    }
}

#[tokio::test]
async fn a_watcher_is_told_of_every_repetition() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).up_to_n_times(2).mount(&server).await;
    let body = ResponseTemplate::new(200).set_body_string("<p>10-K</p>");
    Mock::given(any()).respond_with(body).mount(&server).await;
    let (edgar, told) = (Edgar::new(config(&server.uri())).unwrap(), Arc::new(Told::default()));
    let watched = edgar.watched_by(Arc::clone(&told) as Arc<dyn FetchWatcher>);
    watched.document(&newer()).await.unwrap();
    insta::assert_snapshot!(told.0.lock().unwrap().join("\n"), @"
    127.0.0.1 has trouble (status 503), attempt 2 of 5, again in 1 s
    127.0.0.1 has trouble (status 503), attempt 3 of 5, again in 1 s
    ");
}
