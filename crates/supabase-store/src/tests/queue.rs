use super::{Case, every_store, is_lost, samples};
use crate::{Enqueued, JobState, NewJob, StoreError};

every_store! {
    the_same_job_again_is_the_same
    another_body_is_a_conflict
    a_finished_job_asked_again_tells_its_end
    jobs_are_leased_in_order_of_arrival
    an_ended_lease_goes_to_another_and_fences_the_first
    an_ended_lease_that_nobody_took_still_holds
    a_renewed_lease_keeps_the_job
    progress_is_noted_and_begins_anew_with_each_lease
    a_released_job_waits_for_its_delay
    a_released_lease_is_lost_at_once
    only_waiting_jobs_make_the_depth
    jobs_are_listed_newest_first
    what_is_not_known_is_said_so
}

async fn the_same_job_again_is_the_same(case: Case) {
    let asked = samples::asked("a", Some("ann"));
    let first = case.store.enqueue(&asked).await.unwrap();
    case.pass(5).await;
    let second = case.store.enqueue(&asked).await.unwrap();

    assert!(matches!(first, Enqueued::New(_)) && matches!(second, Enqueued::Same(_)));
    let job = first.job();
    assert_eq!(case.now(second.job().clone()), *job);
    assert_eq!(case.job("a").await.as_ref(), Some(job));
    assert_eq!(case.store.jobs(10).await.unwrap().len(), 1);
    assert_eq!((job.state, job.progress, job.attempts, job.leases), (JobState::Queued, 0, 0, 0));
    assert_eq!((job.queued_at, job.updated_at), (job.created_at, job.created_at));
    assert!(case.is_real() || job.created_at.to_string() == "2023-11-14T22:13:20.123456Z");
}

async fn another_body_is_a_conflict(case: Case) {
    let asked = samples::asked("a", Some("ann"));
    case.store.enqueue(&asked).await.unwrap();
    for other in [
        NewJob { user_id: Some(samples::id("bob")), ..asked.clone() },
        NewJob { user_id: None, ..asked.clone() },
        NewJob { ticker: "OTHER".parse().unwrap(), ..asked.clone() },
        NewJob { callback_url: None, ..asked.clone() },
    ] {
        let refused = case.store.enqueue(&other).await;
        assert!(
            matches!(&refused, Err(StoreError::Conflict { job_id }) if job_id == "a"),
            "{other:?}: {refused:?}"
        );
    }
    assert_eq!(case.store.jobs(10).await.unwrap().len(), 1);
}

async fn a_finished_job_asked_again_tells_its_end(case: Case) {
    let lease = case.leased("a", None).await;
    case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    let again = case.store.enqueue(&samples::asked("a", None)).await.unwrap();
    assert!(matches!(again, Enqueued::Same(job) if job.state == JobState::Failed));
    assert_eq!(case.store.lease("worker", 30).await.unwrap(), None);
}

async fn jobs_are_leased_in_order_of_arrival(case: Case) {
    for job_id in ["c", "a", "b"] {
        case.store.enqueue(&samples::asked(job_id, None)).await.unwrap();
    }
    let mut order = Vec::new();
    while let Some(lease) = case.store.lease("worker", 30).await.unwrap() {
        assert_eq!((lease.attempt, lease.job.state), (1, JobState::Processing));
        order.push(lease.job.job_id);
    }
    assert_eq!(order, ["c", "a", "b"]);
}

async fn an_ended_lease_goes_to_another_and_fences_the_first(case: Case) {
    let first = case.leased("a", Some("ann")).await;
    case.pass(29).await;
    assert_eq!(case.store.lease("other", 30).await.unwrap(), None);
    case.pass(1).await;
    let second = case.store.lease("other", 30).await.unwrap().unwrap();
    let job = &second.job;
    assert_eq!((second.attempt, job.leases, job.lost_leases, job.attempts), (2, 2, 1, 0));

    assert!(is_lost(&case.store.renew(&first, 30).await));
    assert!(is_lost(&case.store.progress(&first, 50, "Late").await));
    assert!(is_lost(&case.store.release(&first, 0, true).await));
    assert!(is_lost(&case.store.complete_report(&first, &samples::bad_report("r1")).await));
    assert!(is_lost(&case.store.fail_report_job(&first, &samples::failure()).await));
    assert_eq!(case.store.job("a").await.unwrap().as_ref(), Some(job), "nothing was written");
    assert_eq!((case.reports().await, case.balance("ann").await), (0, 0));

    case.store.complete_report(&second, &samples::good_report("r2")).await.unwrap();
    assert!(is_lost(&case.store.fail_report_job(&first, &samples::failure()).await));
    assert_eq!(case.state("a").await, JobState::Completed);
}

async fn an_ended_lease_that_nobody_took_still_holds(case: Case) {
    let lease = case.leased("a", None).await;
    case.pass(60).await;
    let renewed = case.store.renew(&lease, 30).await.unwrap();
    assert_eq!(renewed.attempt, lease.attempt);
    case.pass(60).await;
    case.store.complete_report(&renewed, &samples::good_report("r")).await.unwrap();
    assert_eq!(case.state("a").await, JobState::Completed);
}

async fn a_renewed_lease_keeps_the_job(case: Case) {
    let lease = case.leased("a", None).await;
    case.pass(20).await;
    let renewed = case.store.renew(&lease, 30).await.unwrap();
    let longer = case.later(renewed.until).as_second() - lease.until.as_second();
    assert!(longer == 20 || case.is_real() && (20..30).contains(&longer), "{longer}");
    case.pass(20).await;
    assert_eq!(case.store.lease("other", 30).await.unwrap(), None);
    case.store.progress(&lease, 10, "The first lease is as good as the renewed").await.unwrap();
}

async fn progress_is_noted_and_begins_anew_with_each_lease(case: Case) {
    let lease = case.leased("a", None).await;
    for (percent, noted) in [(40, 40), (250, 100)] {
        case.pass(1).await;
        case.store.progress(&lease, percent, "Reading").await.unwrap();
        let job = case.store.job("a").await.unwrap().unwrap();
        assert_eq!((job.progress, job.current_step.as_str()), (noted, "Reading"));
        assert!(job.updated_at > job.created_at);
    }
    case.pass(60).await;
    assert_eq!(case.store.lease("other", 30).await.unwrap().unwrap().job.progress, 0);
}

async fn a_released_job_waits_for_its_delay(case: Case) {
    let mut lease = case.leased("a", None).await;
    for (counts, attempts, leases) in [(true, 1, 1), (false, 1, 2), (true, 2, 3)] {
        case.store.release(&lease, 10, counts).await.unwrap();
        let job = case.store.job("a").await.unwrap().unwrap();
        assert_eq!((job.state, job.attempts, job.leases), (JobState::Queued, attempts, leases));
        assert_eq!(case.store.lease("worker", 30).await.unwrap(), None);
        case.pass(10).await;
        lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    }
    assert_eq!(lease.job.lost_leases, 0);
}

async fn a_released_lease_is_lost_at_once(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    case.store.release(&lease, 10, true).await.unwrap();
    assert!(is_lost(&case.store.release(&lease, 10, true).await));
    assert!(is_lost(&case.store.renew(&lease, 30).await));
    assert!(is_lost(&case.store.fail_report_job(&lease, &samples::failure()).await));
    assert_eq!(case.store.job("a").await.unwrap().unwrap().attempts, 1);
    assert_eq!(case.balance("ann").await, 0);
}

async fn only_waiting_jobs_make_the_depth(case: Case) {
    assert_eq!(case.store.depth().await.unwrap(), 0);
    let done = case.leased("done", None).await;
    case.store.complete_report(&done, &samples::good_report("r")).await.unwrap();
    let delayed = case.leased("delayed", None).await;
    case.store.release(&delayed, 1000, false).await.unwrap();
    case.leased("running", None).await;
    case.store.enqueue(&samples::asked("new", None)).await.unwrap();
    assert_eq!(case.store.depth().await.unwrap(), 2);
    case.pass(30).await;
    assert_eq!(case.store.depth().await.unwrap(), 3, "the lease of the running one has ended");
}

async fn jobs_are_listed_newest_first(case: Case) {
    for job_id in ["a", "b", "c"] {
        case.store.enqueue(&samples::asked(job_id, None)).await.unwrap();
    }
    let jobs = case.store.jobs(2).await.unwrap();
    assert_eq!(jobs.iter().map(|job| job.job_id.as_str()).collect::<Vec<_>>(), ["c", "b"]);
}

async fn what_is_not_known_is_said_so(case: Case) {
    assert_eq!(case.store.job("a").await.unwrap(), None);
    assert_eq!(case.store.cancel("a").await.unwrap(), None);
    assert_eq!(case.store.report(&samples::id("r")).await.unwrap(), None);
    assert_eq!(case.store.lease("worker", 30).await.unwrap(), None);
    assert_eq!(case.balance("ann").await, 0);

    let mut foreign = Case::memory().leased("elsewhere", None).await;
    foreign.attempt = 0;
    let renewed = case.store.renew(&foreign, 30).await;
    assert!(matches!(renewed, Err(StoreError::NoSuchJob)), "{renewed:?}");
    let failed = case.store.fail_report_job(&foreign, &samples::failure()).await;
    assert!(matches!(failed, Err(StoreError::NoSuchJob)), "{failed:?}");
}
