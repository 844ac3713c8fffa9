use std::time::Duration;

use serde_json::{Value, json};
use testkit::RealFilings;

use crate::{
    claude::Claude,
    process::{Used, Worker},
    recording,
};

/// Pairs of large companies, and the largest of all.
const NEWER: [&str; 6] =
    ["AAPL_FY2024", "NVDA_FY2025", "AMZN_FY2024", "ADBE_FY2024", "MA_FY2024", "TSLA_FY2011"];

/// What one report costs from the job to the stored report, with its documents at hand and a model that answers at once.
/// Each is the first that its process makes.
pub(crate) async fn measure(filings: &RealFilings) {
    let claude = Claude::start(false).await;
    println!("a report of a real pair, in a fresh process (targets 0.2 s of CPU, 120 MB):");
    for name in NEWER {
        let Some(folder) = recording::of_pair(filings, name) else { continue };
        let settings = [("ANTHROPIC_API_KEY", "key"), ("ANTHROPIC_BASE_URL", &claude.url())];
        let worker = Worker::start(Some(folder.path()), &settings).await;
        let before = worker.used();
        let status = made(&worker.address).await;
        let Used { cpu_seconds, peak_mb, .. } = worker.used();
        println!(
            "  {name:<12} {:.2} s of CPU, at most {peak_mb:.0} MB; {status}",
            cpu_seconds - before.cpu_seconds
        );
    }
}

/// Asks for a report and waits for it; how it ended.
async fn made(address: &str) -> String {
    let client = reqwest::Client::new();
    let body = json!({"job_id": "job", "ticker": "PAIR"});
    client
        .post(format!("{address}/generate-report"))
        .json(&body)
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let status = client.get(format!("{address}/jobs/job/status")).send().await.unwrap();
        let status: Value = status.json().await.unwrap();
        match status["status"].as_str() {
            Some("completed") => return "completed".to_owned(),
            Some("failed") => return status["error"].to_string(),
            _ => {}
        }
    }
}
