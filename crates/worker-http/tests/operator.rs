//! The operator's commands over a database of three jobs: what they show, what they change, and how they end.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{fmt::Write as _, process::Command};

use regex::Regex;
use supabase_store::{
    Charge, Deliveries, DeliveryOutcome, Failure, JobQueue, NewJob, ReportStore, Sqlite, Tried,
};
use tempfile::TempDir;

/// One job that failed and whose caller could not be told, one under way, one that waits.
async fn kept() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(folder.path().join("worker.sqlite")).await.unwrap();
    for (job_id, ticker) in [("job-1", "NWND"), ("job-2", "BRKW"), ("job-3", "NWND")] {
        let callback_url = Some("https://platform.example/told?token=secret".to_owned());
        let (user_id, ticker) = (Some("user-1".to_owned()), ticker.parse().unwrap());
        let job = NewJob { job_id: job_id.to_owned(), user_id, ticker, callback_url, charge: Charge::Caller };
        store.enqueue(&job).await.unwrap();
    }
    let lease = store.lease("worker", 60).await.unwrap().unwrap();
    let failure = Failure {
        error_type: "edgar_error".to_owned(),
        message: "EDGAR does not answer".to_owned(),
        causes: "connection refused".to_owned(),
    };
    store.fail_report_job(&lease, &failure).await.unwrap();
    let lease = store.lease("worker", 60).await.unwrap().unwrap();
    store.progress(&lease, 40, "Extracting both filings").await.unwrap();
    let delivery = store.lease_delivery("worker", 60).await.unwrap().unwrap();
    let tried = Tried {
        outcome: DeliveryOutcome::Failed,
        status: Some(500),
        error: Some("status 500".to_owned()),
        milliseconds: 12,
    };
    store.note_attempt(&delivery, &tried).await.unwrap();
    store.close().await;
    folder
}

/// What the program says, and its exit code.
fn call(folder: &TempDir, arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_worker-http"))
        .args(arguments.split(' '))
        .current_dir(folder.path())
        .env_clear()
        .env("DATA_DIR", folder.path())
        .output()
        .unwrap();
    let mut said = format!("$ worker-http {arguments}\n");
    for bytes in [&output.stdout, &output.stderr] {
        let _ = write!(said, "{}", String::from_utf8_lossy(bytes));
    }
    if !output.status.success() {
        let _ = writeln!(said, "exit code {}", output.status.code().unwrap());
    }
    said.replace(&folder.path().to_string_lossy().into_owned(), "<folder>")
}

/// Without what differs from run to run.
fn check(name: &str, said: &str) {
    let differing = [
        ("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>"),
        ("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "<time>"),
        // A column is as wide as its widest.
        ("CHANGED +", "CHANGED     "),
        ("[0-9]+ [a-z]+ ago +", "<just now>  "),
    ];
    let settled = differing.iter().fold(said.to_owned(), |said, (pattern, name)| {
        Regex::new(pattern).unwrap().replace_all(&said, *name).into_owned()
    });
    insta::assert_snapshot!(name, settled);
}

fn all(folder: &TempDir, commands: &[&str]) -> String {
    commands.iter().map(|arguments| call(folder, arguments)).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn jobs_and_callbacks_are_shown() {
    let folder = kept().await;
    let commands = [
        "jobs list",
        "jobs list --state failed",
        "jobs show job-1",
        "jobs show job-2",
        "deliveries list",
        "deliveries show job_job-1",
    ];
    let said = all(&folder, &commands);
    assert!(!said.contains("secret"), "{said}");
    check("shown", &said);
}

#[tokio::test]
async fn jobs_and_callbacks_are_changed() {
    let folder = kept().await;
    let commands = [
        "jobs retry job-1",
        "jobs cancel job-2",
        "jobs cancel job-2",
        "deliveries resend job_job-1",
        "erase-user user-1",
        "jobs list",
        "deliveries list",
    ];
    check("changed", &all(&folder, &commands));
}

#[tokio::test]
async fn what_is_not_there_is_said_so() {
    let folder = kept().await;
    let nowhere = tempfile::tempdir().unwrap();
    let mut said = all(
        &folder,
        &[
            "jobs show job-9",
            "jobs retry job-9",
            "jobs cancel job-9",
            "deliveries show job-9",
            "jobs show a/b",
            "jobs list --state lost",
        ],
    );
    said.push('\n');
    said.push_str(&call(&nowhere, "jobs list"));
    assert!(!nowhere.path().join("worker.sqlite").exists(), "looking makes no database");
    check("not_there", &said);
}
