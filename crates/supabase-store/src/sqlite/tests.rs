//! What the file alone has: other handles on it, what lies in its way, and the rows that callers do not see.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, path::Path, time::Duration};

use sqlx::{Row, SqlitePool, sqlite::SqliteConnectOptions};
use tokio::task::JoinSet;

use super::{Sqlite, migrations};
use crate::{
    Housekeeping, JobQueue, KeptAnswer, ModelAnswers, Removed, ReportStore, StoreError, tests::samples,
};

async fn raw(path: &Path) -> SqlitePool {
    SqlitePool::connect_with(SqliteConnectOptions::new().filename(path)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_handles_lease_each_job_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let handles = [Sqlite::open(&path).await.unwrap(), Sqlite::open(&path).await.unwrap()];
    for number in 0..200 {
        handles[number % 2].enqueue(&samples::asked(&format!("job-{number}"), None)).await.unwrap();
    }
    let mut workers = JoinSet::new();
    for number in 0..8 {
        let store = handles[number % 2].clone();
        workers.spawn(async move {
            let mut taken = Vec::new();
            while let Some(lease) = store.lease(&format!("worker-{number}"), 600).await.unwrap() {
                taken.push(lease.job.job_id);
            }
            taken
        });
    }
    let taken = workers.join_all().await.concat();
    assert_eq!(taken.len(), 200);
    assert_eq!(taken.into_iter().collect::<BTreeSet<_>>().len(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_file_may_be_opened_by_many_at_once() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..5 {
        let path = folder.path().join(format!("new/folder/store-{round}.db"));
        let mut openers = JoinSet::new();
        for number in 0..8 {
            let path = path.clone();
            openers.spawn(async move {
                let store = Sqlite::open(&path).await.unwrap();
                store.enqueue(&samples::asked(&format!("job-{number}"), None)).await.unwrap();
                store.close().await;
            });
        }
        openers.join_all().await;
        assert_eq!(Sqlite::open(&path).await.unwrap().depth().await.unwrap(), 8);
    }
}

#[tokio::test]
async fn a_reopened_file_has_everything() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Sqlite::open(&path).await.unwrap();
    store.grant(&samples::id("ann"), 3, "welcome").await.unwrap();
    for job_id in ["a", "b"] {
        store.enqueue(&samples::asked(job_id, Some("ann"))).await.unwrap();
    }
    let lease = store.lease("worker", 30).await.unwrap().unwrap();
    let settled = store.complete_report(&lease, &samples::bad_report("r")).await.unwrap();
    let (jobs, reports) = (store.jobs(10).await.unwrap(), store.reports(10).await.unwrap());
    store.close().await;
    assert!(store.jobs(10).await.unwrap_err().is_transient(), "a closed store says so");

    let store = Sqlite::open(&path).await.unwrap();
    assert_eq!((store.jobs(10).await.unwrap(), store.reports(10).await.unwrap()), (jobs, reports));
    assert_eq!(store.report(&samples::id("r")).await.unwrap(), Some(samples::bad_report("r")));
    assert_eq!(store.balance(&samples::id("ann")).await.unwrap(), 4);
    assert_eq!(store.complete_report(&lease, &samples::bad_report("r")).await.unwrap(), settled);
    assert_eq!(store.lease("worker", 30).await.unwrap().unwrap().job.job_id, "b");
}

#[tokio::test]
async fn commits_are_synced_and_keys_enforced() {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(folder.path().join("store.db")).await.unwrap();
    for pool in [&store.writer, &store.readers] {
        let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(pool).await.unwrap();
        let foreign_keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(pool).await.unwrap();
        let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(pool).await.unwrap();
        assert_eq!((synchronous, foreign_keys, journal.as_str()), (2, 1, "wal"));
    }
}

/// A power cut must not take what a caller was told; what only those know who end with the power may go.
#[tokio::test]
async fn only_what_may_be_forgotten_does_not_wait_for_the_disk() {
    const NORMAL: i64 = 1;
    const FULL: i64 = 2;
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(folder.path().join("store.db")).await.unwrap();
    let synchronous =
        async || -> i64 { sqlx::query_scalar("PRAGMA synchronous").fetch_one(&store.writer).await.unwrap() };
    store.enqueue(&samples::asked("a", Some("ann"))).await.unwrap();
    assert_eq!(synchronous().await, FULL, "accepted");
    let lease = store.lease("worker", 30).await.unwrap().unwrap();
    assert_eq!(synchronous().await, NORMAL, "leased");
    store
        .keep_model_answer("key", &KeptAnswer { model: "m".into(), answer: "a".into(), tokens: 1 })
        .await
        .unwrap();
    assert_eq!(synchronous().await, FULL, "an answer that was paid for");
    store.progress(&lease, 50, "Comparing").await.unwrap();
    assert_eq!(synchronous().await, NORMAL, "progress");
    store.complete_report(&lease, &samples::good_report("r")).await.unwrap();
    assert_eq!(synchronous().await, FULL, "completed");
}

#[tokio::test]
async fn what_was_written_comes_into_the_file_without_a_writer_doing_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Sqlite::open(&path).await.unwrap();
    let size = || std::fs::metadata(&path).unwrap().len();
    let empty = size();
    for number in 0..200 {
        store.enqueue(&samples::asked(&format!("job-{number}"), None)).await.unwrap();
    }
    let copied = async {
        while size() == empty {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    // The log has some thousand pages, and SQLite's own copying begins at ten thousand.
    tokio::time::timeout(Duration::from_secs(20), copied).await.expect("copied in the background");
}

#[tokio::test]
async fn a_report_of_an_older_version_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let file = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let older = SqlitePool::connect_with(file).await.unwrap();
    migrations::steps(&mut older.acquire().await.unwrap(), 0..4).await.unwrap();
    let report = samples::good_report("r");
    sqlx::raw_sql(
        "insert into reports values
            (1, 'r', 'a', null, 'ACME', 'Acme', null, null, null, null, 1, '', '', '', 0, 0, 0, 0, 1, 0, 'x', null, '1', null)",
    )
    .execute(&older)
    .await
    .unwrap();
    let document = serde_json::to_string(&report).unwrap();
    sqlx::query("insert into report_documents values ('r', ?1)")
        .bind(document)
        .execute(&older)
        .await
        .unwrap();
    older.close().await;

    let store = Sqlite::open(&path).await.unwrap();
    assert_eq!(store.report("r").await.unwrap(), Some(report));
    sqlx::query("delete from reports").execute(&store.writer).await.unwrap();
    assert_eq!(store.report("r").await.unwrap(), None, "a document goes with its report");
}

#[tokio::test]
async fn the_ledger_itself_keeps_a_second_refund_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Sqlite::open(&path).await.unwrap();
    store.enqueue(&samples::asked("a", Some("ann"))).await.unwrap();
    let lease = store.lease("worker", 30).await.unwrap().unwrap();
    let paid_by_hand =
        "insert into token_transactions values ('t', ?1, 'a', null, 'refund', 1, 'by hand', 0)";
    sqlx::query(paid_by_hand).bind(samples::id("ann")).execute(&raw(&path).await).await.unwrap();
    assert!(store.fail_report_job(&lease, &samples::failure()).await.unwrap().refunded);
    assert_eq!(store.balance(&samples::id("ann")).await.unwrap(), 1);
}

#[tokio::test]
async fn rows_have_what_operators_look_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Sqlite::open(&path).await.unwrap();
    for job_id in ["bad", "failed"] {
        store.enqueue(&samples::asked(job_id, Some("ann"))).await.unwrap();
    }
    let lease = store.lease("worker", 30).await.unwrap().unwrap();
    store.complete_report(&lease, &samples::bad_report("r")).await.unwrap();
    let lease = store.lease("worker", 30).await.unwrap().unwrap();
    let settled = store.fail_report_job(&lease, &samples::failure()).await.unwrap();

    let raw = raw(&path).await;
    let report = sqlx::query("select * from reports").fetch_one(&raw).await.unwrap();
    assert_eq!(report.get::<&str, _>("sections_extracted"), r#"["1A"]"#);
    assert_eq!(report.get::<&str, _>("extraction_issues"), r#"["Item 7 of the newer filing was cut short"]"#);
    assert_eq!(report.get::<&str, _>("ai_summaries"), r#"{"Item 1A":"One risk is new."}"#);
    assert_eq!((report.get::<i64, _>("tokens_used"), report.get::<bool, _>("refunded")), (1, true));

    let error = sqlx::query("select * from error_logs").fetch_one(&raw).await.unwrap();
    assert_eq!(error.get::<Option<String>, _>("id"), settled.error_log_id);
    assert_eq!(error.get::<&str, _>("error_type"), "edgar_unavailable");
    assert_eq!(error.get::<&str, _>("stack_trace"), "request failed: connection refused");
    assert_eq!(error.get::<&str, _>("status"), "open");

    let refunds: Vec<(String, Option<String>, i64)> =
        sqlx::query_as("select job_id, report_id, tokens_amount from token_transactions order by job_id")
            .fetch_all(&raw)
            .await
            .unwrap();
    assert_eq!(refunds, [("bad".into(), Some(samples::id("r")), 1), ("failed".into(), None, 1)]);
}

#[tokio::test]
async fn a_file_that_is_no_store_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a database, but long enough to have a header".repeat(100)).unwrap();
    for path in [folder.path().to_owned(), text.clone(), text.join("store.db")] {
        let refused = Sqlite::open(&path).await.unwrap_err();
        assert!(
            matches!(&refused, StoreError::CannotOpen { path: named, .. } if *named == path),
            "{refused:?}"
        );
        assert!(!refused.is_transient());
    }
}

#[tokio::test]
async fn a_newer_schema_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    Sqlite::open(&path).await.unwrap().close().await;
    sqlx::query("PRAGMA user_version = 99").execute(&raw(&path).await).await.unwrap();
    let refused = Sqlite::open(&path).await.unwrap_err();
    assert!(matches!(refused, StoreError::TooNew { found: 99, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_row_that_makes_no_sense_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Sqlite::open(&path).await.unwrap();
    store.enqueue(&samples::asked("a", None)).await.unwrap();
    sqlx::query("update report_jobs set ticker = '../x'").execute(&raw(&path).await).await.unwrap();
    let unreadable = store.job("a").await.unwrap_err();
    assert!(matches!(unreadable, StoreError::Corrupt { what: "job", .. }), "{unreadable:?}");
    assert!(!unreadable.is_transient());
}

#[tokio::test]
async fn a_locked_file_may_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Sqlite::open(&path).await.unwrap();
    sqlx::query("PRAGMA busy_timeout = 10").execute(&store.writer).await.unwrap();
    let other = raw(&path).await;
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert!(store.enqueue(&samples::asked("a", None)).await.unwrap_err().is_transient());
    assert_eq!(store.jobs(10).await.unwrap(), [], "reading goes on");
    held.rollback().await.unwrap();
    store.enqueue(&samples::asked("a", None)).await.unwrap();
}

#[tokio::test]
async fn however_much_is_old_it_all_goes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Sqlite::open(&path).await.unwrap();
    let kept = KeptAnswer { model: "model-1".into(), answer: "{}".into(), tokens: 1 };
    store.keep_model_answer("new", &kept).await.unwrap();
    sqlx::query(
        "with recursive number(n) as (select 1 union all select n + 1 from number where n < 2500)
         insert into model_answers (key, model, answer, tokens, made_at) select n, 'model-1', '{}', 1, n from number",
    )
    .execute(&raw(&path).await)
    .await
    .unwrap();
    let removed = store.remove_older_than(10).await.unwrap();
    assert_eq!(removed, Removed { answers: 2500, ..Removed::default() });
    assert_eq!(store.model_answer("new").await.unwrap(), Some(kept));
}

#[test]
fn a_store_whose_runtime_ended_says_so() {
    let runtime =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (home, other) = (runtime(), runtime());
    let store = home.block_on(Sqlite::open(folder.path().join("store.db"))).unwrap();
    drop(home);
    for _ in 0..2 {
        let asked = async { store.enqueue(&samples::asked("a", None)).await.unwrap_err() };
        let refused = other.block_on(async { tokio::time::timeout(Duration::from_mins(1), asked).await });
        assert!(refused.unwrap().is_transient());
    }
}
