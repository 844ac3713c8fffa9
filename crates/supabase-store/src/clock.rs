use jiff::{SignedDuration, Timestamp};

/// What time it is, in whole microseconds: what every store can keep.
#[derive(Debug, Clone, Default)]
pub(crate) enum Clock {
    #[default]
    System,
    /// Microseconds since 1970 that a test moves.
    #[cfg(test)]
    Manual(std::sync::Arc<std::sync::atomic::AtomicI64>),
}

impl Clock {
    pub(crate) fn now(&self) -> Timestamp {
        let microseconds = match self {
            Self::System => Timestamp::now().as_microsecond(),
            #[cfg(test)]
            Self::Manual(microseconds) => microseconds.load(std::sync::atomic::Ordering::SeqCst),
        };
        Timestamp::from_microsecond(microseconds).expect("it came from a timestamp")
    }
}

/// `seconds` after `time`.
pub(crate) fn later(time: Timestamp, seconds: u32) -> Timestamp {
    time.checked_add(SignedDuration::from_secs(seconds.into())).unwrap_or(Timestamp::MAX)
}

/// So many days before `time`.
pub(crate) fn days_before(time: Timestamp, days: u32) -> Timestamp {
    time.checked_sub(SignedDuration::from_hours(i64::from(days) * 24)).unwrap_or(Timestamp::MIN)
}
