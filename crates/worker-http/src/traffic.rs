//! How much is asked of this process.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

const SPAN: Duration = Duration::from_secs(1);

/// Requests of the present second and the one before. A few people with open pages ask less, one program in a loop more.
const HEAVY: u32 = 20;

/// Counts requests over the last seconds.
#[derive(Debug)]
pub(crate) struct Traffic(Mutex<Counts>);

#[derive(Debug)]
struct Counts {
    began: Instant,
    now: u32,
    before: u32,
}

impl Counts {
    /// Goes on to the second of an instant.
    fn at(&mut self, now: Instant) -> &mut Self {
        let passed = now.saturating_duration_since(self.began);
        if passed >= SPAN {
            self.before = if passed < 2 * SPAN { self.now } else { 0 };
            (self.began, self.now) = (now, 0);
        }
        self
    }
}

impl Default for Traffic {
    fn default() -> Self {
        Self(Mutex::new(Counts { began: Instant::now(), now: 0, before: 0 }))
    }
}

impl Traffic {
    /// A request came.
    pub(crate) fn note(&self) {
        self.note_at(Instant::now());
    }

    /// Whether many would wait for the processor now.
    pub(crate) fn is_heavy(&self) -> bool {
        self.is_heavy_at(Instant::now())
    }

    fn note_at(&self, now: Instant) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).at(now).now += 1;
    }

    fn is_heavy_at(&self, now: Instant) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Counts { now, before, .. } = counts.at(now);
        *now + *before >= HEAVY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_requests_are_heavy_for_some_seconds() {
        let (traffic, start) = (Traffic::default(), Instant::now());
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        for number in 0..HEAVY {
            assert!(!traffic.is_heavy_at(after(900)), "{number}");
            traffic.note_at(after(900));
        }
        assert!(traffic.is_heavy_at(after(900)) && traffic.is_heavy_at(after(1_800)));
        assert!(!traffic.is_heavy_at(after(4_000)));
    }

    #[test]
    fn a_page_that_asks_each_second_is_not_heavy() {
        let (traffic, start) = (Traffic::default(), Instant::now());
        for second in 0..100 {
            traffic.note_at(start + second * SPAN);
            assert!(!traffic.is_heavy_at(start + second * SPAN));
        }
    }
}
