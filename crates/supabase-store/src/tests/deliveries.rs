use super::{Case, every_store, samples};
use crate::{Delivery, DeliveryOutcome, DeliveryState, JobState, NewJob, StoreError, Tried};

every_store! {
    a_job_that_ends_leaves_its_callback
    each_ending_has_its_body
    a_job_without_an_address_leaves_none
    a_callback_is_delivered_once
    a_callback_waits_for_its_next_try
    a_lost_lease_notes_nothing
    noting_twice_is_noting_once
    a_refused_callback_can_be_sent_again
    one_that_is_being_sent_is_left_alone
    a_retried_job_tells_its_second_end_under_another_id
    deliveries_are_listed_newest_first
}

fn tried(outcome: DeliveryOutcome, status: Option<u16>) -> Tried {
    let error = (outcome != DeliveryOutcome::Delivered).then(|| "the receiver does not answer".to_owned());
    Tried { outcome, status, error, milliseconds: 42 }
}

fn delivered() -> Tried {
    tried(DeliveryOutcome::Delivered, Some(204))
}

async fn lease(case: &Case) -> Option<Delivery> {
    case.store.lease_delivery("worker", 30).await.unwrap()
}

/// A job that failed, and its callback, leased.
async fn leased(case: &Case) -> Delivery {
    let job = case.leased("a", Some("ann")).await;
    case.store.fail_report_job(&job, &samples::failure()).await.unwrap();
    lease(case).await.unwrap()
}

async fn a_job_that_ends_leaves_its_callback(case: Case) {
    let job = case.leased("a", Some("ann")).await;
    assert_eq!(lease(&case).await, None, "it has not ended");
    case.store.complete_report(&job, &samples::good_report("r")).await.unwrap();
    case.store.complete_report(&job, &samples::good_report("r")).await.unwrap();
    let delivery = lease(&case).await.unwrap();
    assert_eq!((delivery.id.as_str(), delivery.job_id.as_str()), ("job_a", "a"));
    assert_eq!(delivery.url, "https://platform.example/callback");
    assert_eq!(
        (delivery.state, delivery.attempts, delivery.leases, delivery.finished_at),
        (DeliveryState::Pending, 0, 1, None)
    );
    assert_eq!(lease(&case).await, None, "there is one, and it is leased");
}

async fn each_ending_has_its_body(case: Case) {
    let job = case.leased("done", Some("ann")).await;
    case.store.complete_report(&job, &samples::bad_report("r")).await.unwrap();
    let body = lease(&case).await.unwrap().body;
    let report_id = samples::id("r");
    assert_eq!(
        body,
        format!(r#"{{"job_id":"done","status":"completed","report_id":"{report_id}","refunded":true}}"#)
    );

    let job = case.leased("failed", None).await;
    let failure = crate::Failure { message: "no \"Ü\"\nhere\t\u{1}/".into(), ..samples::failure() };
    let error_log_id = case.store.fail_report_job(&job, &failure).await.unwrap().error_log_id.unwrap();
    let body = lease(&case).await.unwrap().body;
    assert_eq!(
        body,
        format!(
            r#"{{"job_id":"failed","status":"failed","error":"no \"Ü\"\nhere\t\u0001/","error_log_id":"{error_log_id}","refunded":false}}"#
        )
    );

    case.store.enqueue(&samples::asked("cancelled", Some("ann"))).await.unwrap();
    case.store.cancel("cancelled").await.unwrap();
    let body = lease(&case).await.unwrap().body;
    let expected =
        r#"{"job_id":"cancelled","status":"failed","error":"cancelled","error_log_id":null,"refunded":true}"#;
    assert_eq!(body, expected);
}

async fn a_job_without_an_address_leaves_none(case: Case) {
    case.store.enqueue(&NewJob { callback_url: None, ..samples::asked("a", None) }).await.unwrap();
    case.store.cancel("a").await.unwrap();
    assert_eq!(lease(&case).await, None);
    assert_eq!(case.store.deliveries(10).await.unwrap(), []);
}

async fn a_callback_is_delivered_once(case: Case) {
    let leased = leased(&case).await;
    let noted = case.store.note_attempt(&leased, &delivered()).await.unwrap();
    assert_eq!((noted.state, noted.attempts, &noted.last_error), (DeliveryState::Delivered, 1, &None));
    assert_eq!(noted.finished_at, Some(noted.updated_at));
    case.pass(3600).await;
    assert_eq!(lease(&case).await, None);
    let history = case.store.delivery("job_a").await.unwrap().unwrap();
    let [attempt] = history.attempts.as_slice() else { panic!("{history:?}") };
    assert_eq!((attempt.number, attempt.status, &attempt.error), (1, Some(204), &None));
    assert_eq!(attempt.milliseconds, 42);
}

async fn a_callback_waits_for_its_next_try(case: Case) {
    let mut delivery = leased(&case).await;
    for (after_seconds, status) in [(5, Some(503)), (300, None)] {
        let retry = tried(DeliveryOutcome::Retry { after_seconds }, status);
        let noted = case.store.note_attempt(&delivery, &retry).await.unwrap();
        assert_eq!((noted.state, noted.finished_at), (DeliveryState::Pending, None));
        assert_eq!(noted.last_error.as_deref(), Some("the receiver does not answer"));
        case.pass(i64::from(after_seconds) - 3).await;
        assert_eq!(lease(&case).await, None);
        case.pass(3).await;
        delivery = lease(&case).await.unwrap();
    }
    assert_eq!((delivery.id.as_str(), delivery.attempts, delivery.leases), ("job_a", 2, 3));
    let given_up = tried(DeliveryOutcome::Failed, Some(500));
    let noted = case.store.note_attempt(&delivery, &given_up).await.unwrap();
    assert_eq!(noted.state, DeliveryState::Failed);
    let history = case.store.delivery("job_a").await.unwrap().unwrap();
    let told: Vec<_> = history.attempts.iter().map(|attempt| (attempt.number, attempt.status)).collect();
    assert_eq!(told, [(1, Some(503)), (2, None), (3, Some(500))]);
}

async fn a_lost_lease_notes_nothing(case: Case) {
    let first = leased(&case).await;
    case.pass(30).await;
    let second = lease(&case).await.unwrap();
    assert_eq!((second.id.as_str(), second.leases), (first.id.as_str(), 2));
    let late = case.store.note_attempt(&first, &delivered()).await;
    assert!(matches!(late, Err(StoreError::DeliveryLost { .. })), "{late:?}");
    assert_eq!(case.store.delivery("job_a").await.unwrap().unwrap().attempts, []);
    case.store.note_attempt(&second, &delivered()).await.unwrap();

    let unknown = Delivery { id: "job_x".into(), ..first };
    let noted = case.store.note_attempt(&unknown, &delivered()).await;
    assert!(matches!(noted, Err(StoreError::NoSuchDelivery)), "{noted:?}");
}

async fn noting_twice_is_noting_once(case: Case) {
    let leased = leased(&case).await;
    let retry = tried(DeliveryOutcome::Retry { after_seconds: 0 }, Some(503));
    let first = case.store.note_attempt(&leased, &retry).await.unwrap();
    assert_eq!(case.store.note_attempt(&leased, &retry).await.unwrap(), first);
    assert_eq!(case.store.note_attempt(&leased, &delivered()).await.unwrap(), first, "the first word stays");
    assert_eq!(case.store.delivery("job_a").await.unwrap().unwrap().attempts.len(), 1);
}

async fn a_refused_callback_can_be_sent_again(case: Case) {
    let refused = leased(&case).await;
    case.store.note_attempt(&refused, &tried(DeliveryOutcome::Gone, Some(410))).await.unwrap();
    assert_eq!(lease(&case).await, None);
    let due = case.store.resend("job_a").await.unwrap().unwrap();
    assert_eq!((due.state, due.attempts, due.finished_at), (DeliveryState::Pending, 1, None));
    let again = lease(&case).await.unwrap();
    assert_eq!((&again.id, &again.body), (&refused.id, &refused.body), "the receiver knows it");
    let noted = case.store.note_attempt(&again, &delivered()).await.unwrap();
    assert_eq!((noted.state, noted.attempts), (DeliveryState::Delivered, 2));
    assert_eq!(case.store.resend("job_x").await.unwrap(), None);
}

async fn one_that_is_being_sent_is_left_alone(case: Case) {
    let leased = leased(&case).await;
    let left = case.store.resend("job_a").await.unwrap().unwrap();
    assert_eq!(left.available_at, leased.available_at);
    assert_eq!(lease(&case).await, None);
    case.store.note_attempt(&leased, &delivered()).await.unwrap();
}

async fn a_retried_job_tells_its_second_end_under_another_id(case: Case) {
    let first = leased(&case).await;
    case.store.note_attempt(&first, &delivered()).await.unwrap();
    case.store.retry("a").await.unwrap();
    let job = case.store.lease("worker", 30).await.unwrap().unwrap();
    case.store.complete_report(&job, &samples::good_report("r")).await.unwrap();
    let second = lease(&case).await.unwrap();
    assert_eq!((second.id.as_str(), second.attempts), ("job_a_2", 0));
    assert!(second.body.contains(JobState::Completed.as_str()), "{}", second.body);
    assert_eq!(case.store.deliveries(10).await.unwrap().len(), 1);
}

async fn deliveries_are_listed_newest_first(case: Case) {
    for job_id in ["a", "b", "c"] {
        case.store.enqueue(&samples::asked(job_id, None)).await.unwrap();
        case.store.cancel(job_id).await.unwrap();
    }
    let listed = case.store.deliveries(2).await.unwrap();
    assert_eq!(listed.iter().map(|delivery| delivery.job_id.as_str()).collect::<Vec<_>>(), ["c", "b"]);
    assert_eq!(case.store.deliveries(0).await.unwrap(), []);
}
