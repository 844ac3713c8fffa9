//! The running worker held against its own OpenAPI document by Schemathesis: thousands of requests, right ones and wrong ones.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![allow(clippy::print_stderr, reason = "the figures are what the measurement is for")]

use std::{
    fs,
    io::{BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;

const RECORDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/recordings/demo");
const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemathesis/schemathesis.toml");

/// Nobody listens there, so callbacks fail as they would with a receiver that is away.
const CALLBACK: &str = "http://127.0.0.1:9/callback";

/// Requests that are made up for each operation, at most.
const REQUESTS: &str = "300";

/// So that a failure can be seen again; other seeds are worth a try by hand.
const SEED: &str = "7";

/// Installed by `cargo xtask test --slow`.
fn schemathesis() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python");
    let program = folder.join("bin/schemathesis");
    assert!(
        program.is_file(),
        "Schemathesis is absent: run cargo xtask test --slow, which installs it with Python"
    );
    program
}

/// The built worker; dropping it stops it.
struct Worker {
    process: Child,
    address: String,
    secret: Option<&'static str>,
    folder: TempDir,
}

impl Worker {
    fn start(secret: Option<&'static str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_worker-http"));
        command.args(["serve", "--edgar", RECORDING]).current_dir(folder.path()).env_clear();
        command.envs([
            ("PORT", "0"),
            ("BIND", "127.0.0.1"),
            ("LOG_FORMAT", "json"),
            ("CALLBACK_ORIGINS", "http://127.0.0.1:9"),
        ]);
        // The run asks for more than a person would.
        command.envs([("USER_LIMIT_PER_MINUTE", "0"), ("QUEUE_LIMIT", "0")]);
        command.envs(secret.map(|secret| ("WORKER_SECRET", secret)));
        let mut process = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert_ne!(log.read_line(&mut line).unwrap(), 0, "the worker ended");
            let said: Value = serde_json::from_str(&line).unwrap();
            if let Some(address) = said["address"].as_str() {
                break format!("http://{address}");
            }
        };
        // Somebody has to read, or the worker waits.
        thread::spawn(move || log.read_to_string(&mut String::new()));
        Self { process, address, secret, folder }
    }

    /// Asks for a report and writes the lists that the configuration reads: what a caller would know.
    async fn prepare(&self) {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let with_secret = |request: reqwest::RequestBuilder| match self.secret {
            Some(secret) => request.bearer_auth(secret),
            None => request,
        };
        let body = json!({"ticker": "NWND", "job_id": "known-1"});
        let asked = client.post(format!("{}/generate-report", self.address)).json(&body);
        assert_eq!(with_secret(asked).send().await.unwrap().status(), 202);
        let report_id = loop {
            let status = client.get(format!("{}/jobs/known-1/status", self.address));
            let status: Value = with_secret(status).send().await.unwrap().json().await.unwrap();
            assert_ne!(status["status"], "failed", "{status}");
            if let Some(report_id) = status["report_id"].as_str() {
                break report_id.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let list = |name: &str, lines: &[String]| {
            let quoted: Vec<_> = lines.iter().map(|line| format!("{line:?}")).collect();
            fs::write(self.folder.path().join(name), quoted.join("\n")).unwrap();
        };
        list("jobs.txt", &["known-1".to_owned()]);
        list("reports.txt", &["", ".html", ".json", ".md"].map(|ending| format!("{report_id}{ending}")));
        list("callbacks.txt", &[CALLBACK.to_owned()]);
        fs::copy(CONFIG, self.folder.path().join("schemathesis.toml")).unwrap();
    }

    fn hold_against_its_document(&self) {
        let mut command = Command::new(schemathesis());
        command
            .args(["--config-file", "schemathesis.toml", "run"])
            .arg(format!("{}/openapi.json", self.address));
        command.args(["--max-examples", REQUESTS, "--seed", SEED, "--checks", "all"]);
        // A cancelled job is not gone: it has ended, and its status says so for as long as jobs are kept.
        command.args(["--exclude-checks", "use_after_free"]);
        command.args(self.secret.map(|secret| format!("--header=Authorization: Bearer {secret}")));
        let output = command.current_dir(self.folder.path()).env("NO_COLOR", "1").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        eprintln!("{}", said.lines().rev().find(|line| line.contains("generated")).unwrap_or_default());
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[tokio::test]
#[ignore = "takes minutes and Python; cargo xtask test --slow installs what it needs"]
async fn the_worker_keeps_its_contract_with_a_secret() {
    let worker = Worker::start(Some("secret-of-a-test"));
    worker.prepare().await;
    worker.hold_against_its_document();
}

#[tokio::test]
#[ignore = "takes minutes and Python; cargo xtask test --slow installs what it needs"]
async fn the_worker_keeps_its_contract_without_a_secret() {
    let worker = Worker::start(None);
    worker.prepare().await;
    worker.hold_against_its_document();
}
