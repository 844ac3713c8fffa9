use std::net::TcpListener;

use futures::{StreamExt as _, stream};
use serde_json::json;

use crate::process::Worker;

const JOBS: usize = 10_000;
const CLIENTS: usize = 50;

/// A long queue behind jobs that wait for an EDGAR that never answers.
pub(crate) async fn measure() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let edgar = format!("http://{}", silent.local_addr().unwrap());
    let settings = [
        ("SEC_USER_AGENT", "Acme ops@acme.example"),
        ("SEC_WWW_URL", edgar.as_str()),
        ("SEC_DATA_URL", edgar.as_str()),
    ];
    let worker = Worker::start(None, &settings).await;
    let (client, address) = (reqwest::Client::new(), format!("{}/generate-report", worker.address));
    stream::iter(0..JOBS)
        .for_each_concurrent(CLIENTS, |number| {
            let body = json!({"job_id": format!("job-{number}"), "user_id": format!("user-{}", number % 100), "ticker": "AAPL"});
            let request = client.post(&address).json(&body);
            async move { assert_eq!(request.send().await.unwrap().status().as_u16(), 202) }
        })
        .await;
    let used = worker.used();
    println!("{JOBS} jobs waiting: {:.0} MB, at most {:.0} MB (target 100)", used.resident_mb, used.peak_mb);
}
