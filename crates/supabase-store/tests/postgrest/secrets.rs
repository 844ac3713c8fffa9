//! The key of the service is in no error, no log and no debug output, whatever comes back.

use std::{
    error::Error,
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use supabase_store::{
    Deliveries as _, EdgarSlots as _, JobQueue as _, ReportStore as _, StoreError, Supabase, SupabaseConfig,
};
use tracing_subscriber::{fmt::MakeWriter, util::SubscriberInitExt as _};
use wiremock::ResponseTemplate;

use crate::{KEY, config, json, lease, new_job, server};

/// Looks like a key of the old kind; its signature is of nothing.
const LEGACY_KEY: &str =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.bm90IGEgc2lnbmF0dXJl";

/// An error as it is told, with its causes, and as it is printed.
fn told(error: &StoreError) -> String {
    let causes = std::iter::successors(error.source(), |cause| (*cause).source());
    let causes: Vec<_> = causes.map(|cause| format!("{cause} {cause:?}")).collect();
    format!("{error} {error:?} {error:#?} {}", causes.join(" "))
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// What comes back when everything goes wrong and repeats what it was sent.
fn answers(key: &str) -> [ResponseTemplate; 9] {
    let echo = format!("you said {key}");
    [
        ResponseTemplate::new(502).set_body_raw(format!("<html>{echo}</html>"), "text/html"),
        json(401, &format!(r#"{{"message":"{echo}"}}"#)),
        json(500, &format!(r#"{{"code":"XX000","message":"{echo}","details":"{echo}","hint":"{echo}"}}"#)),
        json(400, &format!(r#"{{"code":"22P02","message":"{echo}"}}"#)),
        json(400, &format!(r#"{{"code":"{key}","message":"{echo}"}}"#)),
        json(404, &format!(r#"{{"code":"42883","message":"function {key}(text) does not exist"}}"#)),
        json(200, &format!("no JSON but {echo}")),
        json(200, &format!(r#""{echo}""#)),
        ResponseTemplate::new(301).insert_header("location", format!("http://x.example/{key}")),
    ]
}

#[tokio::test]
async fn no_error_and_no_log_has_the_key() {
    for key in [KEY, LEGACY_KEY] {
        let log = Log::default();
        let subscriber =
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone());
        // This way what libraries write with `log` is in it, too.
        let guard = subscriber.finish().set_default();

        let mut told = String::new();
        for answer in answers(key) {
            let server = server(&[answer]).await;
            told += &everything_told(&server.uri(), key).await;
        }
        told += &everything_told("http://127.0.0.1:1", key).await;
        drop(guard);
        assert!(told.contains("you said <key>") && told.len() > 1000, "something was told: {told}");
        assert!(!told.contains(key), "{told}");

        let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        for witness in ["asked again", "connecting to", "TRACE"] {
            assert!(log.contains(witness), "the client and what lies below it were heard: {log}");
        }
        assert!(!log.contains(key), "{log}");
    }
}

/// All that a caller can print of a store and its errors.
async fn everything_told(url: &str, key: &str) -> String {
    let config = SupabaseConfig { service_key: key.to_owned().into(), ..config(url) };
    let shown = format!("{config:?} {config:#?}");
    let store = Supabase::connect(config).unwrap();
    let shown = format!("{shown} {store:?} {store:#?}");
    let report = "7d8f5a52-4c0b-4b0e-9a0e-3f1f3c0f6a11";
    let errors = [
        store.check().await.err(),
        store.progress(&lease(), 1, "Reading").await.err(),
        store.enqueue(&new_job()).await.err(),
        store.lease("worker", 30).await.err(),
        store.report(report).await.err(),
        store.balance(report).await.err(),
        store.lease_delivery("worker", 30).await.err(),
        store.take_edgar_slot(Duration::from_millis(200)).await.err(),
    ];
    assert!(errors.iter().flatten().count() >= 5, "{errors:?}");
    shown + &errors.iter().flatten().map(told).collect::<String>()
}

#[test]
fn an_address_with_a_password_is_not_shown() {
    let shown = format!("{:?}", config("https://name:password@project.example/?key=password"));
    assert!(shown.contains("project.example") && !shown.contains("password"), "{shown}");
}
