//! Errors and panics as events in Sentry, when `SENTRY_DSN` is set.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sentry::{
    Client, ClientOptions, Hub,
    integrations::{
        panic::PanicIntegration,
        tracing::{ErrorLayer, SpanLayer},
    },
    protocol::Event,
    transports::DefaultTransportFactory,
    types::Dsn,
};
use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_subscriber::{Layer, filter::filter_fn, registry::LookupSpan};

use super::{JOB_SPAN, brake::Brake, scrub::Scrubber};
use crate::config::TelemetryConfig;

/// What still waits to be sent when the process ends may take this long.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Sends reports of errors until it is dropped; then those that wait are sent.
pub(crate) struct Reports(Option<Arc<Client>>);

impl Reports {
    pub(super) fn are_on(&self) -> bool {
        self.0.is_some()
    }
}

impl Drop for Reports {
    fn drop(&mut self) {
        if let Some(client) = &self.0 {
            client.close(Some(LAST_WORDS));
        }
    }
}

/// Begins to report, if there is an address; called before other threads are there, for they take it over from this one.
pub(super) fn start(config: &TelemetryConfig) -> Reports {
    let client = config.sentry_dsn.as_ref().map(|dsn| {
        let options = options(dsn, config).transport(DefaultTransportFactory);
        let client = Arc::new(Client::with_options(options));
        Hub::main().bind_client(Some(Arc::clone(&client)));
        client
    });
    Reports(client)
}

/// Not by `sentry::init`, which reads the environment and sends more than was asked for.
fn options(dsn: &Dsn, config: &TelemetryConfig) -> ClientOptions {
    let (scrubber, brake) = (Scrubber::new(&config.secrets), Brake::default());
    let mut options = ClientOptions::new()
        .release(concat!(env!("CARGO_PKG_NAME"), "@", env!("CARGO_PKG_VERSION")))
        .default_integrations(false)
        .add_integration(PanicIntegration::new())
        .send_default_pii(false)
        .max_breadcrumbs(0)
        .traces_sample_rate(0.0)
        .shutdown_timeout(LAST_WORDS)
        .before_send(move |event| {
            brake.lets_pass(said(&event), Instant::now()).then(|| scrubber.event(event))
        });
    options.dsn = Some(dsn.clone());
    options
}

/// What tells one error from another.
fn said<'e>(event: &'e Event<'static>) -> &'e str {
    let panic = || event.exception.iter().find_map(|exception| exception.value.as_deref());
    event.message.as_deref().or_else(panic).unwrap_or_default()
}

/// Log lines of level error become events, with the fields of the job that they belong to.
pub(super) fn layer<S>() -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    // Keeps the fields of the span; nothing is traced.
    let job = SpanLayer::new().with_filter(filter_fn(|metadata| metadata.name() == JOB_SPAN));
    let errors = ErrorLayer::new().enable_span_attributes().with_filter(LevelFilter::ERROR);
    job.and_then(errors)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::sync::Mutex;

    use secrecy::SecretString;
    use sentry::{Envelope, Scope, Transport};
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    /// Keeps what would be sent.
    #[derive(Default)]
    struct Kept(Mutex<Vec<String>>);

    impl Transport for Kept {
        fn send_envelope(&self, envelope: Envelope) {
            let mut written = Vec::new();
            envelope.to_writer(&mut written).unwrap();
            self.0.lock().unwrap().push(String::from_utf8(written).unwrap());
        }
    }

    /// What leaves when this happens.
    fn sent(happens: impl FnOnce()) -> Vec<String> {
        let kept = Arc::new(Kept::default());
        let config = TelemetryConfig {
            sentry_dsn: Some("https://key@sentry.example/1".parse().unwrap()),
            secrets: vec![SecretString::from("known-secret-of-ours")],
            ..TelemetryConfig::default()
        };
        let options = options(config.sentry_dsn.as_ref().unwrap(), &config).transport(Arc::clone(&kept));
        let client = Arc::new(Client::with_options(options));
        let hub = Arc::new(Hub::new(Some(client), Arc::new(Scope::default())));
        let subscriber = tracing_subscriber::registry().with(layer());
        tracing::subscriber::with_default(subscriber, || Hub::run(hub, happens));
        kept.0.lock().unwrap().clone()
    }

    fn job() -> tracing::span::EnteredSpan {
        tracing::error_span!(JOB_SPAN, job_id = "job-1", ticker = "ACME", user_id = "user-1").entered()
    }

    #[test]
    fn an_error_leaves_without_secrets_and_persons() {
        let sent = sent(|| {
            let _job = job();
            let _stage = tracing::info_span!("fetching").entered();
            sentry::configure_scope(|scope| {
                scope.set_user(Some(sentry::User {
                    email: Some("jane@mail.example".into()),
                    ..Default::default()
                }));
                scope.set_extra("note", "sk-ant-api03-abcdef for user_id=user-1".into());
                scope.set_tag("bearer", "Bearer abcdefgh12345");
            });
            tracing::error!(
                error = "401: known-secret-of-ours, sb_secret_abc",
                prompt = "filing text",
                "the store failed for jane@mail.example with eyJhbGciOiJIUzI1.eyJzdWIiOiJ1.c2ln"
            );
            tracing::warn!("not an error");
        });
        let [event] = sent.as_slice() else { panic!("{sent:?}") };
        for secret in
            ["known-secret", "sb_secret", "sk-ant", "eyJ", "abcdefgh12345", "jane", "user-1", "filing text"]
        {
            assert!(!event.contains(secret), "{secret} left in {event}");
        }
        for told in ["the store failed for [email] with [secret]", "job-1", "ACME", "worker-http@"] {
            assert!(event.contains(told), "{told} is not in {event}");
        }
        assert!(!event.contains("server_name") && !event.contains("\"user\""), "{event}");
    }

    #[test]
    fn an_error_that_repeats_is_sent_once() {
        let sent = sent(|| {
            for number in 0..9 {
                tracing::error!(number, "the store failed");
            }
            tracing::error!("another one");
        });
        assert_eq!(sent.len(), 2, "{sent:?}");
    }

    #[test]
    fn a_panic_is_an_event_with_its_job() {
        let sent = sent(|| {
            let _ = std::panic::catch_unwind(|| {
                let _job = job();
                panic!("on purpose with sb_secret_abc");
            });
        });
        let [event] = sent.as_slice() else { panic!("{sent:?}") };
        assert!(event.contains("on purpose with [secret]") && event.contains("job-1"), "{event}");
        assert!(!event.contains("user-1"), "{event}");
    }

    #[test]
    fn what_waits_is_sent_before_the_process_ends() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server = runtime.block_on(wiremock::MockServer::start());
        let dsn = server.uri().replace("://", "://key@") + "/1";
        let config = TelemetryConfig { sentry_dsn: Some(dsn.parse().unwrap()), ..TelemetryConfig::default() };
        let reports = start(&config);
        let hub = Arc::new(Hub::new_from_top(Hub::main()));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer()), || {
            Hub::run(hub, || tracing::error!("the last words of jane@mail.example"));
        });
        drop(reports);
        let received = runtime.block_on(server.received_requests()).unwrap();
        let bodies: Vec<_> =
            received.iter().map(|request| String::from_utf8_lossy(&request.body).into_owned()).collect();
        assert!(bodies.iter().any(|body| body.contains("the last words of [email]")), "{bodies:?}");
        assert_eq!(received[0].url.path(), "/api/1/envelope/");
    }
}
