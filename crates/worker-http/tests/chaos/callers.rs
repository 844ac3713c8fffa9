//! Users who ask for reports, each of them until the job is taken in or refused.

use std::fmt;

use serde_json::{Value, json};
use testkit::stack::Stack;
use uuid::Uuid;

use crate::{
    Plan,
    fleet::{Fleet, PAUSE, SECRET},
    receiver::Receiver,
};

const USERS: u128 = 8;

/// Fewer than some users ask for.
const TOKENS: i32 = 40;

/// What came of asking.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) taken_in: usize,
    without_tokens: usize,
    /// Questions that had to be asked again.
    again: usize,
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { taken_in, without_tokens, again } = self;
        write!(
            f,
            "asked: {taken_in} jobs taken in, {without_tokens} without a token (402), {again} questions repeated"
        )
    }
}

pub(crate) async fn grant(stack: &Stack) {
    for user in 1..=USERS {
        sqlx::query("select increment_tokens($1::uuid, $2)")
            .bind(Uuid::from_u128(user).to_string())
            .bind(TOKENS)
            .execute(stack.database())
            .await
            .unwrap();
    }
}

pub(crate) async fn ask(plan: &Plan, fleet: &Fleet, receiver: &Receiver, mut random: fastrand::Rng) -> Asked {
    let client =
        reqwest::Client::builder().no_proxy().timeout(std::time::Duration::from_secs(10)).build().unwrap();
    let (addresses, mut asked) = (fleet.addresses(), Asked::default());
    for number in 0..plan.jobs {
        // Some ask for a company that nobody knows.
        let ticker = format!("T{}", random.usize(1..=plan.companies + plan.companies / 10));
        let body = json!({
            "job_id": Uuid::from_u128(number as u128 + 1_000), "user_id": Uuid::from_u128(random.u128(1..=USERS)),
            "ticker": ticker, "callback_url": format!("{}/done", receiver.url()),
        });
        loop {
            let address = &addresses[random.usize(..addresses.len())];
            match status(&client, address, &body).await {
                Some(202) => break asked.taken_in += 1,
                Some(402) => break asked.without_tokens += 1,
                Some(503) | None => asked.again += 1,
                Some(other) => panic!("status {other}"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
    asked
}

/// `None` when the worker is not there, or went while it was asked.
async fn status(client: &reqwest::Client, address: &str, body: &Value) -> Option<u16> {
    let request = client.post(format!("{address}/generate-report")).bearer_auth(SECRET).json(body);
    Some(request.send().await.ok()?.status().as_u16())
}

/// Jobs and callbacks that have not come to their end.
pub(crate) async fn open(stack: &Stack) -> i64 {
    count(
        stack,
        "select (select count(*) from report_jobs where finished_at is null)
              + (select count(*) from callback_deliveries where state = 'pending')",
    )
    .await
}

pub(crate) async fn jobs(stack: &Stack) -> usize {
    usize::try_from(count(stack, "select count(*) from report_jobs").await).unwrap()
}

/// How everything ended, for the reader of the output.
pub(crate) async fn ends(stack: &Stack) -> String {
    let query = "select format(
        'jobs: %s completed (%s by reuse), %s failed, %s open; %s leases, %s lost, at most %s of one job; %s refunds; callbacks pending: %s; errors: %s',
        count(*) filter (where state = 'completed'), (select count(*) from reports where reused_from is not null),
        count(*) filter (where state = 'failed'), count(*) filter (where finished_at is null),
        sum(leases), sum(lost_leases), max(lost_leases), count(*) filter (where refunded),
        (select count(*) from callback_deliveries where state = 'pending'),
        (select string_agg(format('%s %s', number, error_type), ', ')
         from (select error_type, count(*) as number from error_logs group by 1 order by 2 desc) as errors))
        from report_jobs";
    sqlx::query_scalar(query).fetch_one(stack.database()).await.unwrap()
}

async fn count(stack: &Stack, query: &'static str) -> i64 {
    // While the database is away nothing has come to its end.
    sqlx::query_scalar(query).fetch_one(stack.database()).await.unwrap_or(i64::MAX)
}
