//! How jobs begin and end.

use serde_json::json;

use crate::case::{Case, report};

#[tokio::test]
async fn a_job_goes_from_start_to_report() {
    let case = Case::new().await;
    let user = case.user(3).await;
    let started = case.start("a", Some(user), true).await.unwrap();
    assert_eq!((&started["outcome"], &started["job"]["state"]), (&json!("new"), &json!("queued")));
    let same = case.start("a", Some(user), true).await.unwrap();
    assert_eq!((&same["outcome"], &same["job"]), (&json!("same"), &started["job"]));
    let job = case.lease().await;
    assert_eq!((&job["state"], &job["leases"]), (&json!("processing"), &json!(1)));
    let row = report(false);
    let done = case.complete("a", &job["leases"], row.clone()).await.unwrap();
    assert_eq!((&done["state"], &done["report_id"]), (&json!("completed"), &row["id"]));
    assert_eq!(case.balance(user).await, 2);
    assert_eq!(case.number("select count(*) from pgmq.q_report_jobs").await, 0);
    assert_eq!(case.number("select count(*) from pgmq.a_report_jobs").await, 1);
    assert_eq!(
        case.text("select body from callback_deliveries where job_id = 'a'").await,
        format!(r#"{{"job_id":"a","status":"completed","report_id":{},"refunded":false}}"#, row["id"])
    );
}

#[tokio::test]
async fn the_same_id_with_another_body_is_refused() {
    let case = Case::new().await;
    let user = case.user(3).await;
    case.start("a", Some(user), true).await.unwrap();
    let other = json!({"job_id": "a", "ticker": "OTHER", "charge": true, "user_id": user});
    assert_eq!(case.refused("start_report_job", other).await, "PT409");
    assert_eq!(case.start("a", None, false).await.unwrap_err().code, "PT409");
    assert_eq!(case.balance(user).await, 2, "it was charged once");
}

#[tokio::test]
async fn whoever_ended_a_job_hears_the_same_again_and_nobody_else_may_end_it() {
    let case = Case::new().await;
    let lease = case.leased("a", None, false).await;
    let done = case.complete("a", &lease, report(true)).await.unwrap();
    assert_eq!(case.complete("a", &lease, report(false)).await.unwrap(), done);
    assert_eq!(case.fail("a", &lease).await.unwrap(), done, "it has ended well");
    for other in [json!(0), json!(2)] {
        assert_eq!(case.complete("a", &other, report(false)).await.unwrap_err().code, "PT412");
        assert_eq!(case.fail("a", &other).await.unwrap_err().code, "PT412");
    }
    assert_eq!(case.number("select count(*) from reports").await, 1);
    assert_eq!(case.number("select count(*) from error_logs").await, 0);
}

#[tokio::test]
async fn a_failed_job_has_an_error_log() {
    let case = Case::new().await;
    let user = case.user(0).await;
    let lease = case.leased("a", Some(user), false).await;
    let failed = case.fail("a", &lease).await.unwrap();
    assert_eq!(
        (&failed["state"], &failed["refunded"], &failed["attempts"]),
        (&json!("failed"), &json!(true), &json!(1))
    );
    assert_eq!(case.fail("a", &lease).await.unwrap(), failed);
    assert_eq!(
        case.text(
            "select concat_ws('; ', ticker, error_type, error_message, stack_trace, status) from error_logs"
        )
        .await,
        r#"ACME; edgar_unavailable; EDGAR "does not" answer; connection refused; open"#
    );
    assert_eq!(case.balance(user).await, 1);
}

#[tokio::test]
async fn a_job_that_is_not_there_is_told_of() {
    let case = Case::new().await;
    let lease = json!(1);
    assert_eq!(case.complete("a", &lease, report(false)).await.unwrap_err().code, "PT404");
    assert_eq!(case.fail("a", &lease).await.unwrap_err().code, "PT404");
    for (function, arguments) in [
        ("renew_report_job", json!({"job_id": "a", "lease": 1, "seconds": 9})),
        ("progress_report_job", json!({"job_id": "a", "lease": 1, "progress": 9, "current_step": "x"})),
        ("release_report_job", json!({"job_id": "a", "lease": 1, "delay_seconds": 9, "counts": true})),
        ("retry_report_job", json!({"job_id": "a"})),
    ] {
        assert_eq!(case.refused(function, arguments).await, "PT404", "{function}");
    }
    assert_eq!(case.call("cancel_report_job", json!({"job_id": "a"})).await.unwrap(), json!(null));
}

#[tokio::test]
async fn a_report_has_one_job() {
    let case = Case::new().await;
    let row = report(false);
    let lease = case.leased("a", None, false).await;
    case.complete("a", &lease, row.clone()).await.unwrap();
    let lease = case.leased("b", None, false).await;
    assert_eq!(case.complete("b", &lease, row).await.unwrap_err().code, "PT422");
    let state = "select state || ' ' || (select count(*) from reports) from report_jobs where job_id = 'b'";
    assert_eq!(case.text(state).await, "processing 1", "nothing was written");
    case.complete("b", &lease, report(false)).await.unwrap();
}

#[tokio::test]
async fn a_cancelled_job_is_over_for_its_worker() {
    let case = Case::new().await;
    let user = case.user(1).await;
    let lease = case.leased("a", Some(user), true).await;
    assert_eq!(case.balance(user).await, 0);
    let cancelled = case.call("cancel_report_job", json!({"job_id": "a"})).await.unwrap();
    assert_eq!((&cancelled["state"], &cancelled["error"]), (&json!("failed"), &json!("cancelled")));
    assert_eq!(case.call("cancel_report_job", json!({"job_id": "a"})).await.unwrap(), cancelled);
    assert_eq!(case.complete("a", &lease, report(false)).await.unwrap_err().code, "PT412");
    assert_eq!(case.balance(user).await, 1);
    assert_eq!(case.lease().await, json!(null));
}

#[tokio::test]
async fn a_retried_job_is_free_and_never_refunded_again() {
    let case = Case::new().await;
    let user = case.user(1).await;
    let lease = case.leased("a", Some(user), true).await;
    case.fail("a", &lease).await.unwrap();
    assert_eq!(case.balance(user).await, 1);
    let retried = case.call("retry_report_job", json!({"job_id": "a"})).await.unwrap();
    assert_eq!((&retried["state"], &retried["attempts"]), (&json!("queued"), &json!(0)));
    let lease = case.lease().await["leases"].clone();
    assert_eq!(lease, json!(2));
    case.fail("a", &lease).await.unwrap();
    case.call("retry_report_job", json!({"job_id": "a"})).await.unwrap();
    let lease = case.lease().await["leases"].clone();
    let done = case.complete("a", &lease, report(false)).await.unwrap();
    assert_eq!((&done["state"], &done["refunded"]), (&json!("completed"), &json!(true)));
    assert_eq!(case.number("select count(*) from reports where refunded").await, 1, "the row says so, too");
    let after = case.call("retry_report_job", json!({"job_id": "a"})).await.unwrap();
    assert_eq!(after, done, "only a failed job is tried again");
    assert_eq!(case.balance(user).await, 1);
}
