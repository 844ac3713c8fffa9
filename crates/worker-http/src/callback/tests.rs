#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use secrecy::SecretString;
use standardwebhooks::Webhook;
use supabase_store::{
    Charge, Deliveries as _, DeliveryState, Failure, JobQueue as _, Memory, NewJob, ReportStore as _,
};
use url::Url;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

use super::*;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A receiver, and a job that ended and wants to be told to it.
struct Case {
    receiver: MockServer,
    store: Arc<Memory>,
    deliverer: Arc<Deliverer>,
    phase: watch::Sender<Phase>,
}

impl Case {
    /// The receiver gives these answers, the last one for good.
    async fn new(answers: &[ResponseTemplate], change: impl FnOnce(&mut CallbackConfig)) -> Self {
        let receiver = MockServer::start().await;
        for (index, answer) in answers.iter().enumerate() {
            let times = if index + 1 == answers.len() { u64::MAX } else { 1 };
            Mock::given(method("POST"))
                .respond_with(answer.clone())
                .up_to_n_times(times)
                .mount(&receiver)
                .await;
        }
        let mut config = CallbackConfig {
            origins: vec![Url::parse(&receiver.uri()).unwrap().origin()],
            signers: vec![Arc::new(Webhook::new(SECRET).unwrap())],
            retry: vec![Duration::ZERO; 2],
            ..CallbackConfig::default()
        };
        change(&mut config);
        let store = Arc::new(Memory::new());
        let (phase, watched) = watch::channel(Phase::Running);
        let links = Links::new(&[SecretString::from("secret")]);
        let deliverer =
            Deliverer::new("test".into(), store.clone(), &config, links, watched, Arc::default()).unwrap();
        Self { receiver, store, deliverer: Arc::new(deliverer), phase }
    }

    /// Fails a job whose caller wants to know.
    async fn a_job_failed(&self) {
        let job = NewJob {
            job_id: "test-123".into(),
            user_id: Some("user".into()),
            ticker: "ACME".parse().unwrap(),
            callback_url: Some(format!("{}/done?token=x", self.receiver.uri())),
            charge: Charge::Caller,
        };
        self.store.enqueue(&job).await.unwrap();
        let lease = self.store.lease("test", 30).await.unwrap().unwrap();
        let failure = Failure { error_type: "x".into(), message: "It failed".into(), causes: "x".into() };
        self.store.fail_report_job(&lease, &failure).await.unwrap();
    }

    /// Makes attempts until none is due; how many were made, and how the delivery stands.
    async fn delivered(&self) -> (usize, Delivery) {
        let mut attempts = 0;
        while let Some(delivery) = self.deliverer.lease().await.unwrap() {
            self.deliverer.attempt(&delivery).await;
            attempts += 1;
        }
        (attempts, self.store.deliveries(1).await.unwrap().remove(0))
    }

    async fn seen(&self) -> Vec<wiremock::Request> {
        self.receiver.received_requests().await.unwrap()
    }
}

async fn told(answers: &[ResponseTemplate]) -> (Case, usize, Delivery) {
    let case = Case::new(answers, |_| {}).await;
    case.a_job_failed().await;
    let (attempts, delivery) = case.delivered().await;
    (case, attempts, delivery)
}

#[tokio::test]
async fn the_body_is_flat_and_signed() {
    let (case, attempts, delivery) = told(&[ResponseTemplate::new(204)]).await;
    assert_eq!((attempts, delivery.state), (1, DeliveryState::Delivered));
    let seen = case.seen().await;
    let mut body: Value = seen[0].body_json().unwrap();
    assert!(body["error_log_id"].take().is_string());
    insta::assert_snapshot!(body, @r#"{"error":"It failed","error_log_id":null,"job_id":"test-123","refunded":true,"status":"failed"}"#);
    Webhook::new(SECRET).unwrap().verify(&seen[0].body, &seen[0].headers).unwrap();
}

#[tokio::test]
async fn a_report_comes_with_a_link_that_stays_the_same() {
    let case = Case::new(&[ResponseTemplate::new(204)], |_| {}).await;
    case.a_job_failed().await;
    let mut delivery = case.store.deliveries(1).await.unwrap().remove(0);
    delivery.body = r#"{"job_id":"j","status":"completed","report_id":"r-1","refunded":false}"#.to_owned();
    let body = case.deliverer.body(&delivery);
    let parsed: Value = serde_json::from_str(&body).unwrap();
    assert!(parsed["report_url"].as_str().unwrap().starts_with("/reports/r-1?expires="), "{body}");
    assert_eq!(body, case.deliverer.body(&delivery));
}

#[tokio::test]
async fn a_failed_attempt_is_repeated_under_the_same_id_and_all_are_kept() {
    let (case, attempts, delivery) = told(&[ResponseTemplate::new(500), ResponseTemplate::new(200)]).await;
    assert_eq!((attempts, delivery.state), (2, DeliveryState::Delivered));
    let seen = case.seen().await;
    let ids: Vec<_> = seen.iter().map(|request| request.headers["webhook-id"].to_str().unwrap()).collect();
    assert_eq!(ids, ["job_test-123", "job_test-123"]);
    assert_eq!(seen[0].body, seen[1].body);
    let history = case.store.delivery(&delivery.id).await.unwrap().unwrap();
    let told: Vec<_> =
        history.attempts.iter().map(|attempt| (attempt.status, attempt.error.as_deref())).collect();
    assert_eq!(told, [(Some(500), Some("status 500")), (Some(200), None)]);
}

#[tokio::test]
async fn attempts_end() {
    for (status, attempts, state) in
        [(503, 3, DeliveryState::Failed), (410, 1, DeliveryState::Gone), (307, 3, DeliveryState::Failed)]
    {
        let (_, made, delivery) = told(&[ResponseTemplate::new(status).insert_header("location", "/")]).await;
        assert_eq!((made, delivery.state), (attempts, state), "{status}");
    }
}

#[tokio::test]
async fn an_origin_that_is_no_longer_listed_is_not_called() {
    let case = Case::new(&[ResponseTemplate::new(200)], |config| config.origins.clear()).await;
    case.a_job_failed().await;
    let (attempts, delivery) = case.delivered().await;
    assert_eq!((attempts, delivery.state), (1, DeliveryState::Failed));
    insta::assert_snapshot!(delivery.last_error.unwrap(), @"not sent: callback_url its origin is not one that this worker may call (CALLBACK_ORIGINS)");
    assert!(case.seen().await.is_empty());
}

#[tokio::test]
async fn what_a_dead_worker_left_is_sent_by_the_loop_of_another() {
    let case = Case::new(&[ResponseTemplate::new(200)], |_| {}).await;
    case.a_job_failed().await;
    let running = tokio::spawn(run(Arc::clone(&case.deliverer)));
    while case.store.deliveries(1).await.unwrap()[0].state != DeliveryState::Delivered {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    case.phase.send_replace(Phase::Ending);
    running.await.unwrap();
    assert_eq!(case.seen().await.len(), 1);
}
