use std::{num::NonZeroU32, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::Clock,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed},
};

/// The clock of the runtime, which tests can set.
#[derive(Debug, Clone)]
struct RuntimeClock;

impl Clock for RuntimeClock {
    type Instant = std::time::Instant;

    fn now(&self) -> Self::Instant {
        tokio::time::Instant::now().into_std()
    }
}

type Limiter = RateLimiter<NotKeyed, InMemoryState, RuntimeClock, NoOpMiddleware<std::time::Instant>>;

/// Spaces requests evenly: even a moment with several at once can look like a flood from outside.
pub(super) struct Pacer(Limiter);

impl Pacer {
    pub(super) fn new(interval: Duration) -> Self {
        let one_at_a_time = NonZeroU32::MIN;
        let quota = Quota::with_period(interval).expect("an interval is longer than nothing");
        let limiter = RateLimiter::direct_with_clock(quota.allow_burst(one_at_a_time), RuntimeClock);
        // The first slot is given away, so that a process that is restarted again and again keeps the pace, too.
        let _given_away = limiter.check();
        Self(limiter)
    }

    /// Waits for the next slot.
    pub(super) async fn slot(&self) {
        while let Err(too_early) = self.0.check() {
            let wait = too_early.earliest_possible().duration_since(RuntimeClock.now());
            tokio::time::sleep(wait).await;
        }
    }
}

/// The time between two requests: a twentieth more than the even share, so that requests which reach EDGAR unevenly
/// late still do not make one too many within a second.
pub(super) fn interval(requests_per_second: NonZeroU32) -> Duration {
    Duration::from_secs(1).mul_f64(1.05) / requests_per_second.get()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::{task::JoinSet, time::Instant};

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn a_new_process_waits_for_its_first_slot() {
        let (began, pacer) = (Instant::now(), Pacer::new(SECOND));
        pacer.slot().await;
        assert!(began.elapsed() >= SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn two_hundred_at_once_never_exceed_the_limit_within_any_second() {
        for limit in [1, 6, 10] {
            let pacer = Arc::new(Pacer::new(interval(NonZeroU32::new(limit).unwrap())));
            let mut waiting = JoinSet::new();
            for _ in 0..200 {
                let pacer = Arc::clone(&pacer);
                waiting.spawn(async move {
                    pacer.slot().await;
                    Instant::now()
                });
            }
            let mut sent = waiting.join_all().await;
            sent.sort();
            let peak = sent
                .iter()
                .map(|from| sent.iter().filter(|at| *at >= from && **at - *from < SECOND).count())
                .max();
            assert_eq!(peak, usize::try_from(limit).ok(), "{limit} a second");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn idle_time_saves_up_no_burst() {
        let pacer = Pacer::new(SECOND);
        tokio::time::sleep(SECOND * 60).await;
        pacer.slot().await;
        let first = Instant::now();
        pacer.slot().await;
        assert!(first.elapsed() >= SECOND);
    }
}
