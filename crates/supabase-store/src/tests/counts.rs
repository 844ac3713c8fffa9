use super::{Case, every_store, samples};
use crate::QueueCounts;

every_store! {
    jobs_are_counted_by_what_they_do
    the_oldest_that_waits_tells_for_how_long
    jobs_of_a_user_are_counted_while_they_are_young
}

async fn jobs_are_counted_by_what_they_do(case: Case) {
    assert_eq!(case.store.counts().await.unwrap(), QueueCounts::default());
    let done = case.leased("done", None).await;
    case.store.complete_report(&done, &samples::good_report("r")).await.unwrap();
    case.leased("running", None).await;
    case.store.enqueue(&samples::asked("new", None)).await.unwrap();
    let counts = case.store.counts().await.unwrap();
    assert_eq!((counts.waiting, counts.running), (1, 1));
    case.pass(60).await;
    let counts = case.store.counts().await.unwrap();
    assert_eq!((counts.waiting, counts.running), (2, 0), "a lease has ended");
}

async fn the_oldest_that_waits_tells_for_how_long(case: Case) {
    case.leased("running", None).await;
    assert_eq!(case.store.counts().await.unwrap().oldest_seconds, None, "nothing waits");
    case.store.enqueue(&samples::asked("first", None)).await.unwrap();
    case.pass(20).await;
    case.store.enqueue(&samples::asked("second", None)).await.unwrap();
    let oldest = case.store.counts().await.unwrap().oldest_seconds.unwrap();
    assert!(oldest == 20 || case.is_real() && (20..30).contains(&oldest), "{oldest}");
}

async fn jobs_of_a_user_are_counted_while_they_are_young(case: Case) {
    for (job_id, user) in [("a", Some("ann")), ("b", Some("ann")), ("c", Some("bob")), ("d", None)] {
        case.store.enqueue(&samples::asked(job_id, user)).await.unwrap();
    }
    case.store.cancel("a").await.unwrap();
    let count = async |seconds| case.store.jobs_of_user_since(&samples::id("ann"), seconds).await.unwrap();
    assert_eq!(count(60).await, 2, "cancelled ones count, too");
    case.pass(61).await;
    assert_eq!((count(60).await, count(600).await), (0, 2));
}
