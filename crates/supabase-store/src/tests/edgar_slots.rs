use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Case, every_store};
use crate::EdgarSlot;

every_store! {
    slots_are_spaced_and_idle_time_saves_up_none
    no_slot_is_given_twice
    a_block_stops_all_until_its_end_and_is_never_shortened
    a_clock_that_was_wrong_stops_nobody
}

/// So long that the time a test takes is nothing beside it.
const INTERVAL: Duration = Duration::from_secs(10);

/// How long to wait, in intervals.
async fn wait(case: &Case) -> u128 {
    match case.store.take_edgar_slot(INTERVAL).await.unwrap() {
        EdgarSlot::After(wait) => (wait + INTERVAL / 2).as_micros() / INTERVAL.as_micros(),
        EdgarSlot::BlockedUntil(until) => panic!("blocked until {until}"),
    }
}

/// What time it is for the store.
fn now(case: &Case) -> Timestamp {
    if case.is_real() { Timestamp::now() } else { case.time.clock().now() }
}

async fn slots_are_spaced_and_idle_time_saves_up_none(case: Case) {
    assert_eq!([wait(&case).await, wait(&case).await, wait(&case).await], [0, 1, 2]);
    case.pass(20).await;
    assert_eq!(wait(&case).await, 1);
    case.pass(3600).await;
    assert_eq!([wait(&case).await, wait(&case).await], [0, 1]);
}

async fn no_slot_is_given_twice(case: Case) {
    let mut takers = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let store = case.store.clone();
        takers.spawn(async move { store.take_edgar_slot(INTERVAL).await.unwrap() });
    }
    let mut waits: Vec<_> = takers
        .join_all()
        .await
        .into_iter()
        .map(|slot| match slot {
            EdgarSlot::After(wait) => (wait + INTERVAL / 2).as_micros() / INTERVAL.as_micros(),
            EdgarSlot::BlockedUntil(until) => panic!("blocked until {until}"),
        })
        .collect();
    waits.sort_unstable();
    assert_eq!(waits, [0, 1, 2, 3, 4, 5]);
}

async fn a_block_stops_all_until_its_end_and_is_never_shortened(case: Case) {
    // Databases keep microseconds.
    let end = (now(&case) + SignedDuration::from_mins(10)).round(jiff::Unit::Microsecond).unwrap();
    case.store.block_edgar_until(end).await.unwrap();
    case.store.block_edgar_until(now(&case)).await.unwrap();
    let EdgarSlot::BlockedUntil(until) = case.store.take_edgar_slot(INTERVAL).await.unwrap() else {
        panic!("a slot was given");
    };
    assert_eq!(until, end);
    case.pass(601).await;
    assert_eq!(wait(&case).await, 0);
}

async fn a_clock_that_was_wrong_stops_nobody(case: Case) {
    let wrong = now(&case) + SignedDuration::from_hours(1000);
    case.store.block_edgar_until(wrong).await.unwrap();
    assert_eq!(wait(&case).await, 0);
    let end = now(&case) + SignedDuration::from_mins(10);
    case.store.block_edgar_until(end).await.unwrap();
    let blocked = case.store.take_edgar_slot(INTERVAL).await.unwrap();
    assert!(matches!(blocked, EdgarSlot::BlockedUntil(_)), "{blocked:?}");
}
