use std::num::NonZeroU32;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// Spaces requests evenly: even a moment with several at once can look like a flood from outside.
pub(super) struct Pacer(DefaultDirectRateLimiter);

impl Pacer {
    pub(super) fn new(requests_per_second: NonZeroU32) -> Self {
        let one_at_a_time = NonZeroU32::MIN;
        let limiter = RateLimiter::direct(Quota::per_second(requests_per_second).allow_burst(one_at_a_time));
        // The first slot is given away, so that a process that is restarted again and again keeps the pace, too.
        let _given_away = limiter.check();
        Self(limiter)
    }

    /// Waits for the next slot.
    pub(super) async fn slot(&self) {
        self.0.until_ready().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_process_waits_for_its_first_slot() {
        let pacer = Pacer::new(NonZeroU32::MIN);
        assert!(pacer.0.check().is_err());
    }
}
