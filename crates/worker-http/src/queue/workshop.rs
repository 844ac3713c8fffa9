//! Threads on which reports are made, apart from those that answer requests and hold the store.

use std::io;

use tokio::runtime::{Builder, Handle, Runtime};

/// A runtime of its own, closed when it is dropped: what still runs in it then is left.
pub(crate) struct Workshop {
    handle: Handle,
    /// There until it is dropped.
    runtime: Option<Runtime>,
}

impl Workshop {
    /// One for so many jobs at once.
    pub(crate) fn open(jobs: usize) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(jobs)
            .thread_name("report")
            .on_thread_start(step_back)
            .enable_all()
            .build()?;
        Ok(Self { handle: runtime.handle().clone(), runtime: Some(runtime) })
    }

    pub(crate) fn handle(&self) -> Handle {
        self.handle.clone()
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Lets the threads that answer requests go first where there are fewer processors than threads: a thread of this kind
/// (`SCHED_IDLE` in sched(7)) makes way at once, where one that is only nice first ends its slice of milliseconds.
#[cfg(target_os = "linux")]
fn step_back() {
    use thread_priority::{
        NormalThreadSchedulePolicy, ThreadPriority, ThreadSchedulePolicy, set_thread_priority_and_policy,
        thread_native_id,
    };

    let idle = ThreadSchedulePolicy::Normal(NormalThreadSchedulePolicy::Idle);
    // For this thread alone. Nothing depends on it.
    let _ = set_thread_priority_and_policy(thread_native_id(), ThreadPriority::Min, idle);
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    /// `SCHED_IDLE`
    const IDLE: &str = "5";

    #[tokio::test]
    async fn its_threads_make_way_for_others() {
        let workshop = Workshop::open(1).unwrap();
        // The 41st field of <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>; the name is the second.
        let own_stat = || std::fs::read_to_string("/proc/thread-self/stat").unwrap();
        let work =
            workshop.handle().spawn(async move { (own_stat(), tokio::task::spawn_blocking(own_stat).await) });
        let (waits, computes) = work.await.unwrap();
        for stat in [waits, computes.unwrap()] {
            let policy = stat.split_whitespace().nth(40).unwrap();
            assert!(stat.contains("(report)") && policy == IDLE, "{stat}");
        }
    }
}
