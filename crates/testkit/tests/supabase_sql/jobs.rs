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
    let done = case.complete("a", &job["leases"], report(false)).await.unwrap();
    assert_eq!(done["state"], "completed");
    assert_eq!(case.balance(user).await, 2);
}
