use std::{
    future::{Future, poll_fn},
    pin::pin,
    task::Poll,
};

use tokio::task::JoinSet;

use super::{Case, every_embedded_store, every_store, samples};
use crate::JobState;

every_store! {
    many_completions_at_once_are_one
    many_enqueuers_of_one_job_make_one
}

every_embedded_store! {
    a_call_that_is_cut_off_has_happened_or_not
}

async fn many_completions_at_once_are_one(case: Case) {
    let lease = case.leased("a", Some("ann")).await;
    let mut clients = JoinSet::new();
    for number in 0..50 {
        let (store, lease) = (case.store.clone(), lease.clone());
        clients.spawn(async move {
            store.complete_report(&lease, &samples::bad_report(&format!("r{number}"))).await.unwrap()
        });
    }
    let answers = clients.join_all().await;
    assert_eq!(answers.len(), 50);
    assert!(answers.iter().all(|settled| settled == &answers[0] && settled.refunded));
    assert_eq!((case.reports().await, case.balance("ann").await), (1, 1));
}

async fn many_enqueuers_of_one_job_make_one(case: Case) {
    let mut clients = JoinSet::new();
    for _ in 0..50 {
        let store = case.store.clone();
        clients.spawn(async move { store.enqueue(&samples::asked("a", None)).await.unwrap() });
    }
    let answers = clients.join_all().await;
    let new = answers.iter().filter(|answer| matches!(answer, crate::Enqueued::New(_))).count();
    assert_eq!((new, answers.len()), (1, 50));
    assert_eq!(case.store.depth().await.unwrap(), 1);
}

/// Every job is completed by a caller that goes away one step later than the one before.
async fn a_call_that_is_cut_off_has_happened_or_not(case: Case) {
    let (mut cut_short, mut balance) = (0, 0);
    for steps in 0..80 {
        let (job_id, report) = (format!("job-{steps}"), samples::bad_report(&format!("report-{steps}")));
        let lease = case.leased(&job_id, Some("ann")).await;
        let answer = cut_off(steps, case.store.complete_report(&lease, &report)).await;
        cut_short += i64::from(answer.is_none());
        // A commit may be under way still; whoever writes next comes after it.
        case.store.grant(&samples::id("someone else"), 1, "").await.unwrap();

        let happened = case.state(&job_id).await == JobState::Completed;
        assert!(happened || answer.is_none());
        assert_eq!(case.store.report(&report.report_id).await.unwrap().is_some(), happened, "{steps} steps");
        balance += i64::from(happened);
        assert_eq!(case.balance("ann").await, balance, "{steps} steps");

        let settled = case.store.complete_report(&lease, &report).await.unwrap();
        assert!(settled.refunded, "asking again settles it");
        balance += i64::from(!happened);
        assert_eq!(case.balance("ann").await, balance);
    }
    assert_eq!(balance, 80);
    assert!((1..80).contains(&cut_short), "some were cut off and some were not: {cut_short}");
}

/// Drops the call when it was polled this often and is not ready.
async fn cut_off<F: Future>(polls: u32, call: F) -> Option<F::Output> {
    let mut call = pin!(call);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        call.as_mut().poll(context).map(Some)
    })
    .await
}
