//! What happens to a call at a random instant.

use std::{
    fmt,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use testkit::stack::Stack;

use crate::proxy::Proxy;

/// About as long as a call takes, so that faults come before it, in it and after it.
const LONGEST_DELAY: Duration = Duration::from_millis(12);

#[derive(Debug, Clone, Copy)]
enum Fault {
    /// Whoever asked is gone: nobody waits for the answer.
    Killed,
    /// The connection between client and REST interface is cut.
    Cut,
    /// PostgreSQL ends the connection of the REST interface.
    Terminated,
}

const FAULTS: [Fault; 3] = [Fault::Killed, Fault::Cut, Fault::Terminated];

/// How many faults of each kind met a call that was under way.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    meant: AtomicUsize,
    hit: [AtomicUsize; 3],
}

impl Tally {
    fn hit(&self, fault: Fault) {
        self.hit[fault as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// A test in which nothing goes wrong shows nothing.
    pub(crate) fn must_have_hit(&self, runs: usize) {
        let hits: Vec<usize> = self.hit.iter().map(|hit| hit.load(Ordering::Relaxed)).collect();
        assert!(hits.iter().sum::<usize>() >= runs / 10, "{self}");
        // Connections of PostgreSQL are seldom busy at the very moment, so a few runs may meet none.
        let is_long = runs >= 1_000;
        for (fault, hit) in FAULTS.iter().zip(hits) {
            assert!(!is_long || hit >= runs / 40, "{fault:?} met {hit} calls only");
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} faults, under way:", self.meant.load(Ordering::Relaxed))?;
        FAULTS
            .iter()
            .zip(&self.hit)
            .try_for_each(|(fault, hit)| write!(f, " {fault:?} {}", hit.load(Ordering::Relaxed)))
    }
}

/// A call to which something was to happen.
pub(crate) enum Struck<T> {
    /// It was answered before.
    TooLate(T),
    /// `None` when nobody is left to hear the answer. What was sent may still be under way.
    Hit(Option<T>),
}

impl<T> Struck<T> {
    pub(crate) fn answer(self) -> Option<T> {
        match self {
            Self::TooLate(answer) => Some(answer),
            Self::Hit(answer) => answer,
        }
    }
}

pub(crate) async fn strike<T>(
    call: impl Future<Output = T>,
    proxy: &Proxy,
    stack: &Stack,
    tally: &Tally,
    random: &mut fastrand::Rng,
) -> Struck<T> {
    let fault = FAULTS[random.usize(..FAULTS.len())];
    let microseconds = u64::try_from(LONGEST_DELAY.as_micros()).unwrap_or(u64::MAX);
    let delay = tokio::time::sleep(Duration::from_micros(random.u64(..microseconds)));
    tally.meant.fetch_add(1, Ordering::Relaxed);
    tokio::pin!(call);
    tokio::select! {
        answer = &mut call => return Struck::TooLate(answer),
        () = delay => {}
    }
    match fault {
        Fault::Killed => {
            tally.hit(fault);
            Struck::Hit(None)
        }
        Fault::Cut => {
            tally.hit(fault);
            proxy.cut();
            Struck::Hit(Some(call.await))
        }
        Fault::Terminated => {
            tokio::select! {
                answer = &mut call => return Struck::TooLate(answer),
                () = cut_a_busy_one(stack) => tally.hit(fault),
            }
            Struck::Hit(Some(call.await))
        }
    }
}

/// Statements take milliseconds, so it may take some tries to meet one.
async fn cut_a_busy_one(stack: &Stack) {
    while !stack.cut_busy_connection().await.is_ok_and(|was_busy| was_busy) {}
}
