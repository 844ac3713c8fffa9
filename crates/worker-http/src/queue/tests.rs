#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use async_trait::async_trait;
use filing_model::{Cik, Company, Document, Exhibit, Filing, Ticker};
use jiff::{SignedDuration, Timestamp};
use sec_fetch::{FetchError, FilingSource};
use sqlx::Connection as _;
use supabase_store::{Charge, Job, JobQueue as _, JobState, Memory, NewJob, ReportStore as _};

use super::*;
use crate::{
    answers, app,
    config::{Config, Variables},
    invented,
    telemetry::seen::Seen,
};

/// A source that answers every question in one way.
struct Always(Answer);

#[derive(Clone, Copy)]
enum Answer {
    Error(fn() -> FetchError),
    Panic,
    Nothing,
}

#[async_trait]
impl FilingSource for Always {
    async fn resolve(&self, _: &Ticker) -> Result<Company, FetchError> {
        match self.0 {
            Answer::Error(error) => Err(error()),
            Answer::Panic => panic!("on purpose"),
            Answer::Nothing => std::future::pending().await,
        }
    }

    async fn filings(&self, _: Cik) -> Result<Vec<Filing>, FetchError> {
        unreachable!("nothing is resolved")
    }

    async fn document(&self, _: &Filing) -> Result<Document, FetchError> {
        unreachable!("nothing is resolved")
    }

    async fn exhibits(&self, _: &Filing, _: &str) -> Result<Vec<Exhibit>, FetchError> {
        unreachable!("nothing is resolved")
    }
}

/// A worker on a store of its own with one job, and what ends it.
struct Bench {
    store: Arc<Memory>,
    worker: Arc<Worker>,
    phase: watch::Sender<Phase>,
}

impl Bench {
    async fn new(
        source: impl FilingSource + 'static,
        ticker: &str,
        change: impl FnOnce(&mut QueueConfig),
    ) -> Self {
        let mut config = Config::read(&Variables::default()).unwrap();
        change(&mut config.queue);
        let store = Arc::new(Memory::new());
        store.enqueue(&asked("job-1", ticker)).await.unwrap();
        let (phase, watched) = watch::channel(Phase::Running);
        let worker = Worker {
            name: "test".into(),
            store: store.clone(),
            source: Source::at_hand(source),
            pipeline: app::pipeline(&config.analysis, answers::for_this_run()).unwrap(),
            config: config.queue,
            benches: Benches::here(),
            phase: watched,
            ended: Arc::default(),
        };
        Self { store, worker: Arc::new(worker), phase }
    }

    async fn job(&self) -> Job {
        self.store.job("job-1").await.unwrap().unwrap()
    }

    /// One step, and how the job stands after it.
    async fn step(&self) -> (Step, Job) {
        (self.worker.step().await.unwrap(), self.job().await)
    }
}

fn asked(job_id: &str, ticker: &str) -> NewJob {
    NewJob {
        job_id: job_id.into(),
        user_id: Some("user-1".into()),
        ticker: ticker.parse().unwrap(),
        callback_url: None,
        charge: Charge::Caller,
    }
}

async fn failing(error: fn() -> FetchError, change: impl FnOnce(&mut QueueConfig)) -> (Step, Job) {
    Bench::new(Always(Answer::Error(error)), "ACME", change).await.step().await
}

fn no_answer() -> FetchError {
    FetchError::Status { url: "https://www.sec.gov/x".into(), status: 503 }
}

fn blocked() -> FetchError {
    FetchError::Blocked { until: Timestamp::now() + SignedDuration::from_mins(10) }
}

#[tokio::test]
async fn reports_are_made_apart_from_the_threads_that_answer() {
    // What a source does on any other thread is a panic, after which the job would be tried again.
    let there = || {
        assert_eq!(std::thread::current().name(), Some("report"));
        FetchError::UnknownTicker { ticker: "ACME".parse().unwrap(), nearest: Vec::new(), list_read_at: None }
    };
    let bench = Bench::new(Always(Answer::Error(there)), "ACME", |_| {}).await;
    let workshop = Workshop::open(1, Arc::default()).unwrap();
    let mut worker = Arc::into_inner(bench.worker).unwrap();
    worker.benches = workshop.benches();
    assert_eq!(worker.step().await.unwrap(), Step::Failed);
}

#[tokio::test]
async fn a_job_becomes_a_report() {
    let bench = Bench::new(invented::recording(), "ACME", |_| {}).await;
    let (step, job) = bench.step().await;
    assert_eq!((step, job.state, job.progress), (Step::Completed, JobState::Completed, 100));
    let report = bench.store.report(&job.report_id.unwrap()).await.unwrap().unwrap();
    assert_eq!(report.company.name, "Acme Tools Inc.");
    assert_eq!(bench.worker.step().await.unwrap(), Step::Idle);
}

#[tokio::test]
async fn what_the_user_got_wrong_fails_at_once_and_is_refunded() {
    for (ticker, words) in [
        (
            "NOPE",
            "No company has the ticker NOPE: check it, or type the company's CIK, which those that are no longer listed have too.",
        ),
        ("SOLO", "has filed only one annual report"),
        ("ABROAD", "foreign private issuer"),
    ] {
        let bench = Bench::new(invented::recording(), ticker, |_| {}).await;
        let (step, job) = bench.step().await;
        let error = job.error.unwrap();
        assert_eq!((step, job.state), (Step::Failed, JobState::Failed), "{ticker}: {error}");
        assert!(error.contains(words), "{error}");
        assert!(job.refunded && job.error_log_id.is_some());
    }
}

#[tokio::test]
async fn passing_trouble_costs_an_attempt() {
    let (step, job) = failing(no_answer, |_| {}).await;
    assert_eq!((step, job.state, job.attempts), (Step::GivenBack, JobState::Queued, 1));
}

#[tokio::test]
async fn the_last_attempt_fails_the_job() {
    let (step, job) = failing(no_answer, |config| config.attempts = 1).await;
    assert_eq!((step, job.state, job.refunded), (Step::Failed, JobState::Failed, true));
}

#[tokio::test]
async fn waiting_for_edgar_costs_no_attempt_but_has_an_end() {
    let (step, job) = failing(blocked, |_| {}).await;
    assert_eq!((step, job.state, job.attempts), (Step::GivenBack, JobState::Queued, 0));
    let (step, _) = failing(blocked, |config| config.deadline = Duration::from_mins(5)).await;
    assert_eq!(step, Step::Failed);
}

#[tokio::test]
async fn a_panic_is_a_failed_attempt_not_a_dead_worker() {
    let (step, job) = Bench::new(Always(Answer::Panic), "ACME", |_| {}).await.step().await;
    assert_eq!((step, job.attempts), (Step::GivenBack, 1));
}

#[tokio::test]
async fn work_that_takes_too_long_is_a_failed_attempt() {
    let quick = |config: &mut QueueConfig| config.timeout = Duration::from_millis(50);
    let (step, job) = Bench::new(Always(Answer::Nothing), "ACME", quick).await.step().await;
    assert_eq!((step, job.attempts), (Step::GivenBack, 1));
}

#[tokio::test]
async fn a_worker_that_ends_gives_its_job_back_for_others_at_once() {
    let bench = Bench::new(Always(Answer::Nothing), "ACME", |_| {}).await;
    let worker = Arc::clone(&bench.worker);
    let step = tokio::spawn(async move { worker.step().await });
    while bench.job().await.state != JobState::Processing {
        tokio::task::yield_now().await;
    }
    bench.phase.send_replace(Phase::Ending);
    assert_eq!(step.await.unwrap().unwrap(), Step::GivenBack);
    assert_eq!(bench.job().await.attempts, 0);
    assert!(bench.store.lease("another", 30).await.unwrap().is_some());
}

#[tokio::test]
async fn a_cancelled_job_is_dropped() {
    let quick = |config: &mut QueueConfig| config.lease = Duration::from_secs(1);
    let bench = Bench::new(Always(Answer::Nothing), "ACME", quick).await;
    let worker = Arc::clone(&bench.worker);
    let step = tokio::spawn(async move { worker.step().await });
    while bench.job().await.state != JobState::Processing {
        tokio::task::yield_now().await;
    }
    bench.store.cancel("job-1").await.unwrap();
    assert_eq!(step.await.unwrap().unwrap(), Step::Lost);
    assert_eq!(bench.job().await.error.as_deref(), Some("cancelled"));
}

#[tokio::test]
async fn the_loop_ends_when_it_is_told_to() {
    let bench = Bench::new(invented::recording(), "ACME", |_| {}).await;
    let running = tokio::spawn(run(Arc::clone(&bench.worker), Arc::new(Notify::new())));
    while bench.job().await.state != JobState::Completed {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bench.phase.send_replace(Phase::Draining);
    running.await.unwrap();
}

#[tokio::test]
async fn a_second_report_on_the_same_filings_is_the_first_under_an_id_of_its_own() {
    let bench = Bench::new(invented::recording(), "ACME", |_| {}).await;
    bench.step().await;
    bench.store.enqueue(&asked("job-2", "ACME")).await.unwrap();
    assert_eq!(bench.worker.step().await.unwrap(), Step::Completed);
    let report = async |job_id: &str| {
        let job = bench.store.job(job_id).await.unwrap().unwrap();
        bench.store.report(&job.report_id.unwrap()).await.unwrap().unwrap()
    };
    let (first, second) = (report("job-1").await, report("job-2").await);
    assert_ne!(first.report_id, second.report_id);
    assert_eq!((first.sections, first.made_on), (second.sections, second.made_on));
    assert_eq!((second.analysis.total_cost_usd, second.analysis.total_tokens), (Some(0.0), 0));
}

#[tokio::test]
async fn reports_are_made_anew_where_reuse_is_switched_off() {
    let anew = |config: &mut QueueConfig| config.reuse_reports = false;
    let bench = Bench::new(invented::recording(), "ACME", anew).await;
    bench.step().await;
    bench.store.enqueue(&asked("job-2", "ACME")).await.unwrap();
    bench.worker.step().await.unwrap();
    let reports = bench.store.reports(10).await.unwrap();
    assert_eq!(reports.len(), 2);
}

#[tokio::test]
async fn an_operators_retry_counts_its_deadline_anew() {
    let (_, job) = failing(blocked, |config| config.deadline = Duration::from_mins(5)).await;
    assert_eq!(job.state, JobState::Failed);
    let bench = Bench::new(Always(Answer::Error(no_answer)), "ACME", |config| config.attempts = 1).await;
    assert_eq!(bench.step().await.0, Step::Failed);
    let retried = bench.store.retry("job-1").await.unwrap();
    assert!(retried.queued_at > retried.created_at && retried.refunded);
    assert_eq!(bench.step().await.0, Step::Failed);
    assert_eq!(bench.store.balance("user-1").await.unwrap(), 1, "no second refund");
}

#[tokio::test]
async fn every_stage_is_a_span_within_its_job() {
    let bench = Bench::new(invented::recording(), "ACME", |_| {}).await;
    let seen = Seen::default();
    let watched = seen.watch();
    bench.step().await;
    drop(watched);
    insta::assert_snapshot!(seen.lines(), @r"
    job
    job:choosing
    job:fetching
    job:extracting
    job:extracting
    job:comparing
    job:analysing
    job:checking
    ");
}

#[tokio::test]
async fn a_report_that_the_store_refuses_fails_its_job_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let engine = app::sqlite(folder.path()).await.unwrap();
    let file = format!("sqlite://{}", app::database(folder.path()).display());
    let mut database = sqlx::SqliteConnection::connect(&file).await.unwrap();
    let refuse = "create trigger refuse before insert on reports begin select raise(abort, 'refused'); end";
    sqlx::query(refuse).execute(&mut database).await.unwrap();

    let bench = Bench::new(invented::recording(), "ACME", |_| {}).await;
    let worker = Worker {
        name: "test".into(),
        store: Arc::clone(&engine.store),
        source: Source::at_hand(invented::recording()),
        pipeline: bench.worker.pipeline.clone(),
        config: bench.worker.config.clone(),
        benches: Benches::here(),
        phase: bench.phase.subscribe(),
        ended: Arc::default(),
    };
    worker.store.enqueue(&asked("job-1", "ACME")).await.unwrap();
    assert_eq!(worker.step().await.unwrap(), Step::Failed);
    let job = worker.store.job("job-1").await.unwrap().unwrap();
    assert_eq!((job.state, job.refunded), (JobState::Failed, true));
    assert_eq!(job.error.as_deref(), Some("the report could not be stored"));
}

#[tokio::test]
async fn a_job_is_kept_while_its_report_waits_to_be_stored() {
    let bench = Bench::new(invented::recording(), "ACME", |queue| queue.lease = Duration::from_secs(1)).await;
    let lease = bench.store.lease("test", 1).await.unwrap().unwrap();
    let store = Arc::clone(&bench.store);
    let stored = async move {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        store.lease("another", 1).await.unwrap()
    };
    assert_eq!(keeper::settle(&bench.worker, &lease, stored).await.unwrap(), None);
}

#[tokio::test]
async fn a_job_whose_workshop_closes_is_given_back() {
    let bench = Bench::new(Always(Answer::Nothing), "ACME", |_| {}).await;
    let workshop = Workshop::open(1, Arc::default()).unwrap();
    let mut worker = Arc::into_inner(bench.worker).unwrap();
    worker.benches = workshop.benches();
    let step = tokio::spawn(async move { worker.step().await });
    while bench.store.job("job-1").await.unwrap().unwrap().state != JobState::Processing {
        tokio::task::yield_now().await;
    }
    drop(workshop);
    assert_eq!(step.await.unwrap().unwrap(), Step::GivenBack);
    let job = bench.store.job("job-1").await.unwrap().unwrap();
    assert_eq!((job.state, job.attempts), (JobState::Queued, 0));
}
