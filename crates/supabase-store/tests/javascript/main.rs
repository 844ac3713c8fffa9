//! What users, strangers and the service may do when they ask with the official JavaScript client.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

use std::{path::Path, process::Command};

use serde_json::json;
use testkit::stack::Stack;
use uuid::Uuid;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/javascript");

/// A line for each attempt.
const EXPECTED: &str = include_str!("expected.txt");

/// Two users with tokens, a report, and a job that failed.
const ROWS: &str = "
    insert into profiles (id, tokens_remaining) values
        ('00000000-0000-0000-0000-00000000000a', 3), ('00000000-0000-0000-0000-00000000000b', 3);
    insert into reports (id, user_id, ticker) values
        ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-00000000000a', 'ACME'),
        ('00000000-0000-0000-0000-0000000000b1', '00000000-0000-0000-0000-00000000000b', 'ACME');
    insert into report_documents select id, '{}' from reports;
    insert into error_logs (user_id, error_message) select id, 'for operators' from profiles;
    select start_report_job(format('job-of-%s', right(id::text, 1)), 'ACME', false, id, 'https://platform.example') from profiles;
    select cancel_report_job('job-of-a'), cancel_report_job('job-of-b');";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_client_gets_what_its_key_allows() {
    assert!(
        Path::new(FOLDER).join("node_modules/@supabase/postgrest-js").is_dir(),
        "the JavaScript client is absent: run cargo xtask test, which installs it"
    );
    let stack = Stack::start().await.expect("PostgreSQL starts");
    sqlx::raw_sql(ROWS).execute(stack.database()).await.unwrap();
    let user = Uuid::from_u128(0xA);
    let given = json!({
        "url": stack.url(),
        "keys": {"anon": stack.anon_key(), "user": stack.user_key(user), "service": stack.secret_key()},
        "user": user, "own_report": Uuid::from_u128(0xA1), "other_report": Uuid::from_u128(0xB1),
    });
    let mut node = Command::new("node");
    node.arg("attempts.js").arg(given.to_string()).current_dir(FOLDER);
    let ended = tokio::task::spawn_blocking(move || node.output()).await.unwrap();
    let ended = ended.expect("node is absent: run cargo xtask test, which says what to install");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let told = String::from_utf8(ended.stdout).unwrap();
    for (told, expected) in told.lines().zip(EXPECTED.lines()) {
        assert_eq!(told, expected);
    }
    assert_eq!(told, EXPECTED, "an attempt is missing");

    let unharmed: String = sqlx::query_scalar(
        "select concat_ws(' ', (select tokens_remaining from profiles where id = '00000000-0000-0000-0000-00000000000a'),
            (select sum(tokens_amount) from token_transactions where user_id = '00000000-0000-0000-0000-00000000000a'),
            (select count(*) from reports where refunded))",
    )
    .fetch_one(stack.database())
    .await
    .unwrap();
    assert_eq!(
        unharmed, "8 8 0",
        "3, a refund, 5 given by the service, 1 taken for its job, and nothing else"
    );
}
