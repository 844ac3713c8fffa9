//! The key of the service is in no error, no log and no debug output, whatever comes back.

use std::{
    error::Error,
    io::Write,
    sync::{Arc, Mutex},
};

use supabase_store::{JobQueue as _, StoreError};
use tracing_subscriber::fmt::MakeWriter;
use wiremock::ResponseTemplate;

use crate::{KEY, client, config, json, lease, server};

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

#[tokio::test]
async fn no_error_and_no_log_has_the_key() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());

    let echo = format!("you said {KEY}");
    let mut all = String::new();
    for answer in [
        ResponseTemplate::new(502).set_body_raw(format!("<html>{echo}</html>"), "text/html"),
        json(401, &format!(r#"{{"message":"{echo}"}}"#)),
        json(500, &format!(r#"{{"code":"XX000","message":"{echo}","details":"{echo}"}}"#)),
        json(400, &format!(r#"{{"code":"22P02","message":"{echo}"}}"#)),
        json(200, "no JSON"),
        ResponseTemplate::new(301).insert_header("location", format!("http://x.example/{KEY}")),
    ] {
        let server = server(&[answer]).await;
        let store = client(&server.uri());
        all += &told(&store.check().await.unwrap_err());
        all += &told(&store.progress(&lease(), 1, "Reading").await.err().unwrap_or(StoreError::NoSuchJob));
        all += &format!("{store:?}");
    }
    all += &told(&client("http://127.0.0.1:1").check().await.unwrap_err());
    all += &format!("{:?}", config("http://127.0.0.1:1"));
    assert!(all.contains("you said <key>") && all.len() > 1000, "something was told: {all}");
    assert!(!all.contains(KEY), "{all}");

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("asked again"), "something was logged: {log}");
    assert!(!log.contains(KEY), "{log}");
}
