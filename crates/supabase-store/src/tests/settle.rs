use super::{Case, every_store, samples};
use crate::{JobState, NewJob, Settled, StoreError};

every_store! {
    a_good_report_completes_the_job
    a_bad_report_refunds_once
    a_failure_refunds_once
    without_a_user_nothing_is_refunded
    the_first_settlement_stays
    a_retried_job_still_refunds_once
    a_taken_report_id_leaves_the_job_open
    reports_are_listed_newest_first
    reports_of_a_ticker_are_listed_apart
    grants_add_up
}

async fn a_good_report_completes_the_job(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    let report = samples::good_report("r");
    case.pass(7).await;
    let settled = case.store.complete_report(&lease, &report).await.unwrap();
    let expected = Settled { report_id: Some(samples::id("r")), error_log_id: None, refunded: false };
    assert_eq!(settled, expected);

    let job = case.store.job("a").await.unwrap().unwrap();
    assert_eq!((job.state, job.progress, job.report_id), (JobState::Completed, 100, Some(samples::id("r"))));
    assert_eq!((job.attempts, job.error.as_deref(), job.finished_at), (0, None, Some(job.updated_at)));
    assert_eq!(case.store.report(&samples::id("r")).await.unwrap(), Some(report.clone()));
    let listed = case.store.reports(10).await.unwrap();
    assert_eq!(listed.len(), 1);
    let line = &listed[0];
    assert_eq!(
        (line.report_id.clone(), line.ticker.as_str(), line.is_valid),
        (samples::id("r"), "ACME", true)
    );
    assert_eq!(
        (line.newer_filing_date, line.older_filing_date),
        (report.newer.filing_date, report.older.filing_date)
    );
    assert_eq!(
        (&line.newer_accession, &line.older_accession),
        (&report.newer.accession, &report.older.accession)
    );
    assert_eq!(line.company_name, "Acme Widgets Inc.");
    assert!(line.created_at >= job.created_at && Some(line.created_at) <= job.finished_at);
    assert_eq!(case.balance("ann").await, 0);
}

async fn a_bad_report_refunds_once(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    let report = samples::bad_report("r");
    let first = case.store.complete_report(&lease, &report).await.unwrap();
    assert!(first.refunded);
    let before = case.job("a").await;
    case.pass(60).await;
    assert_eq!(case.store.complete_report(&lease, &report).await.unwrap(), first);
    // Made anew after a crash, the report has another id; the stored one stays.
    assert_eq!(case.store.complete_report(&lease, &samples::bad_report("r2")).await.unwrap(), first);
    assert_eq!(case.job("a").await, before);
    assert!(before.is_some_and(|job| job.refunded && job.state == JobState::Completed));
    assert_eq!((case.reports().await, case.balance("ann").await), (1, 1));
}

async fn a_failure_refunds_once(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    let first = case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    assert_eq!((first.refunded, &first.report_id, first.error_log_id.is_some()), (true, &None, true));
    case.pass(60).await;
    assert_eq!(case.store.fail_report_job(&lease, &samples::failure()).await.unwrap(), first);
    let job = case.store.job("a").await.unwrap().unwrap();
    assert_eq!((job.state, job.attempts, job.error_log_id), (JobState::Failed, 1, first.error_log_id));
    assert_eq!(job.error.as_deref(), Some("EDGAR does not answer"));
    assert_eq!(case.balance("ann").await, 1);
}

async fn without_a_user_nothing_is_refunded(case: Case) {
    let lease = case.leased("bad", None).await;
    assert!(!case.store.complete_report(&lease, &samples::bad_report("r")).await.unwrap().refunded);
    let lease = case.leased("failed", None).await;
    assert!(!case.store.fail_report_job(&lease, &samples::failure()).await.unwrap().refunded);
    assert!(case.store.jobs(10).await.unwrap().iter().all(|job| !job.refunded));
}

async fn the_first_settlement_stays(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    let completed = case.store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    assert_eq!(case.store.fail_report_job(&lease, &samples::failure()).await.unwrap(), completed);
    assert_eq!(case.state("a").await, JobState::Completed);

    let lease = case.leased("b", Some("ann")).await;
    let failed = case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    assert_eq!(case.store.complete_report(&lease, &samples::good_report("r2")).await.unwrap(), failed);
    assert_eq!((case.reports().await, case.balance("ann").await), (1, 1));
}

async fn a_retried_job_still_refunds_once(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    case.store.release(&lease, 0, true).await.unwrap();
    let lease = case.store.lease("other", 30).await.unwrap().unwrap();
    case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    let job = case.store.cancel("a").await.unwrap().unwrap();
    assert_eq!((job.attempts, job.error.as_deref()), (2, Some("EDGAR does not answer")));
    assert_eq!(case.balance("ann").await, 1);
}

async fn a_taken_report_id_leaves_the_job_open(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    case.store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    let lease = case.leased("b", Some("ann")).await;
    let refused = case.store.complete_report(&lease, &samples::bad_report("r")).await;
    assert!(matches!(refused, Err(StoreError::DuplicateReport { .. })), "{refused:?}");
    assert_eq!(case.store.job("b").await.unwrap(), Some(lease.job.clone()), "nothing was written");
    assert_eq!(case.balance("ann").await, 0);
    case.store.complete_report(&lease, &samples::good_report("r2")).await.unwrap();
    assert_eq!(case.reports().await, 2);
}

async fn reports_are_listed_newest_first(case: Case) {
    for (job_id, report_id) in [("a", "r1"), ("b", "r2"), ("c", "r3")] {
        let lease = case.leased(job_id, None).await;
        case.store.complete_report(&lease, &samples::bad_report(report_id)).await.unwrap();
    }
    let listed = case.store.reports(2).await.unwrap();
    assert_eq!(
        listed.iter().map(|line| line.report_id.clone()).collect::<Vec<_>>(),
        ["r3", "r2"].map(samples::id)
    );
    assert!(listed.iter().all(|line| !line.is_valid));
}

async fn reports_of_a_ticker_are_listed_apart(case: Case) {
    for (job_id, ticker) in [("a", "ACME"), ("b", "SOLO"), ("c", "ACME"), ("d", "ACME-B")] {
        let asked = NewJob { ticker: ticker.parse().unwrap(), ..samples::asked(job_id, None) };
        case.store.enqueue(&asked).await.unwrap();
        let lease = case.store.lease("w", 30).await.unwrap().unwrap();
        case.store.complete_report(&lease, &samples::good_report(job_id)).await.unwrap();
    }
    let of = async |ticker: &str, limit| {
        let listed = case.store.reports_of(&ticker.parse().unwrap(), limit).await.unwrap();
        listed.into_iter().map(|line| line.report_id).collect::<Vec<_>>()
    };
    assert_eq!(of("acme", 10).await, ["c", "a"].map(samples::id));
    assert_eq!(of("ACME", 1).await, ["c"].map(samples::id));
    assert_eq!((of("ACME", 0).await.len(), of("NONE", 10).await.len()), (0, 0));
}

async fn grants_add_up(case: Case) {
    assert_eq!(case.store.grant(&samples::id("ann"), 5, "welcome").await.unwrap(), 5);
    assert_eq!(case.store.grant(&samples::id("ann"), 5, "welcome").await.unwrap(), 10);
    assert_eq!(case.store.grant(&samples::id("bob"), 1, "welcome").await.unwrap(), 1);
    let lease = case.leased("a", Some("ann")).await;
    case.store.fail_report_job(&lease, &samples::failure()).await.unwrap();
    assert_eq!(case.balance("ann").await, 11);
    assert_eq!(case.balance("bob").await, 1);
}
