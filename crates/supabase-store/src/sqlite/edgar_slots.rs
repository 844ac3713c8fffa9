//! The pace at which the processes of a machine ask EDGAR together.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Sqlite, commit, error::database};
use crate::{
    EdgarSlot, EdgarSlots, StoreError,
    edgar_slot::{FURTHEST_SLOT, LONGEST_BLOCK},
};

/// Takes the next slot unless all are stopped.
const TAKE: &str = "
    update edgar_slots
    set next_slot = case when next_slot between ?1 and ?1 + ?3 then next_slot else ?1 end + ?2
    where blocked_until not between ?1 + 1 and ?1 + ?4
    returning next_slot - ?2";

const BLOCK: &str = "
    update edgar_slots
    set blocked_until = case when blocked_until > ?2 + ?3 then ?1 else max(blocked_until, ?1) end";

#[async_trait]
impl EdgarSlots for Sqlite {
    async fn take_edgar_slot(&self, interval: Duration) -> Result<EdgarSlot, StoreError> {
        self.at_home(move |store| async move { store.take_slot(interval).await }).await
    }

    async fn block_edgar_until(&self, until: Timestamp) -> Result<(), StoreError> {
        self.at_home(move |store| async move { store.block(until).await }).await
    }
}

impl Sqlite {
    async fn take_slot(&self, interval: Duration) -> Result<EdgarSlot, StoreError> {
        let mut write = self.write_unsynced().await?;
        let now = self.clock.now().as_microsecond();
        let slot: Option<i64> = sqlx::query_scalar(TAKE)
            .bind(now)
            .bind(microseconds(interval))
            .bind(microseconds(FURTHEST_SLOT))
            .bind(microseconds(LONGEST_BLOCK))
            .fetch_optional(&mut *write)
            .await
            .map_err(database)?;
        let taken = match slot {
            Some(slot) => EdgarSlot::After(Duration::from_micros(slot.abs_diff(now))),
            None => EdgarSlot::BlockedUntil(blocked_until(&mut write).await?),
        };
        commit(write).await?;
        Ok(taken)
    }

    async fn block(&self, until: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(BLOCK)
            .bind(until.as_microsecond())
            .bind(self.clock.now().as_microsecond())
            .bind(microseconds(LONGEST_BLOCK))
            .execute(&mut *write)
            .await
            .map_err(database)?;
        commit(write).await
    }
}

async fn blocked_until(write: &mut super::Write) -> Result<Timestamp, StoreError> {
    let until: i64 = sqlx::query_scalar("select blocked_until from edgar_slots")
        .fetch_one(&mut **write)
        .await
        .map_err(database)?;
    Timestamp::from_microsecond(until)
        .map_err(|error| StoreError::Corrupt { what: "end of a block", source: error.into() })
}

fn microseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::{
        path::Path,
        sync::{
            Arc,
            atomic::{AtomicI64, Ordering},
        },
    };

    use jiff::SignedDuration;
    use tokio::task::JoinSet;

    use super::*;
    use crate::clock::Clock;

    const INTERVAL: Duration = Duration::from_millis(100);

    struct Place {
        folder: tempfile::TempDir,
        time: Arc<AtomicI64>,
    }

    impl Place {
        fn new() -> Self {
            let time = Arc::new(AtomicI64::new(Timestamp::now().as_microsecond()));
            Self { folder: tempfile::tempdir().unwrap(), time }
        }

        fn path(&self) -> impl AsRef<Path> {
            self.folder.path().join("store.db")
        }

        async fn open(&self) -> Sqlite {
            Sqlite::with_clock(self.path(), Clock::Manual(Arc::clone(&self.time))).await.unwrap()
        }

        fn pass(&self, duration: SignedDuration) {
            self.time.fetch_add(i64::try_from(duration.as_micros()).unwrap(), Ordering::SeqCst);
        }

        fn now(&self) -> Timestamp {
            Timestamp::from_microsecond(self.time.load(Ordering::SeqCst)).unwrap()
        }
    }

    async fn waits_ms(store: &Sqlite) -> u128 {
        match store.take_edgar_slot(INTERVAL).await.unwrap() {
            EdgarSlot::After(wait) => wait.as_millis(),
            EdgarSlot::BlockedUntil(until) => panic!("blocked until {until}"),
        }
    }

    #[tokio::test]
    async fn slots_are_spaced_and_idle_time_saves_up_none() {
        let place = Place::new();
        let [one, other] = [place.open().await, place.open().await];
        assert_eq!(waits_ms(&one).await, 0);
        assert_eq!(waits_ms(&other).await, 100);
        assert_eq!(waits_ms(&one).await, 200);
        place.pass(SignedDuration::from_millis(250));
        assert_eq!(waits_ms(&other).await, 50);
        place.pass(SignedDuration::from_hours(1));
        assert_eq!(waits_ms(&one).await, 0);
        assert_eq!(waits_ms(&other).await, 100);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn no_slot_is_given_twice() {
        let place = Place::new();
        let handles = [place.open().await, place.open().await];
        let mut takers = JoinSet::new();
        for number in 0..60 {
            let store = handles[number % 2].clone();
            takers.spawn(async move { waits_ms(&store).await });
        }
        let mut waits = takers.join_all().await;
        waits.sort_unstable();
        assert_eq!(waits, (0..60).map(|slot| slot * 100).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_block_stops_all_until_its_end_and_is_never_shortened() {
        let place = Place::new();
        let [one, other] = [place.open().await, place.open().await];
        let end = place.now() + SignedDuration::from_mins(10);
        one.block_edgar_until(end).await.unwrap();
        one.block_edgar_until(place.now()).await.unwrap();
        assert_eq!(other.take_edgar_slot(INTERVAL).await.unwrap(), EdgarSlot::BlockedUntil(end));
        place.pass(SignedDuration::from_mins(10));
        assert_eq!(waits_ms(&other).await, 0);
    }

    #[tokio::test]
    async fn a_clock_that_was_wrong_stops_nobody() {
        let place = Place::new();
        let store = place.open().await;
        place.pass(SignedDuration::from_hours(1000));
        assert_eq!(waits_ms(&store).await, 0);
        store.block_edgar_until(place.now() + SignedDuration::from_mins(10)).await.unwrap();
        place.pass(SignedDuration::from_hours(-1000));
        assert_eq!(waits_ms(&store).await, 0);
        let end = place.now() + SignedDuration::from_mins(10);
        store.block_edgar_until(end).await.unwrap();
        assert_eq!(store.take_edgar_slot(INTERVAL).await.unwrap(), EdgarSlot::BlockedUntil(end));
    }
}
