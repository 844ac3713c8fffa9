use super::{Case, every_store, is_lost, samples};
use crate::JobState;

every_store! {
    a_queued_job_is_never_leased_again
    a_running_job_takes_its_lease_away
    a_finished_job_stays_as_it_is
    cancelling_twice_refunds_once
    without_a_user_there_is_no_refund
}

async fn a_queued_job_is_never_leased_again(case: Case) {
    case.store.enqueue(&samples::asked("a", Some("ann"))).await.unwrap();
    let job = case.store.cancel("a").await.unwrap().unwrap();
    assert_eq!((job.state, job.error.as_deref(), job.refunded), (JobState::Failed, Some("cancelled"), true));
    assert_eq!((job.attempts, &job.error_log_id, job.finished_at), (0, &None, Some(job.updated_at)));
    assert_eq!(case.store.job("a").await.unwrap(), Some(job));
    assert_eq!(case.balance("ann").await, 1);
    assert_eq!(case.store.lease("worker", 30).await.unwrap(), None);
    assert_eq!(case.store.depth().await.unwrap(), 0);
}

async fn a_running_job_takes_its_lease_away(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    case.store.progress(&lease, 40, "Reading").await.unwrap();
    let job = case.store.cancel("a").await.unwrap().unwrap();
    assert_eq!((job.state, job.progress), (JobState::Failed, 40));

    assert!(is_lost(&case.store.renew(&lease, 30).await));
    assert!(is_lost(&case.store.progress(&lease, 50, "Comparing").await));
    assert!(is_lost(&case.store.release(&lease, 0, false).await));
    assert!(is_lost(&case.store.complete_report(&lease, &samples::bad_report("r")).await));
    assert!(is_lost(&case.store.fail_report_job(&lease, &samples::failure()).await));
    assert_eq!(case.store.job("a").await.unwrap(), Some(job), "nothing was written");
    assert_eq!((case.reports().await, case.balance("ann").await), (0, 1));
}

async fn a_finished_job_stays_as_it_is(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    case.store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    let before = case.job("a").await;
    case.pass(1).await;
    assert_eq!(case.cancelled("a").await, before);
    assert_eq!(case.job("a").await, before);
    assert_eq!(case.balance("ann").await, 0);
}

async fn cancelling_twice_refunds_once(case: Case) {
    case.store.enqueue(&samples::asked("a", Some("ann"))).await.unwrap();
    let first = case.cancelled("a").await;
    case.pass(1).await;
    assert_eq!(case.cancelled("a").await, first);
    assert_eq!(case.balance("ann").await, 1);
}

async fn without_a_user_there_is_no_refund(case: Case) {
    case.store.enqueue(&samples::asked("a", None)).await.unwrap();
    assert!(!case.store.cancel("a").await.unwrap().unwrap().refunded);
}
