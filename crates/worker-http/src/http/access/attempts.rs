use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Wrong secrets that an address may try in a window; after them it is not listened to until the window ends.
const MOST_FAILED: u32 = 20;

pub(super) const WINDOW_SECONDS: u32 = 60;

/// An address that showed a right secret is one that callers come from, such as that of a proxy: whoever tries wrong ones
/// from behind it must not lock them out.
const TRUSTED_FOR: Duration = Duration::from_hours(1);

/// Beyond it the oldest are forgotten.
const MOST_ADDRESSES: usize = 10_000;

/// Tries of late, by address.
#[derive(Default)]
pub(super) struct Attempts(Mutex<HashMap<Option<IpAddr>, Tries>>);

struct Tries {
    since: Instant,
    failed: u32,
    succeeded: Option<Instant>,
}

impl Attempts {
    pub(super) fn are_too_many(&self, address: Option<IpAddr>) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&address).is_some_and(|tries| {
            let is_trusted = tries.succeeded.is_some_and(|at| at.elapsed() < TRUSTED_FOR);
            !is_trusted && !tries.is_over() && tries.failed >= MOST_FAILED
        })
    }

    pub(super) fn failed(&self, address: Option<IpAddr>) {
        self.note(address, |tries| {
            if tries.is_over() {
                (tries.since, tries.failed) = (Instant::now(), 0);
            }
            tries.failed += 1;
        });
    }

    pub(super) fn succeeded(&self, address: Option<IpAddr>) {
        self.note(address, |tries| tries.succeeded = Some(Instant::now()));
    }

    fn note(&self, address: Option<IpAddr>, note: impl FnOnce(&mut Tries)) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_ADDRESSES && !known.contains_key(&address) {
            known.retain(|_, tries| {
                !tries.is_over() || tries.succeeded.is_some_and(|at| at.elapsed() < TRUSTED_FOR)
            });
            if known.len() >= MOST_ADDRESSES {
                known.clear();
            }
        }
        note(known.entry(address).or_insert_with(Tries::new));
    }
}

impl Tries {
    fn new() -> Self {
        Self { since: Instant::now(), failed: 0, succeeded: None }
    }

    fn is_over(&self) -> bool {
        self.since.elapsed() >= Duration::from_secs(WINDOW_SECONDS.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRANGER: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1)));

    #[test]
    fn a_stranger_is_no_longer_listened_to_and_others_are() {
        let attempts = Attempts::default();
        for _ in 0..MOST_FAILED {
            assert!(!attempts.are_too_many(STRANGER));
            attempts.failed(STRANGER);
        }
        assert!(attempts.are_too_many(STRANGER) && !attempts.are_too_many(None));
    }

    #[test]
    fn an_address_that_callers_come_from_is_never_locked_out() {
        let attempts = Attempts::default();
        attempts.succeeded(STRANGER);
        (0..10 * MOST_FAILED).for_each(|_| attempts.failed(STRANGER));
        assert!(!attempts.are_too_many(STRANGER));
    }

    #[test]
    fn memory_has_an_end() {
        let attempts = Attempts::default();
        for number in 0..u32::try_from(3 * MOST_ADDRESSES).unwrap_or(u32::MAX) {
            attempts.failed(Some(IpAddr::V4(number.into())));
        }
        assert!(attempts.0.lock().is_ok_and(|known| known.len() <= MOST_ADDRESSES));
    }
}
