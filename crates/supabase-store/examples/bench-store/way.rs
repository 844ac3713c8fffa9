use std::{collections::BTreeSet, fmt, time::Instant};

use anyhow::{Result, ensure};
use tokio::task::JoinSet;

use crate::Size;

/// A way for jobs to go through.
pub(crate) trait Way: Clone + Send + Sync + 'static {
    /// Takes a job in.
    fn start(&self, job: usize) -> impl Future<Output = Result<()>> + Send;

    /// Takes the next job and ends it; its id, or `None` when none waits.
    fn work(&self, worker: usize) -> impl Future<Output = Result<Option<String>>> + Send;
}

/// How long it took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    jobs: usize,
    start_seconds: f64,
    work_seconds: f64,
}

impl Times {
    pub(crate) fn seconds(self) -> f64 {
        self.start_seconds + self.work_seconds
    }
}

impl fmt::Display for Times {
    #[expect(clippy::cast_precision_loss, reason = "a number of jobs is small")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = |seconds: f64| self.jobs as f64 / seconds;
        write!(
            f,
            "taken in {:>6.0}/s, done {:>6.0}/s, from end to end {:>6.0}/s",
            rate(self.start_seconds),
            rate(self.work_seconds),
            rate(self.seconds())
        )
    }
}

/// All are taken in before the first is done: the queue is as long as it gets.
pub(crate) async fn run<W: Way>(way: &W, size: Size) -> Result<Times> {
    let begin = Instant::now();
    let mut callers = JoinSet::new();
    for caller in 0..size.workers {
        let way = way.clone();
        callers.spawn(async move {
            for job in (caller..size.jobs).step_by(size.workers) {
                way.start(job).await?;
            }
            anyhow::Ok(())
        });
    }
    callers.join_all().await.into_iter().collect::<Result<()>>()?;
    let start_seconds = begin.elapsed().as_secs_f64();

    let begin = Instant::now();
    let mut workers = JoinSet::new();
    for worker in 0..size.workers {
        let way = way.clone();
        workers.spawn(async move {
            let mut done = Vec::new();
            while let Some(job) = way.work(worker).await? {
                done.push(job);
            }
            anyhow::Ok(done)
        });
    }
    let done = workers.join_all().await.into_iter().collect::<Result<Vec<_>>>()?.concat();
    let work_seconds = begin.elapsed().as_secs_f64();

    ensure!(done.len() == size.jobs, "{} jobs were done", done.len());
    ensure!(done.iter().collect::<BTreeSet<_>>().len() == size.jobs, "a job was done twice");
    Ok(Times { jobs: size.jobs, start_seconds, work_seconds })
}
