//! Clocks that tests move.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jiff::SignedDuration;

use crate::clock::Clock;

pub(super) enum Time {
    /// Stands still until a test moves it.
    Manual(Arc<AtomicI64>),
    /// The database's: to let time pass, all that is stored becomes older.
    #[cfg(feature = "supabase")]
    Real { stack: Arc<testkit::stack::Stack>, passed_seconds: AtomicI64 },
}

impl Time {
    pub(super) fn manual() -> Self {
        Self::Manual(Arc::new(AtomicI64::new(1_700_000_000_123_456)))
    }

    pub(super) fn clock(&self) -> Clock {
        match self {
            Self::Manual(microseconds) => Clock::Manual(Arc::clone(microseconds)),
            #[cfg(feature = "supabase")]
            Self::Real { .. } => unreachable!("it has a clock of its own"),
        }
    }

    pub(super) fn is_real(&self) -> bool {
        !matches!(self, Self::Manual(_))
    }

    pub(super) async fn pass(&self, seconds: i64) {
        match self {
            Self::Manual(microseconds) => {
                microseconds.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
                // The database would be asked here.
                tokio::task::yield_now().await;
            }
            #[cfg(feature = "supabase")]
            Self::Real { stack, passed_seconds } => {
                super::real::make_older(stack, seconds).await;
                passed_seconds.fetch_add(seconds, Ordering::SeqCst);
            }
        }
    }

    /// By how much what is stored became older.
    pub(super) fn passed(&self) -> SignedDuration {
        match self {
            Self::Manual(_) => SignedDuration::ZERO,
            #[cfg(feature = "supabase")]
            Self::Real { passed_seconds, .. } => {
                SignedDuration::from_secs(passed_seconds.load(Ordering::SeqCst))
            }
        }
    }
}
