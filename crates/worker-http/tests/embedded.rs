//! Workers on one SQLite file that are killed over and over: what was accepted comes to its end, once.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    collections::BTreeSet,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;
use supabase_store::{Deliveries, DeliveryState, JobQueue, JobState, ReportStore, Sqlite};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

const JOBS: usize = 60;
const WORKERS: usize = 2;
const BETWEEN_KILLS: Duration = Duration::from_millis(150);
/// Of so many jobs one has a callback: one that is under way in a worker that is killed is made again after a minute.
const JOBS_PER_CALLBACK: usize = 6;

/// Where a worker takes longer to start than it lives, nobody would ever be answered.
const MOST_KILLS: usize = 40;
const BETWEEN_JOBS: Duration = Duration::from_millis(50);

/// How long everything may take to come to rest.
const PATIENCE: Duration = Duration::from_mins(2);

/// A process, and another one in its place when it is killed.
struct Worker<'a> {
    port: u16,
    folder: &'a Path,
    receiver: String,
    process: Mutex<Child>,
}

impl<'a> Worker<'a> {
    fn start(folder: &'a Path, receiver: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = Mutex::new(spawn(folder, port, receiver));
        Self { port, folder, receiver: receiver.to_owned(), process }
    }

    /// Without a word, as when memory runs out.
    fn kill(&self) {
        let mut process = self.process.lock().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
        *process = spawn(self.folder, self.port, &self.receiver);
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        if let Ok(process) = self.process.get_mut() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

fn spawn(folder: &Path, port: u16, receiver: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_worker-http"))
        .args(["serve", "--edgar"])
        .arg(testkit::fixtures().join("recordings/demo"))
        .current_dir(folder)
        .env_clear()
        .env("DATA_DIR", folder)
        .env("PORT", port.to_string())
        .env("CHARGE", "worker")
        .env("REUSE_REPORTS", "off")
        .env("USER_LIMIT_PER_MINUTE", "0")
        .env("LEASE_SECONDS", "2")
        .env("CALLBACK_ORIGINS", receiver)
        .env("CALLBACK_RETRY_SECONDS", ["1"; 30].join(","))
        .env("RUST_LOG", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_that_are_killed_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(folder.path().join("worker.sqlite")).await.unwrap();
    store.grant("user-1", u32::try_from(JOBS).unwrap(), "bought").await.unwrap();
    let receiver = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&receiver).await;
    let workers: Vec<Worker> = (0..WORKERS).map(|_| Worker::start(folder.path(), &receiver.uri())).collect();

    let all_asked = AtomicBool::new(false);
    let kills = async {
        let mut kills = 0;
        while !all_asked.load(Ordering::Relaxed) && kills < MOST_KILLS {
            tokio::time::sleep(BETWEEN_KILLS).await;
            workers[fastrand::usize(..WORKERS)].kill();
            kills += 1;
        }
        kills
    };
    let asking = async {
        for number in 0..JOBS {
            ask(&workers, number, &receiver.uri()).await;
            tokio::time::sleep(BETWEEN_JOBS).await;
        }
        all_asked.store(true, Ordering::Relaxed);
    };
    let (kills, ()) = tokio::join!(kills, asking);
    settle(&store).await;

    let jobs = store.jobs(1_000).await.unwrap();
    println!("{kills} kills, {} leases lost", jobs.iter().map(|job| job.lost_leases).sum::<u32>());
    assert_eq!(jobs.len(), JOBS, "a job was lost or came from nowhere");
    assert!(
        jobs.iter().all(|job| job.state == JobState::Completed && job.charged && !job.refunded),
        "{jobs:?}"
    );
    let reports = store.reports(1_000).await.unwrap();
    let of_jobs: BTreeSet<_> = jobs.iter().map(|job| job.report_id.clone().unwrap()).collect();
    let kept: BTreeSet<_> = reports.iter().map(|report| report.report_id.clone()).collect();
    assert_eq!((reports.len(), &kept), (JOBS, &of_jobs), "one report each");
    assert_eq!(store.balance("user-1").await.unwrap(), 0, "one charge each");
    let told: BTreeSet<_> = receiver
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(|request| request.headers["webhook-id"].to_str().unwrap().to_owned())
        .collect();
    assert_eq!(told.len(), JOBS / JOBS_PER_CALLBACK, "every caller was told, always under the same id");
}

/// Asks whichever worker answers, until the job is taken in.
async fn ask(workers: &[Worker<'_>], number: usize, receiver: &str) {
    let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(10)).build().unwrap();
    let callback_url = number.is_multiple_of(JOBS_PER_CALLBACK).then(|| format!("{receiver}/done"));
    let job_id = format!("job-{number}");
    let body = json!({"job_id": job_id, "user_id": "user-1", "ticker": "NWND", "callback_url": callback_url});
    loop {
        let port = workers[fastrand::usize(..workers.len())].port;
        let request = client.post(format!("http://127.0.0.1:{port}/generate-report")).json(&body);
        match request.send().await.map(|response| response.status().as_u16()) {
            Ok(202) => return,
            // Not there, or gone in the middle of it.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            Ok(other) => panic!("status {other}"),
        }
    }
}

/// Waits until nothing is left to do.
async fn settle(store: &Sqlite) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let open = store.jobs(1_000).await.unwrap().iter().filter(|job| !job.state.is_final()).count();
        let deliveries = store.deliveries(1_000).await.unwrap();
        let untold = deliveries.iter().filter(|one| one.state == DeliveryState::Pending).count();
        if open == 0 && untold == 0 {
            return;
        }
        assert!(Instant::now() < deadline, "{open} jobs are open, {untold} callers untold");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
