use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};

use crate::FetchError;

/// Stops all requests after EDGAR refused one: asking on prolongs the refusal.
#[derive(Default)]
pub(super) struct Breaker(Mutex<Option<Timestamp>>);

impl Breaker {
    /// An error while requests are stopped.
    pub(super) fn check(&self) -> Result<(), FetchError> {
        let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match until {
            Some(until) if until > Timestamp::now() => Err(FetchError::Blocked { until }),
            _ => Ok(()),
        }
    }

    /// Stops requests for so long, or for longer if they are already; gives the end.
    pub(super) fn stop_for(&self, pause: Duration) -> Timestamp {
        let pause = SignedDuration::try_from(pause).unwrap_or(SignedDuration::MAX);
        let until = Timestamp::now().checked_add(pause).unwrap_or(Timestamp::MAX);
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
        assert!(breaker.check().is_ok());
        let long = breaker.stop_for(Duration::from_hours(1));
        assert_eq!(breaker.stop_for(Duration::from_secs(1)), long);
        assert!(matches!(breaker.check(), Err(FetchError::Blocked { until }) if until == long));
    }

    #[test]
    fn a_stop_ends() {
        let breaker = Breaker::default();
        breaker.stop_for(Duration::ZERO);
        assert!(breaker.check().is_ok());
    }

    #[test]
    fn an_endless_stop_is_no_overflow() {
        assert_eq!(Breaker::default().stop_for(Duration::MAX), Timestamp::MAX);
    }
}
