use std::{num::NonZeroU32, sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{sync::Mutex, time::sleep};

use super::{
    breaker::Breaker,
    pacer::{Pacer, interval},
    shared::SharedSlots,
    slots::{Slot, Slots},
};
use crate::FetchError;

/// Without the store that others share, nobody knows how many ask beside us.
const INTERVAL_WITHOUT_STORE: Duration = Duration::from_secs(1);

/// Two clocks that differ may disagree about the end of a stop; so long before the store is asked again.
const CLOCKS_DIFFER: Duration = Duration::from_secs(1);

/// What every request passes: in order, evenly spaced, and not at all while EDGAR refuses us.
pub(super) struct Gate {
    /// One at a time, in the order of arrival: a process holds one reservation at most.
    queue: Mutex<()>,
    interval: Duration,
    pacer: Pacer,
    slow_pacer: Pacer,
    shared: Option<SharedSlots>,
    breaker: Breaker,
}

impl Gate {
    pub(super) fn new(requests_per_second: NonZeroU32, slots: Option<Arc<dyn Slots>>) -> Self {
        let interval = interval(requests_per_second);
        Self {
            queue: Mutex::new(()),
            interval,
            pacer: Pacer::new(interval),
            slow_pacer: Pacer::new(INTERVAL_WITHOUT_STORE),
            shared: slots.map(SharedSlots::new),
            breaker: Breaker::default(),
        }
    }

    /// Waits until a request may be sent; an error when that is not soon.
    pub(super) async fn pass(&self) -> Result<(), FetchError> {
        // Whoever comes during a long stop need not queue up to learn of it.
        self.breaker.check()?;
        let _first_in_line = self.queue.lock().await;
        loop {
            if let Some(left) = self.breaker.check()? {
                sleep(left).await;
                continue;
            }
            // Before the slot of all: what comes after that would shift it towards somebody else's.
            self.pacer.slot().await;
            // The stop may have come while we waited.
            if self.takes_slot().await && self.breaker.check()?.is_none() {
                return Ok(());
            }
        }
    }

    /// Waits for a slot; false when the others know of a stop.
    async fn takes_slot(&self) -> bool {
        let Some(shared) = &self.shared else { return true };
        match shared.take(self.interval).await {
            Some(Slot::After(wait)) => sleep(wait).await,
            Some(Slot::BlockedUntil(until)) => {
                self.breaker.stop_until(until);
                if matches!(self.breaker.check(), Ok(None)) {
                    sleep(CLOCKS_DIFFER).await;
                }
                return false;
            }
            None => self.slow_pacer.slot().await,
        }
        true
    }

    /// Stops the requests of all processes for so long; gives the end.
    pub(super) async fn stop_for(&self, pause: Duration) -> Timestamp {
        let until = self.breaker.stop_for(pause);
        if let Some(shared) = &self.shared {
            shared.block_until(until).await;
        }
        until
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Mutex as Lock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    };

    use async_trait::async_trait;
    use tokio::{task::JoinSet, time::Instant};

    use super::*;
    use crate::SlotsError;

    const SECOND: Duration = Duration::from_secs(1);

    /// A store for tests: one row in memory, which can be out of reach.
    #[derive(Default)]
    struct Row {
        next: Lock<Option<Instant>>,
        blocked: Lock<Option<Timestamp>>,
        out_of_reach: AtomicBool,
        asked: AtomicUsize,
    }

    #[async_trait]
    impl Slots for Row {
        async fn take(&self, interval: Duration) -> Result<Slot, SlotsError> {
            self.asked.fetch_add(1, Ordering::SeqCst);
            if self.out_of_reach.load(Ordering::SeqCst) {
                return Err("out of reach".into());
            }
            if let Some(until) = *self.blocked.lock().unwrap() {
                return Ok(Slot::BlockedUntil(until));
            }
            let (now, mut next) = (Instant::now(), self.next.lock().unwrap());
            let slot = next.map_or(now, |next| next.max(now));
            *next = Some(slot + interval);
            Ok(Slot::After(slot - now))
        }

        async fn block_until(&self, until: Timestamp) -> Result<(), SlotsError> {
            *self.blocked.lock().unwrap() = Some(until);
            Ok(())
        }
    }

    fn gate(per_second: u32, row: &Arc<Row>) -> Arc<Gate> {
        let slots = Arc::clone(row) as Arc<dyn Slots>;
        Arc::new(Gate::new(NonZeroU32::new(per_second).unwrap(), Some(slots)))
    }

    /// When 100 requests through each gate passed, the earliest first.
    async fn passed(gates: &[Arc<Gate>]) -> Vec<Instant> {
        let mut requests = JoinSet::new();
        for gate in gates.iter().cycle().take(100 * gates.len()) {
            let gate = Arc::clone(gate);
            requests.spawn(async move {
                gate.pass().await.unwrap();
                Instant::now()
            });
        }
        let mut passed = requests.join_all().await;
        passed.sort();
        passed
    }

    fn peak(passed: &[Instant]) -> usize {
        let within = |from: Instant| passed.iter().filter(|at| **at >= from && **at - from < SECOND).count();
        passed.iter().map(|from| within(*from)).max().unwrap_or_default()
    }

    #[tokio::test(start_paused = true)]
    async fn processes_that_share_a_store_keep_the_limit_together() {
        let row = Arc::new(Row::default());
        let passed = passed(&[gate(6, &row), gate(6, &row), gate(6, &row)]).await;
        assert_eq!((passed.len(), peak(&passed)), (300, 6));
    }

    #[tokio::test(start_paused = true)]
    async fn a_store_out_of_reach_means_one_request_a_second_until_it_is_back() {
        let row = Arc::new(Row::default());
        row.out_of_reach.store(true, Ordering::SeqCst);
        let gate = gate(10, &row);
        assert_eq!(peak(&passed(&[Arc::clone(&gate)]).await), 1);
        let asked = row.asked.load(Ordering::SeqCst);
        assert!((2..20).contains(&asked), "asked now and then, not for each of 100 requests: {asked}");

        row.out_of_reach.store(false, Ordering::SeqCst);
        sleep(SECOND * 10).await;
        assert_eq!(peak(&passed(&[gate]).await), 10);
    }

    #[tokio::test]
    async fn a_stop_of_one_process_stops_the_others() {
        let row = Arc::new(Row::default());
        let [refused, other] = [gate(100, &row), gate(100, &row)];
        other.pass().await.unwrap();
        let end = refused.stop_for(Duration::from_mins(10)).await;
        for gate in [refused, other] {
            let stopped = gate.pass().await.unwrap_err();
            assert!(matches!(stopped, FetchError::Blocked { until } if until == end), "{stopped:?}");
        }
    }

    #[tokio::test]
    async fn a_stop_that_is_about_to_end_is_waited_for() {
        let gate = Gate::new(NonZeroU32::new(100).unwrap(), None);
        let until = gate.stop_for(Duration::from_millis(50)).await;
        gate.pass().await.unwrap();
        assert!(Timestamp::now() >= until);
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiting_request_that_is_given_up_holds_up_nobody() {
        let gate = Arc::new(Gate::new(NonZeroU32::MIN, None));
        let (first, second) = (Arc::clone(&gate), Arc::clone(&gate));
        let given_up = tokio::spawn(async move { first.pass().await });
        let waiting = tokio::spawn(async move { second.pass().await });
        tokio::task::yield_now().await;
        given_up.abort();
        waiting.await.unwrap().unwrap();
    }
}
