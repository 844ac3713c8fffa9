//! How jobs wait and are leased.

use serde_json::{Value, json};

use crate::case::{Case, report};

/// Lets every lease end, and every delay.
const LEASES_END: &str = "update pgmq.q_report_jobs set vt = clock_timestamp()";

#[tokio::test]
async fn the_first_to_come_is_the_first_to_be_leased() {
    let case = Case::new().await;
    for job in ["c", "a", "b"] {
        case.start(job, None, false).await.unwrap();
    }
    for job in ["c", "a", "b"] {
        assert_eq!(case.lease().await["job_id"], job);
    }
    assert_eq!(case.lease().await, json!(null));
}

#[tokio::test]
async fn a_later_lease_fences_out_the_earlier_one() {
    let case = Case::new().await;
    let first = case.leased("a", None, false).await;
    case.execute(LEASES_END).await;
    let job = case.lease().await;
    assert_eq!((&job["leases"], &job["lost_leases"], &job["attempts"]), (&json!(2), &json!(1), &json!(0)));
    for (function, rest) in [
        ("renew_report_job", json!({"seconds": 9})),
        ("progress_report_job", json!({"progress": 9, "current_step": "Reading"})),
        ("release_report_job", json!({"delay_seconds": 0, "counts": true})),
    ] {
        assert_eq!(case.refused(function, with_lease(rest, &first)).await, "PT412", "{function}");
    }
    assert_eq!(case.complete("a", &first, report(false)).await.unwrap_err().code, "PT412");
    assert_eq!(case.fail("a", &first).await.unwrap_err().code, "PT412");
    case.complete("a", &json!(2), report(false)).await.unwrap();
}

#[tokio::test]
async fn a_renewed_lease_lasts() {
    let case = Case::new().await;
    let lease = case.leased("a", None, false).await;
    let renewed = case.call("renew_report_job", with_lease(json!({"seconds": 3600}), &lease)).await.unwrap();
    assert_eq!(renewed["leases"], lease);
    let longer = "select count(*) from report_jobs join pgmq.q_report_jobs on msg_id = message_id
        where vt = available_at and vt > clock_timestamp() + interval '50 minutes'";
    assert_eq!(case.number(longer).await, 1);
}

#[tokio::test]
async fn a_released_job_waits_and_comes_again() {
    let case = Case::new().await;
    let lease = case.leased("a", None, false).await;
    let wait = with_lease(json!({"delay_seconds": 600, "counts": false}), &lease);
    case.call("release_report_job", wait).await.unwrap();
    assert_eq!(case.lease().await, json!(null), "its delay is not over");
    case.execute(LEASES_END).await;
    let job = case.lease().await;
    assert_eq!((&job["leases"], &job["lost_leases"], &job["attempts"]), (&json!(2), &json!(0), &json!(0)));
    let failed = with_lease(json!({"delay_seconds": 0, "counts": true}), &json!(2));
    case.call("release_report_job", failed).await.unwrap();
    assert_eq!(case.lease().await["attempts"], 1);
}

#[tokio::test]
async fn messages_that_stand_for_nothing_are_put_away() {
    let case = Case::new().await;
    case.execute(
        "select pgmq.send('report_jobs', '{\"job_id\": \"of nobody\"}'), pgmq.send('report_jobs', '[]')",
    )
    .await;
    case.start("a", None, false).await.unwrap();
    case.execute("select pgmq.send('report_jobs', '{\"job_id\": \"a\"}')").await;
    assert_eq!(case.lease().await["job_id"], "a");
    assert_eq!(case.lease().await, json!(null), "a second message for a job is void");
    assert_eq!(case.number("select count(*) from pgmq.q_report_jobs").await, 1);
}

#[tokio::test]
async fn a_job_whose_message_was_removed_by_hand_is_found_again() {
    let case = Case::new().await;
    let lease = case.leased("a", None, false).await;
    case.execute("delete from pgmq.q_report_jobs").await;
    case.call("renew_report_job", with_lease(json!({"seconds": 30}), &lease)).await.unwrap();
    case.execute(LEASES_END).await;
    assert_eq!(case.lease().await["leases"], 2);
}

#[tokio::test]
async fn a_job_that_is_written_to_is_passed_over() {
    let case = Case::new().await;
    case.start("a", None, false).await.unwrap();
    case.start("b", None, false).await.unwrap();
    let mut writer = case.stack.database().begin().await.unwrap();
    sqlx::query("select from report_jobs where job_id = 'a' for update").execute(&mut *writer).await.unwrap();
    assert_eq!(case.lease().await["job_id"], "b", "nobody waits with a message in hand");
    writer.rollback().await.unwrap();
    case.execute(LEASES_END).await;
    assert_eq!(case.lease().await["job_id"], "a");
}

fn with_lease(mut arguments: Value, lease: &Value) -> Value {
    arguments["job_id"] = json!("a");
    arguments["lease"] = lease.clone();
    arguments
}
