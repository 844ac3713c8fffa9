use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};

use crate::FetchError;

/// The rest of a stop that a call waits for; a longer one is for whoever plans the work.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The longest stop that we believe in.
pub(super) const LONGEST_STOP: Duration = Duration::from_hours(24);

/// Stops all requests after EDGAR refused one: asking on prolongs the refusal.
#[derive(Default)]
pub(super) struct Breaker(Mutex<Option<Timestamp>>);

impl Breaker {
    /// What is left of a stop that is about to end; an error during a longer one.
    pub(super) fn check(&self) -> Result<Option<Duration>, FetchError> {
        let Some(until) = *self.0.lock().unwrap_or_else(PoisonError::into_inner) else { return Ok(None) };
        let left = Duration::try_from(until.duration_since(Timestamp::now())).unwrap_or_default();
        if left > LONGEST_WAIT {
            return Err(FetchError::Blocked { until });
        }
        Ok((!left.is_zero()).then_some(left))
    }

    /// Stops requests for so long, within reason, or for longer if they are already; gives the end.
    pub(super) fn stop_for(&self, pause: Duration) -> Timestamp {
        let pause = SignedDuration::try_from(pause.min(LONGEST_STOP)).expect("a day is not too long");
        self.stop_until(Timestamp::now().checked_add(pause).unwrap_or(Timestamp::MAX))
    }

    /// As above, for an end that somebody else gives.
    pub(super) fn stop_until(&self, until: Timestamp) -> Timestamp {
        let mut stopped = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let later = stopped.map_or(until, |before| before.max(until));
        *stopped = Some(later);
        later
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shorter_stop_does_not_end_a_longer_one() {
        let breaker = Breaker::default();
        assert!(matches!(breaker.check(), Ok(None)));
        let long = breaker.stop_for(Duration::from_hours(1));
        assert_eq!(breaker.stop_for(Duration::from_secs(1)), long);
        assert!(matches!(breaker.check(), Err(FetchError::Blocked { until }) if until == long));
    }

    #[test]
    fn a_short_stop_is_waited_for_and_ends() {
        let breaker = Breaker::default();
        breaker.stop_for(Duration::from_secs(10));
        assert!(matches!(breaker.check(), Ok(Some(left)) if left <= Duration::from_secs(10)));
        let breaker = Breaker::default();
        breaker.stop_for(Duration::ZERO);
        assert!(matches!(breaker.check(), Ok(None)));
    }

    #[test]
    fn an_endless_stop_ends_within_a_day() {
        let until = Breaker::default().stop_for(Duration::MAX);
        assert!(until <= Timestamp::now() + SignedDuration::from_hours(24));
    }
}
