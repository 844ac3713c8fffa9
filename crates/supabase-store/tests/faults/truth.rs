//! What the database says in the end.

use testkit::stack::Stack;

use crate::{Scene, caller::Asked};

pub(crate) async fn grant(stack: &Stack, tokens: i32) {
    for user in Scene::users() {
        sqlx::query("select increment_tokens($1::uuid, $2)")
            .bind(user.to_string())
            .bind(tokens)
            .execute(stack.database())
            .await
            .unwrap();
    }
}

pub(crate) async fn check(stack: &Stack, asked: Asked, granted: i32) {
    assert_eq!(stack.lies().await.unwrap(), [""; 0]);
    let jobs: i64 = count(stack, "select count(*) from report_jobs").await;
    let possible = asked.taken_in..=asked.taken_in + asked.perhaps;
    assert!(
        possible.contains(&usize::try_from(jobs).unwrap()),
        "{jobs} jobs: lost or from nowhere; {asked:?}"
    );
    let grants = count(
        stack,
        "select coalesce(sum(tokens_amount), 0) from token_transactions where transaction_type = 'grant'",
    );
    assert_eq!(grants.await, Scene::users().map(|_| i64::from(granted)).sum::<i64>());
}

async fn count(stack: &Stack, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(stack.database()).await.unwrap()
}
