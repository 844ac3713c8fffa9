use super::{Case, every_store, is_lost, samples};
use crate::{JobState, StoreError};

every_store! {
    a_failed_job_is_tried_again_as_if_it_were_new
    its_deadline_counts_anew
    any_other_job_stays_as_it_is
    a_job_that_nobody_knows_is_named_so
    a_second_failure_pays_no_second_refund_and_keeps_one_error_log
    a_good_report_after_a_refund_is_free
}

async fn failed(case: &Case) -> crate::Lease {
    let lease = case.leased("a", Some("ann")).await;
    case.store.release(&lease, 0, true).await.unwrap();
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    lease
}

async fn a_failed_job_is_tried_again_as_if_it_were_new(case: Case) {
    let ended = failed(&case).await;
    let job = case.store.retry("a").await.unwrap();
    assert_eq!((job.state, job.progress, job.attempts, job.lost_leases), (JobState::Queued, 0, 0, 0));
    assert_eq!((&job.error, &job.error_log_id, job.finished_at), (&None, &None, None));
    assert_eq!(case.store.job("a").await.unwrap(), Some(job));
    assert!(is_lost(&case.store.fail_report_job(&ended, &samples::failure()).await), "the old lease is void");
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    assert_eq!((lease.job.job_id.as_str(), lease.attempt), ("a", 3));
}

async fn its_deadline_counts_anew(case: Case) {
    failed(&case).await;
    case.pass(3600).await;
    let job = case.store.retry("a").await.unwrap();
    assert!(job.queued_at.as_second() - job.created_at.as_second() >= 3600);
    let counts = case.store.counts().await.unwrap();
    assert!(counts.oldest_seconds.is_some_and(|seconds| seconds < 3600), "{counts:?}");
}

async fn any_other_job_stays_as_it_is(case: Case) {
    let lease = case.leased("done", None).await;
    case.store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    case.leased("running", None).await;
    case.store.enqueue(&samples::asked("waiting", None)).await.unwrap();
    for job_id in ["done", "running", "waiting"] {
        let before = case.store.job(job_id).await.unwrap();
        assert_eq!(Some(case.store.retry(job_id).await.unwrap()), before);
        assert_eq!(case.store.job(job_id).await.unwrap(), before);
    }
}

async fn a_job_that_nobody_knows_is_named_so(case: Case) {
    let refused = case.store.retry("a").await;
    assert!(matches!(refused, Err(StoreError::NoSuchJob)), "{refused:?}");
}

async fn a_second_failure_pays_no_second_refund_and_keeps_one_error_log(case: Case) {
    failed(&case).await;
    let first = case.store.job("a").await.unwrap().unwrap().error_log_id;
    case.store.retry("a").await.unwrap();
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    let settled = case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    assert!(settled.refunded && first.is_some());
    assert_eq!((settled.error_log_id, case.balance("ann").await), (first, 1));
}

async fn a_good_report_after_a_refund_is_free(case: Case) {
    failed(&case).await;
    case.store.retry("a").await.unwrap();
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    let settled = case.store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    assert!(settled.refunded, "the user has the token still");
    assert_eq!((case.state("a").await, case.balance("ann").await), (JobState::Completed, 1));
}
