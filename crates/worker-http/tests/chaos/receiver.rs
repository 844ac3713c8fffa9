//! Whoever asked for reports and wants to be told: it fails half the time.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex},
};

use serde_json::Value;
use standardwebhooks::Webhook;
use testkit::stack::Stack;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

pub(crate) struct Receiver {
    server: MockServer,
    seen: Arc<Mutex<Seen>>,
}

struct Seen {
    random: fastrand::Rng,
    tried: usize,
    failed: usize,
    /// What was taken, by `webhook-id`.
    taken: BTreeMap<String, Vec<Value>>,
}

impl Receiver {
    pub(crate) async fn start(random: fastrand::Rng) -> Self {
        let seen = Arc::new(Mutex::new(Seen { random, tried: 0, failed: 0, taken: BTreeMap::new() }));
        let server = MockServer::builder().disable_request_recording().start().await;
        Mock::given(any()).respond_with(Answers(Arc::clone(&seen))).mount(&server).await;
        Self { server, seen }
    }

    pub(crate) fn url(&self) -> String {
        self.server.uri()
    }

    /// Every job's caller knows how it ended, from a message that was delivered and noted.
    pub(crate) async fn must_have_told_all(&self, stack: &Stack) {
        let ended: Vec<(String, String, bool)> = sqlx::query_as(
            "select delivery.id, job.state, job.refunded from report_jobs as job
             join callback_deliveries as delivery on delivery.job_id = job.job_id and delivery.state = 'delivered'",
        )
        .fetch_all(stack.database())
        .await
        .unwrap();
        let jobs: i64 =
            sqlx::query_scalar("select count(*) from report_jobs").fetch_one(stack.database()).await.unwrap();
        assert_eq!(i64::try_from(ended.len()).unwrap(), jobs, "a callback was not delivered");
        let seen = self.seen.lock().unwrap();
        for (id, state, refunded) in &ended {
            let bodies = seen.taken.get(id).unwrap_or_else(|| panic!("{id} never came"));
            for body in bodies {
                assert_eq!(
                    (body["status"].as_str(), body["refunded"].as_bool()),
                    (Some(state.as_str()), Some(*refunded))
                );
            }
        }
        assert_eq!(seen.taken.len(), ended.len(), "a callback came for no job");
    }
}

impl fmt::Display for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Seen { tried, failed, taken, .. } = &*self.seen.lock().unwrap();
        let again: usize = taken.values().map(|bodies| bodies.len() - 1).sum();
        write!(f, "callbacks: {tried} attempts, {failed} failed, {} told, {again} told again", taken.len())
    }
}

struct Answers(Arc<Mutex<Seen>>);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let signed = Webhook::new(SECRET).unwrap().verify(&request.body, &request.headers);
        signed.expect("every callback is signed");
        let mut seen = self.0.lock().unwrap();
        seen.tried += 1;
        if seen.random.bool() {
            seen.failed += 1;
            return ResponseTemplate::new(500);
        }
        let id = request.headers["webhook-id"].to_str().unwrap().to_owned();
        seen.taken.entry(id).or_default().push(request.body_json().unwrap());
        ResponseTemplate::new(204)
    }
}
