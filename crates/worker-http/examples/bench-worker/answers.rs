use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::task::JoinSet;

use crate::process::Worker;

const CLIENTS: usize = 50;
const EACH: usize = 40;

/// How long `POST /generate-report` and the status take for many clients while jobs run, each of which is made anew.
pub(crate) async fn measure(what: &str, recording: &Path, ticker: &'static str) {
    println!("{CLIENTS} clients while two reports at a time are made of {what}:");
    let worker = Worker::start(Some(recording), &[("REUSE_REPORTS", "off")]).await;
    let mut clients = JoinSet::new();
    for number in 0..CLIENTS {
        clients.spawn(client(worker.address.clone(), number, ticker));
    }
    let (accepted, told): (Vec<_>, Vec<_>) = clients.join_all().await.into_iter().unzip();
    tell("202", accepted.concat());
    tell("status", told.concat());
    let figures = reqwest::get(format!("{}/metrics", worker.address)).await.unwrap().text().await.unwrap();
    let done =
        figures.lines().find_map(|line| line.strip_prefix("worker_jobs_total{outcome=\"completed\"} "));
    println!("  meanwhile {} jobs were completed", done.unwrap_or("no"));
}

/// Thinks a little between its questions, as callers do: fifty that only ask would measure how fast the machine is.
async fn client(address: String, number: usize, ticker: &str) -> (Vec<Duration>, Vec<Duration>) {
    let client = reqwest::Client::new();
    let (mut accepted, mut told) = (Vec::new(), Vec::new());
    for job in 0..EACH {
        tokio::time::sleep(Duration::from_millis(fastrand::u64(100..500))).await;
        let job_id = format!("job-{number}-{job}");
        let began = Instant::now();
        let body = json!({"job_id": job_id, "user_id": format!("user-{number}"), "ticker": ticker});
        let response = client.post(format!("{address}/generate-report")).json(&body).send().await.unwrap();
        assert_eq!(response.status().as_u16(), 202);
        accepted.push(began.elapsed());
        let began = Instant::now();
        client
            .get(format!("{address}/jobs/{job_id}/status"))
            .send()
            .await
            .unwrap()
            .error_for_status()
            .unwrap();
        told.push(began.elapsed());
    }
    (accepted, told)
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!(
        "  {what}, {} answers: median {:.1} ms, 99 % {:.1} ms (target 10), most {:.1} ms",
        times.len(),
        at(50),
        at(99),
        at(100)
    );
}
