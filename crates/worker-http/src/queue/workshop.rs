//! Threads on which reports are made, apart from those that answer requests and hold the store.

use std::{io, sync::Arc};

#[cfg(target_os = "linux")]
use thread_priority::{
    NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy,
    thread_native_id,
};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::traffic::Traffic;

/// Two runtimes, closed when it is dropped: what still runs in them then is left.
pub(crate) struct Workshop {
    benches: Benches,
    /// There until it is dropped.
    runtimes: Vec<Runtime>,
}

/// Where to make a report.
#[derive(Clone)]
pub(crate) struct Benches {
    /// Threads that get a smaller share of the processors than others.
    nice: Handle,
    /// Threads that get what others leave.
    yielding: Handle,
    traffic: Arc<Traffic>,
}

impl Workshop {
    /// One for so many jobs at once.
    pub(crate) fn open(jobs: usize, traffic: Arc<Traffic>) -> io::Result<Self> {
        let open = |on_start: fn()| {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(jobs).thread_name("report").on_thread_start(on_start).enable_all().build()
        };
        let (nice, yielding) = (open(step_back)?, open(make_way)?);
        let benches = Benches { nice: nice.handle().clone(), yielding: yielding.handle().clone(), traffic };
        Ok(Self { benches, runtimes: vec![nice, yielding] })
    }

    pub(crate) fn benches(&self) -> Benches {
        self.benches.clone()
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.runtimes.drain(..).for_each(Runtime::shutdown_background);
    }
}

impl Benches {
    /// While many ask, one that makes way for whoever answers them. There a job may find no time at all, as long as other
    /// programs want the processors too, so one that failed before does not go there again.
    pub(crate) fn choose(&self, attempts: u32) -> &Handle {
        if attempts == 0 && self.traffic.is_heavy() { &self.yielding } else { &self.nice }
    }

    /// The threads of whoever calls, for everything.
    #[cfg(test)]
    pub(crate) fn here() -> Self {
        Self { nice: Handle::current(), yielding: Handle::current(), traffic: Arc::default() }
    }
}

/// A tenth of the share of others (a niceness of 10).
#[cfg(target_os = "linux")]
fn step_back() {
    /// Of 0 to 99, as the library counts.
    const PRIORITY: u8 = 22;
    if let Ok(priority) = PRIORITY.try_into() {
        schedule(ThreadPriority::Crossplatform(priority), NormalThreadSchedulePolicy::Other);
    }
}

/// A thread of this kind (`SCHED_IDLE` in sched(7)) makes way at once, where one that is only nice first ends its slice of
/// milliseconds.
#[cfg(target_os = "linux")]
fn make_way() {
    schedule(ThreadPriority::Min, NormalThreadSchedulePolicy::Idle);
}

#[cfg(target_os = "linux")]
fn schedule(priority: ThreadPriority, policy: NormalThreadSchedulePolicy) {
    // For this thread alone. Nothing depends on it.
    let policy = ThreadSchedulePolicy::Normal(policy);
    let _ = set_thread_priority_and_policy(thread_native_id(), priority, policy);
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

#[cfg(not(target_os = "linux"))]
fn make_way() {}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// The thread that waits and the one that computes, by name and kind, and by niceness where that counts: fields 2, 41
    /// and 19 of <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>.
    async fn threads_of(bench: &Handle) -> [String; 2] {
        let own = || {
            let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
            let fields: Vec<&str> = stat.split_whitespace().collect();
            match (fields[1], fields[40]) {
                (name, "0") => format!("{name} nice {}", fields[18]),
                (name, "5") => format!("{name} idle"),
                (name, kind) => format!("{name} {kind}"),
            }
        };
        let work = bench.spawn(async move { (own(), tokio::task::spawn_blocking(own).await.unwrap()) });
        work.await.unwrap().into()
    }

    #[tokio::test]
    async fn its_threads_make_way_for_others_while_many_ask() {
        let traffic = Arc::new(Traffic::default());
        let workshop = Workshop::open(1, Arc::clone(&traffic)).unwrap();
        let benches = workshop.benches();
        assert_eq!(threads_of(benches.choose(0)).await, ["(report) nice 10"; 2]);
        (0..100).for_each(|_| traffic.note());
        assert_eq!(threads_of(benches.choose(0)).await, ["(report) idle"; 2]);
        assert_eq!(threads_of(benches.choose(1)).await, ["(report) nice 10"; 2], "not again");
    }
}
