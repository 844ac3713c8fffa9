//! Time, memory and the order of measurements.

use std::{hint::black_box, time::Duration};

use rustix::time::{ClockId, clock_gettime};

use crate::MEMORY;

/// A million bytes.
pub(crate) const MB: f64 = 1e6;

/// CPU time of this thread.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Seconds of CPU time that the work takes: the least of several runs.
pub(crate) fn seconds<T>(runs: u32, mut work: impl FnMut() -> T) -> f64 {
    let least = (0..runs).map(|_| {
        let start = now();
        black_box(work());
        now().saturating_sub(start)
    });
    least.min().unwrap_or_default().as_secs_f64()
}

/// The same of two works that take turns, so that both run on the machine as it is at the time.
pub(crate) fn seconds_in_turn<A, B>(
    runs: u32,
    mut one: impl FnMut() -> A,
    mut other: impl FnMut() -> B,
) -> [f64; 2] {
    let times = (0..runs).map(|_| [seconds(1, &mut one), seconds(1, &mut other)]);
    times.fold([f64::INFINITY; 2], |least, time| [least[0].min(time[0]), least[1].min(time[1])])
}

/// Bytes that the work holds at most, its result included.
pub(crate) fn peak_bytes<T>(work: impl FnOnce() -> T) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    black_box(work());
    MEMORY.peak_usage().saturating_sub(before)
}

#[expect(clippy::cast_precision_loss, reason = "a measurement")]
pub(crate) fn float(count: usize) -> f64 {
    count as f64
}

/// The value that so many per cent of all do not exceed; 0 of none.
pub(crate) fn percentile(values: impl IntoIterator<Item = f64>, percent: usize) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}
