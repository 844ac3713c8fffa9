//! Tokens: charges, refunds, grants, and what an erased user leaves.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::case::{Case, report};

#[tokio::test]
async fn nobody_starts_what_they_cannot_pay() {
    let case = Case::new().await;
    let user = case.user(1).await;
    case.start("a", Some(user), true).await.unwrap();
    assert_eq!(case.start("b", Some(user), true).await.unwrap_err().code, "PT402");
    assert_eq!(case.start("c", Some(Uuid::new_v4()), true).await.unwrap_err().code, "PT402");
    assert_eq!(case.balance(user).await, 0);
    assert_eq!(case.number("select count(*) from report_jobs").await, 1, "neither job nor charge");
    assert_eq!(case.number("select count(*) from pgmq.q_report_jobs").await, 1, "nor a message");
}

#[tokio::test]
async fn a_bad_report_is_refunded_and_a_good_one_is_not() {
    let case = Case::new().await;
    let user = case.user(2).await;
    for (job, is_bad) in [("good", false), ("bad", true)] {
        let lease = case.leased(job, Some(user), true).await;
        let done = case.complete(job, &lease, report(is_bad)).await.unwrap();
        assert_eq!(done["refunded"], is_bad);
    }
    assert_eq!(case.balance(user).await, 1);
    assert_eq!(
        case.text(
            "select concat_ws(' ', transaction_type, tokens_amount, description)
             from token_transactions join reports on reports.id = report_id and reports.refunded",
        )
        .await,
        "refund 1 Refund: the report cannot be relied on"
    );
}

#[tokio::test]
async fn who_was_not_charged_gets_nothing_back() {
    let case = Case::new().await;
    let lease = case.leased("a", None, true).await;
    let failed = case.fail("a", &lease).await.unwrap();
    assert_eq!((&failed["charged"], &failed["refunded"]), (&json!(false), &json!(false)));
    assert_eq!(case.number("select count(*) from token_transactions").await, 0);
}

#[tokio::test]
async fn a_balance_does_not_fall_below_nothing() {
    let case = Case::new().await;
    let user = case.user(2).await;
    let change = |amount: i32| json!({"user_id": user, "amount": amount});
    assert_eq!(case.call("increment_tokens", change(-2)).await.unwrap(), 0);
    assert_eq!(case.refused("increment_tokens", change(-1)).await, "PT402");
    assert_eq!(case.balance(user).await, 0);
    let below = sqlx::query("update profiles set tokens_remaining = -1").execute(case.stack.database()).await;
    assert!(below.unwrap_err().to_string().contains("profiles_tokens_not_negative"));
}

#[tokio::test]
async fn a_profile_that_is_made_with_tokens_has_them_in_its_ledger() {
    let case = Case::new().await;
    let gifted = Uuid::from_u128(1);
    let told = Uuid::from_u128(2);
    case.execute(
        "insert into profiles (id, tokens_remaining) values ('00000000-0000-0000-0000-000000000001', 3);
         begin;
         insert into profiles (id, tokens_remaining) values ('00000000-0000-0000-0000-000000000002', 3);
         insert into token_transactions (user_id, transaction_type, tokens_amount, description)
         values ('00000000-0000-0000-0000-000000000002', 'grant', 3, 'Welcome');
         commit;",
    )
    .await;
    assert_eq!((case.balance(gifted).await, case.balance(told).await), (3, 3));
    assert_eq!(case.number("select count(*) from token_transactions").await, 2);
}

#[tokio::test]
async fn an_erased_user_leaves_a_balanced_ledger_and_nothing_else() {
    let case = Case::new().await;
    let (user, other) = (case.user(5).await, case.user(5).await);
    for (job, of) in [("done", user), ("theirs", other)] {
        let lease = case.leased(job, Some(of), true).await;
        case.complete(job, &lease, report(false)).await.unwrap();
    }
    let lease = case.leased("failed", Some(user), true).await;
    case.fail("failed", &lease).await.unwrap();
    case.leased("running", Some(user), true).await;
    case.start("waiting", Some(user), true).await.unwrap();

    let erased = case.call("erase_user", json!({"user_id": user})).await.unwrap();
    assert_eq!(erased, json!({"reports": 1, "jobs": 4, "error_logs": 1}));
    assert_eq!((case.balance(user).await, case.balance(other).await), (4, 4));
    for personal in [
        "select count(*) from reports where job_id <> 'theirs'",
        "select count(*) from report_jobs where job_id <> 'theirs'",
        "select count(*) from callback_deliveries where job_id <> 'theirs'",
        "select count(*) from error_logs where user_id is not null or error_message <> '' or stack_trace <> ''",
        "select count(*) from token_transactions where job_id <> 'theirs' and description <> ''",
        "select count(*) from pgmq.q_report_jobs",
    ] {
        assert_eq!(case.number(personal).await, 0, "{personal}");
    }
    assert_eq!(case.number("select count(*) from report_documents").await, 1);
}

/// Whoever comes first: nobody waits in a circle, and every token is accounted for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_may_be_erased_while_their_jobs_end() {
    const JOBS: i32 = 40;
    let case = Arc::new(Case::new().await);
    let user = case.user(JOBS).await;
    let mut leases = Vec::new();
    for number in 0..JOBS {
        leases.push(case.leased(&format!("job-{number}"), Some(user), true).await);
    }
    let mut under_way = JoinSet::new();
    for (number, lease) in (0..JOBS).zip(leases) {
        let (case, job) = (Arc::clone(&case), format!("job-{number}"));
        under_way.spawn(async move {
            tokio::time::sleep(Duration::from_millis(u64::try_from(number % 8).unwrap())).await;
            match number % 3 {
                0 => case.complete(&job, &lease, report(true)).await,
                1 => case.fail(&job, &lease).await,
                _ => case.start(&format!("late-{number}"), Some(user), true).await,
            }
        });
    }
    for _ in 0..2 {
        let case = Arc::clone(&case);
        under_way.spawn(async move { case.call("erase_user", json!({"user_id": user})).await });
    }
    for outcome in under_way.join_all().await {
        let code = outcome.err().map(|refused| refused.code);
        let expected = [None, Some("PT404"), Some("PT412"), Some("PT402")];
        assert!(expected.contains(&code.as_deref()), "{code:?}");
    }
    case.call("erase_user", json!({"user_id": user})).await.unwrap();
    assert_eq!(case.number("select count(*) from report_jobs").await, 0);
    assert_eq!(case.balance(user).await, JOBS, "all was refunded");
}

#[tokio::test]
async fn what_is_older_than_asked_goes_and_the_ledger_stays() {
    let case = Case::new().await;
    let user = case.user(5).await;
    for job in ["old", "new"] {
        let lease = case.leased(job, Some(user), true).await;
        case.complete(job, &lease, report(false)).await.unwrap();
    }
    case.execute(
        "update callback_deliveries set state = 'delivered', finished_at = clock_timestamp();
         update callback_deliveries set finished_at = finished_at - interval '40 days' where job_id = 'old';
         update report_jobs set finished_at = finished_at - interval '40 days' where job_id = 'old';
         update pgmq.a_report_jobs set archived_at = archived_at - interval '40 days' where message ->> 'job_id' = 'old';",
    )
    .await;
    let removed = case.call("remove_older_than", json!({"days": 30})).await.unwrap();
    assert_eq!(removed, json!({"jobs": 1, "deliveries": 1, "answers": 0, "more": false}));
    assert_eq!(case.text("select string_agg(job_id, ' ') from report_jobs").await, "new");
    assert_eq!(case.number("select count(*) from pgmq.a_report_jobs").await, 1);
    assert_eq!(case.number("select count(*) from reports").await, 2);
    assert_eq!(case.balance(user).await, 3);
    assert_eq!(case.refused("remove_older_than", json!({"days": -1})).await, "22023");
    case.call("remove_older_than", json!({"days": i32::MAX})).await.unwrap();
}

#[tokio::test]
async fn one_call_removes_a_thousand_and_says_whether_there_are_more() {
    let case = Case::new().await;
    case.execute(
        "insert into model_answers (key, model, answer, tokens, made_at)
         select number, 'model-1', '{}', 1, clock_timestamp() - interval '40 days' from generate_series(1, 2500) as number;
         insert into model_batches (id, keys, created_at)
         select number, '{}', clock_timestamp() - interval '40 days' from generate_series(1, 3001) as number;",
    )
    .await;
    for (answers, more) in [(1000, true), (1000, true), (500, true), (0, false)] {
        let removed = case.call("remove_older_than", json!({"days": 30})).await.unwrap();
        assert_eq!(removed, json!({"jobs": 0, "deliveries": 0, "answers": answers, "more": more}));
    }
    assert_eq!(case.number("select count(*) from model_batches").await, 0);
}
