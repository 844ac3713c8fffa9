use std::time::Duration;

use crate::{process::Worker, recording};

const WATCHED: Duration = Duration::from_secs(20);

/// A worker with nothing to do.
pub(crate) async fn measure() {
    let worker = Worker::start(Some(&recording::demo()), &[]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let before = worker.used();
    tokio::time::sleep(WATCHED).await;
    let after = worker.used();
    println!(
        "idle: {:.0} MB (target 40), {:.0} ms of CPU in {} s",
        after.resident_mb,
        (after.cpu_seconds - before.cpu_seconds) * 1e3,
        WATCHED.as_secs()
    );
}
