use super::{Case, every_store, samples};
use crate::{Charge, Enqueued, JobState, StoreError};

every_store! {
    the_token_is_taken_once_however_often_it_is_asked
    a_short_balance_takes_no_job_in
    a_refund_gives_back_what_was_taken
    without_a_user_nobody_is_charged
    many_at_once_never_take_more_than_there_is
}

async fn the_token_is_taken_once_however_often_it_is_asked(case: Case) {
    case.store.grant(&samples::id("ann"), 2, "welcome").await.unwrap();
    let asked = samples::charged("a", "ann");
    let first = case.store.enqueue(&asked).await.unwrap();
    assert!(matches!(&first, Enqueued::New(job) if job.charged && job.charge == Charge::Worker));
    let second = case.store.enqueue(&asked).await.unwrap();
    assert!(matches!(&second, Enqueued::Same(job) if job.charged));
    assert_eq!(case.balance("ann").await, 1);

    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    case.store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    assert_eq!(case.balance("ann").await, 1);
}

async fn a_short_balance_takes_no_job_in(case: Case) {
    let asked = samples::charged("a", "ann");
    let refused = case.store.enqueue(&asked).await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::InsufficientTokens { user_id } if *user_id == samples::id("ann")),
        "{refused:?}"
    );
    assert!(!refused.is_transient());
    assert_eq!(case.store.job("a").await.unwrap(), None);
    assert_eq!((case.balance("ann").await, case.store.depth().await.unwrap()), (0, 0));

    case.store.grant(&samples::id("ann"), 1, "welcome").await.unwrap();
    assert!(matches!(case.store.enqueue(&asked).await.unwrap(), Enqueued::New(_)));
    assert_eq!(case.balance("ann").await, 0);
}

async fn a_refund_gives_back_what_was_taken(case: Case) {
    case.store.grant(&samples::id("ann"), 3, "welcome").await.unwrap();
    for job_id in ["bad", "failed", "cancelled"] {
        case.store.enqueue(&samples::charged(job_id, "ann")).await.unwrap();
    }
    assert_eq!(case.balance("ann").await, 0);
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    assert!(case.store.complete_report(&lease, &samples::bad_report("r")).await.unwrap().refunded);
    let lease = case.store.lease("worker", 30).await.unwrap().unwrap();
    assert!(case.store.fail_report_job(&lease, &samples::failure()).await.unwrap().refunded);
    assert!(case.store.cancel("cancelled").await.unwrap().unwrap().refunded);
    assert_eq!(case.balance("ann").await, 3);
}

async fn without_a_user_nobody_is_charged(case: Case) {
    let asked = crate::NewJob { charge: Charge::Worker, ..samples::asked("a", None) };
    let job = case.store.enqueue(&asked).await.unwrap().job().clone();
    assert_eq!((job.charged, job.state), (false, JobState::Queued));
    assert!(!case.store.cancel("a").await.unwrap().unwrap().refunded);
}

async fn many_at_once_never_take_more_than_there_is(case: Case) {
    case.store.grant(&samples::id("ann"), 5, "welcome").await.unwrap();
    let mut callers = tokio::task::JoinSet::new();
    for number in 0..20 {
        let store = case.store.clone();
        callers.spawn(async move { store.enqueue(&samples::charged(&format!("job-{number}"), "ann")).await });
    }
    let answers = callers.join_all().await;
    let short = answers.iter().filter(|answer| matches!(answer, Err(StoreError::InsufficientTokens { .. })));
    assert_eq!(short.count(), 15);
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 5);
    assert_eq!((case.balance("ann").await, case.store.depth().await.unwrap()), (0, 5));
}
