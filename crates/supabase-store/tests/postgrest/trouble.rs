//! Connections that fail, and what is asked again after them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use supabase_store::{JobQueue as _, ReportStore as _, StoreError, Supabase};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use wiremock::ResponseTemplate;

use crate::{client, config, json, lease, requests, server};

const COUNTS: &str = r#"{"waiting":0,"running":0,"oldest_seconds":null}"#;
const TOO_MANY_CONNECTIONS: &str = r#"{"code":"53300","message":"too many connections"}"#;

/// A server that reads a little and hangs up, and how often it was asked.
async fn hangs_up() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut bytes = [0; 64];
            if connection.read(&mut bytes).await.is_ok_and(|read| read > 0) {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    (url, asked)
}

#[tokio::test]
async fn a_passing_failure_is_not_seen() {
    let server = server(&[ResponseTemplate::new(503), json(200, COUNTS)]).await;
    client(&server.uri()).check().await.unwrap();
    assert_eq!(requests(&server).await, 2);
}

#[tokio::test]
async fn what_counts_twice_is_asked_again_only_if_it_has_not_happened() {
    let server = server(&[ResponseTemplate::new(503), json(200, "5")]).await;
    let store = client(&server.uri());
    assert!(store.grant("user", 5, "welcome").await.unwrap_err().is_transient());
    assert_eq!(requests(&server).await, 1, "the answer may have been lost");

    let server = crate::server(&[json(503, TOO_MANY_CONNECTIONS), json(200, "5")]).await;
    assert_eq!(client(&server.uri()).grant("user", 5, "welcome").await.unwrap(), 5);
    assert_eq!(requests(&server).await, 2, "the database says that nothing happened");
}

#[tokio::test]
async fn a_cut_connection_is_asked_again_where_that_is_harmless() {
    let (url, asked) = hangs_up().await;
    let store = client(&url);
    assert!(store.renew(&lease(), 30).await.unwrap_err().is_transient());
    assert_eq!(asked.swap(0, Ordering::SeqCst), 3);
    assert!(store.lease("worker", 30).await.unwrap_err().is_transient());
    assert_eq!(asked.load(Ordering::SeqCst), 1, "a second job would be leased");
}

#[tokio::test]
async fn nobody_at_the_address_is_transient() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = client(&format!("http://{free}")).check().await.unwrap_err();
    assert!(refused.is_transient(), "{refused:?}");
}

#[tokio::test]
async fn a_slow_answer_is_not_waited_for_for_ever() {
    let slow = json(200, COUNTS).set_delay(Duration::from_mins(10));
    let server = server(&[slow]).await;
    let mut config = config(&server.uri());
    config.timeout = Duration::from_millis(50);
    config.retry_pauses.clear();
    let late = Supabase::connect(config).unwrap().check().await.unwrap_err();
    assert!(late.is_transient(), "{late:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = server(&[json(200, COUNTS)]).await;
    let redirect = ResponseTemplate::new(307).insert_header("location", elsewhere.uri());
    let server = server(&[redirect]).await;
    let refused = client(&server.uri()).check().await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    assert_eq!((requests(&server).await, requests(&elsewhere).await), (1, 0));
}

#[tokio::test]
async fn settings_that_cannot_work_are_refused_at_once() {
    let with = |url: &str, key: &str| {
        let config = supabase_store::SupabaseConfig::new(url.parse().unwrap(), key.to_owned().into());
        Supabase::connect(config).unwrap_err()
    };
    for (url, key) in [
        ("postgres://db.example", "sb_secret_x"),
        ("file:///etc/passwd", "sb_secret_x"),
        ("https://name:password@project.supabase.co", "sb_secret_x"),
        ("https://project.supabase.co", ""),
        ("https://project.supabase.co", "sb_publishable_x"),
        ("https://project.supabase.co", "two\nlines"),
    ] {
        assert!(matches!(with(url, key), StoreError::Settings { .. }), "{url} {key:?}");
    }
}

/// A server that keeps connections open and answers every request with the same, and how many connections it had.
async fn keeps_alive() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut request = Vec::new();
                while connection.read_buf(&mut request).await.is_ok_and(|read| read > 0) {
                    // What is asked has the body `{}`.
                    if request.ends_with(b"\r\n\r\n{}") {
                        request.clear();
                        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json";
                        let answer = format!("{head}\r\ncontent-length: {}\r\n\r\n{COUNTS}", COUNTS.len());
                        connection.write_all(answer.as_bytes()).await.unwrap();
                    }
                }
            });
        }
    });
    (url, connections)
}

#[tokio::test]
async fn a_connection_outlives_the_runtime_of_whoever_asked_first() {
    let (url, connections) = keeps_alive().await;
    let store = client(&url);
    let first = store.clone();
    let elsewhere = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(first.check()).unwrap();
    };
    tokio::task::spawn_blocking(elsewhere).await.unwrap();
    store.check().await.unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}
