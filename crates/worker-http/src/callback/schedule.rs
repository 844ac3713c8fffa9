//! When a callback that failed is tried again.

use std::time::Duration;

use super::outcome::PostOutcome;

/// Callbacks that failed together shall not come back together.
const LARGEST_JITTER: f64 = 0.2;

/// The pause before the next attempt; `None` when there is none.
///
/// `retry` lists the pauses between attempts. The pause is never shorter than listed, nor than the receiver asked for.
/// A receiver with too much to do gets twice the time. `jitter` is a random number from 0 to 1.
pub(crate) fn next_pause(
    attempts_made: u32,
    retry: &[Duration],
    outcome: &PostOutcome,
    jitter: f64,
) -> Option<Duration> {
    let PostOutcome::Failed { retry_after, slow_down, .. } = outcome else { return None };
    let listed = match attempts_made.checked_sub(1) {
        Some(index) => *retry.get(usize::try_from(index).ok()?)?,
        None => Duration::ZERO,
    };
    let wanted = if *slow_down { listed * 2 } else { listed };
    let least = wanted.max(retry_after.unwrap_or_default());
    Some(least.mul_f64(1.0 + LARGEST_JITTER * jitter.clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::guard::Refusal;
    use crate::config::{Config, Variables};

    fn usual() -> Vec<Duration> {
        Config::read(&Variables::default()).expect("nothing is set").callback.retry
    }

    fn failed(retry_after: Option<u64>, slow_down: bool) -> PostOutcome {
        let retry_after = retry_after.map(Duration::from_secs);
        PostOutcome::Failed { error: "status 500".into(), retry_after, slow_down }
    }

    /// Seconds before each attempt of one that never succeeds.
    fn pauses(outcome: &PostOutcome, jitter: f64) -> Vec<u64> {
        let retry = usual();
        let pause = |made| next_pause(made, &retry, outcome, jitter).map(|pause| pause.as_secs());
        (0..).map_while(pause).collect()
    }

    #[test]
    fn the_published_schedule_has_ten_attempts() {
        let published = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
        assert_eq!(pauses(&failed(None, false), 0.0), published);
    }

    #[test]
    fn jitter_adds_up_to_a_fifth_and_never_takes() {
        let most = [0, 6, 360, 2_160, 8_640, 21_600, 43_200, 60_480, 86_400, 103_680];
        assert_eq!(pauses(&failed(None, false), 1.0), most);
        assert_eq!(pauses(&failed(None, false), -7.0), pauses(&failed(None, false), 0.0));
    }

    #[test]
    fn the_receiver_may_ask_for_more_but_not_for_less() {
        assert_eq!(pauses(&failed(Some(600), false), 0.0)[..4], [600, 600, 600, 1_800]);
        assert_eq!(pauses(&failed(Some(600), false), 1.0)[1], 720);
    }

    #[test]
    fn a_busy_receiver_gets_twice_the_time() {
        assert_eq!(pauses(&failed(None, true), 0.0)[..4], [0, 10, 600, 3_600]);
        assert_eq!(pauses(&failed(Some(700), true), 0.0)[..4], [700, 700, 700, 3_600]);
    }

    #[test]
    fn what_is_not_a_failure_is_not_repeated() {
        for outcome in [PostOutcome::Delivered, PostOutcome::Gone, PostOutcome::Refused(Refusal::Port)] {
            assert_eq!(next_pause(1, &usual(), &outcome, 0.5), None);
        }
    }
}
