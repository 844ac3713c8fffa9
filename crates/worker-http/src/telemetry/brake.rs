use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The same error is reported no more often: a store that is away for a night would use up what a month may hold.
const PAUSE: Duration = Duration::from_mins(10);

/// So many different errors are told apart; with more, all may be reported again.
const KNOWN_AT_MOST: usize = 256;

/// Lets an error pass once in a while. The log has all of them.
#[derive(Debug, Default)]
pub(super) struct Brake(Mutex<HashMap<String, Instant>>);

impl Brake {
    pub(super) fn lets_pass(&self, error: &str, now: Instant) -> bool {
        let mut passed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if passed.get(error).is_some_and(|last| now.saturating_duration_since(*last) < PAUSE) {
            return false;
        }
        if passed.len() >= KNOWN_AT_MOST {
            passed.clear();
        }
        passed.insert(error.to_owned(), now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_error_passes_once_in_a_while() {
        let (brake, now) = (Brake::default(), Instant::now());
        let passes = |error, after| brake.lets_pass(error, now + after);
        assert!(passes("the store failed", Duration::ZERO) && passes("another", Duration::ZERO));
        assert!(!passes("the store failed", PAUSE / 2));
        assert!(passes("the store failed", PAUSE) && !passes("the store failed", PAUSE));
    }

    #[test]
    fn errors_that_all_differ_use_no_memory_without_end() {
        let (brake, now) = (Brake::default(), Instant::now());
        for number in 0..10 * KNOWN_AT_MOST {
            assert!(brake.lets_pass(&format!("error {number}"), now));
        }
        assert!(brake.0.lock().expect("nobody panicked").len() <= KNOWN_AT_MOST);
    }
}
