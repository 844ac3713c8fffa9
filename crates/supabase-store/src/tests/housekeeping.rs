use super::{Case, every_store, is_lost, samples};
use crate::{DeliveryOutcome, Enqueued, Erased, KeptAnswer, NewJob, Removed, StoreError, Tried};

every_store! {
    what_ended_long_ago_goes
    what_is_not_done_stays
    a_job_that_went_is_not_paid_for_twice
    a_user_is_erased_and_the_ledger_stays
    other_users_stay
}

const DAY: i64 = 24 * 3600;

fn without_callback(job_id: &str, user: Option<&str>) -> NewJob {
    NewJob { callback_url: None, ..samples::asked(job_id, user) }
}

async fn what_ended_long_ago_goes(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    case.store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    let delivery = case.store.lease_delivery("worker", 30).await.unwrap().unwrap();
    let delivered =
        Tried { outcome: DeliveryOutcome::Delivered, status: Some(200), error: None, milliseconds: 1 };
    case.store.note_attempt(&delivery, &delivered).await.unwrap();
    let answer = KeptAnswer { model: "model-1".into(), answer: "{}".into(), tokens: 1 };
    case.store.keep_model_answer("key", &answer).await.unwrap();

    case.pass(9 * DAY).await;
    assert_eq!(case.store.remove_older_than(10).await.unwrap(), Removed::default());
    case.pass(2 * DAY).await;
    let removed = case.store.remove_older_than(10).await.unwrap();
    assert_eq!(removed, Removed { jobs: 1, deliveries: 1, answers: 1 });
    assert_eq!(case.store.job("a").await.unwrap(), None);
    assert_eq!(case.store.delivery("job_a").await.unwrap(), None);
    assert_eq!(case.store.model_answer("key").await.unwrap(), None);
    assert_eq!(case.store.report(&samples::id("r")).await.unwrap(), Some(samples::good_report("r")));
    assert_eq!(case.store.remove_older_than(10).await.unwrap(), Removed::default());
}

async fn what_is_not_done_stays(case: Case) {
    case.store.enqueue(&samples::asked("to-be-told", None)).await.unwrap();
    case.store.cancel("to-be-told").await.unwrap();
    case.leased("running", None).await;
    case.store.enqueue(&samples::asked("waiting", None)).await.unwrap();
    case.pass(100 * DAY).await;
    assert_eq!(case.store.remove_older_than(10).await.unwrap(), Removed::default());
    assert_eq!(case.store.jobs(10).await.unwrap().len(), 3);
}

async fn a_job_that_went_is_not_paid_for_twice(case: Case) {
    case.store.grant(&samples::id("ann"), 5, "welcome").await.unwrap();
    let charged = |job_id: &str| NewJob { callback_url: None, ..samples::charged(job_id, "ann") };
    for job_id in ["failed", "done"] {
        case.store.enqueue(&charged(job_id)).await.unwrap();
    }
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    let first = case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    case.store.complete_report(&lease, &samples::good_report("r1")).await.unwrap();
    case.pass(11 * DAY).await;
    assert_eq!(case.store.remove_older_than(10).await.unwrap().jobs, 2);
    assert_eq!(case.balance("ann").await, 4);

    for job_id in ["failed", "done"] {
        let again = case.store.enqueue(&charged(job_id)).await.unwrap();
        assert!(matches!(again, Enqueued::New(_)), "{again:?}");
    }
    assert_eq!(case.balance("ann").await, 4, "both were paid for before");
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    let again = case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    assert_eq!((again.refunded, again.error_log_id), (true, first.error_log_id));
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    let settled = case.store.complete_report(&lease, &samples::good_report("r2")).await.unwrap();
    assert_eq!(settled.report_id, Some(samples::id("r1")), "it has its report");
    assert_eq!((case.reports().await, case.balance("ann").await), (1, 4));
}

async fn a_user_is_erased_and_the_ledger_stays(case: Case) {
    let lease = case.leased("done", Some("ann")).await;
    case.store.complete_report(&lease, &samples::bad_report("r")).await.unwrap();
    let lease = case.leased("failed", Some("ann")).await;
    case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    let running = case.leased("running", Some("ann")).await;
    case.store.enqueue(&samples::asked("waiting", Some("ann"))).await.unwrap();

    let erased = case.store.erase_user(&samples::id("ann")).await.unwrap();
    assert_eq!(erased, Erased { reports: 1, jobs: 4, error_logs: 1 });
    assert_eq!(case.store.jobs(10).await.unwrap(), []);
    assert_eq!(case.store.deliveries(10).await.unwrap(), []);
    assert_eq!(case.store.report(&samples::id("r")).await.unwrap(), None);
    assert_eq!(case.reports().await, 0);
    assert_eq!(case.balance("ann").await, 4, "refunds of what was cancelled included");
    assert_eq!(case.store.lease("worker", 30).await.unwrap(), None);
    let late = case.store.complete_report(&running, &samples::good_report("late")).await;
    assert!(matches!(late, Err(StoreError::NoSuchJob)) || is_lost(&late), "{late:?}");
    assert_eq!(case.store.erase_user(&samples::id("ann")).await.unwrap(), Erased::default());
}

async fn other_users_stay(case: Case) {
    let lease = case.leased("bob", Some("bob")).await;
    case.store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    case.store.enqueue(&without_callback("nobody", None)).await.unwrap();
    case.store.erase_user(&samples::id("ann")).await.unwrap();
    assert_eq!((case.store.jobs(10).await.unwrap().len(), case.reports().await), (2, 1));
    assert_eq!(case.store.deliveries(10).await.unwrap().len(), 1);
}
