//! Migrations on databases that have tables, functions and policies already.

use serde_json::json;
use testkit::stack::StackOptions;
use uuid::Uuid;

use crate::case::{Case, report};

/// Has 5 tokens, of which the ledger knows 3.
const ANN: Uuid = Uuid::from_u128(0xA);
/// Has 2 tokens, and the ledger knows 4.
const BOB: Uuid = Uuid::from_u128(0xB);
/// Owes 1 token, and the ledger knows nothing.
const CAT: Uuid = Uuid::from_u128(0xC);
/// Has no profile and no account.
const NOBODY: Uuid = Uuid::from_u128(0xD);

/// Tied to accounts, strict about what must be there, and open to everybody.
const WITH_ACCOUNTS: &str = "
    insert into auth.users (id) select format('00000000-0000-0000-0000-00000000000%s', letter)::uuid
        from unnest(array['a', 'b', 'c']) as letter;
    set role postgres;
    create table profiles (
        id uuid primary key references auth.users (id) on delete cascade,
        email text not null, full_name text, tokens_remaining bigint default 3);
    create table reports (
        id uuid primary key default gen_random_uuid(), user_id uuid not null references profiles (id), ticker varchar(12) not null,
        company_name text not null, form_type text not null, newer_filing_date date not null, older_filing_date date not null,
        newer_accession text not null default '', older_accession text not null default '',
        ai_summaries jsonb not null default '{}', ai_cost_usd numeric(8, 4) not null default 0, tokens_used integer not null default 1,
        generation_time_seconds integer, created_at timestamptz not null default now());
    create table token_transactions (
        id uuid primary key default gen_random_uuid(), user_id uuid not null references profiles (id),
        report_id uuid not null references reports (id), transaction_type text not null, tokens_amount integer not null,
        balance_after integer not null, description text, created_at timestamptz not null default now());
    create table error_logs (
        id uuid primary key default gen_random_uuid(), user_id uuid not null references profiles (id), ticker text not null,
        error_type text not null, error_message text not null, stack_trace text, severity integer not null);
    create view reports_by_ticker with (security_invoker = true) as select ticker, count(*) from reports group by ticker;

    insert into profiles (id, email, tokens_remaining) values
        ('00000000-0000-0000-0000-00000000000a', 'ann@example.com', 5),
        ('00000000-0000-0000-0000-00000000000b', 'bob@example.com', 2),
        ('00000000-0000-0000-0000-00000000000c', 'cat@example.com', -1);
    insert into reports (id, user_id, ticker, company_name, form_type, newer_filing_date, older_filing_date) values
        ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-00000000000a', 'ACME', 'Acme', '10-K', '2024-02-01', '2023-02-01'),
        ('00000000-0000-0000-0000-0000000000b1', '00000000-0000-0000-0000-00000000000b', 'ACME', 'Acme', '10-K', '2024-02-01', '2023-02-01');
    insert into token_transactions (user_id, report_id, transaction_type, tokens_amount, balance_after) values
        ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000a1', 'purchase', 4, 4),
        ('00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-0000000000a1', 'usage', -1, 3),
        ('00000000-0000-0000-0000-00000000000b', '00000000-0000-0000-0000-0000000000b1', 'grant', 4, 4);

    alter table profiles enable row level security;
    create policy \"everybody reads\" on profiles for select using (true);
    create policy \"everybody writes\" on profiles for all using (true) with check (true);
    create policy \"reports are open\" on reports for all using (true) with check (true);
    create policy \"the ledger is open\" on token_transactions for all using (true) with check (true);
    create policy \"errors are open\" on error_logs for all using (true) with check (true);
    grant all on profiles, reports, token_transactions, error_logs to anon, authenticated;
    grant update (tokens_remaining) on profiles to authenticated;

    create function increment_tokens(p_user uuid, p_amount integer) returns void language sql security definer as
        'update profiles set tokens_remaining = tokens_remaining + p_amount where id = p_user';
    create function increment_tokens(user_id uuid, amount bigint) returns bigint language sql security definer as
        'update profiles set tokens_remaining = tokens_remaining + amount where id = user_id returning tokens_remaining';
    reset role;";

/// Types of their own in the place of texts, and a ledger without a word about older balances.
const WITH_ENUMS: &str = "
    set role postgres;
    create type transaction_kind as enum ('purchase', 'usage', 'refund');
    create type error_state as enum ('open', 'resolved');
    create table profiles (id uuid primary key, tokens_remaining integer);
    create table token_transactions (
        id uuid primary key default gen_random_uuid(), user_id uuid not null, transaction_type transaction_kind not null,
        tokens_amount integer not null);
    create table error_logs (id uuid primary key default gen_random_uuid(), status error_state not null default 'open');
    insert into profiles values
        ('00000000-0000-0000-0000-00000000000a', 5), ('00000000-0000-0000-0000-00000000000b', 2),
        ('00000000-0000-0000-0000-00000000000c', null);
    insert into token_transactions (user_id, transaction_type, tokens_amount) values
        ('00000000-0000-0000-0000-00000000000a', 'purchase', 3),
        ('00000000-0000-0000-0000-00000000000b', 'purchase', 4);
    insert into error_logs default values;
    reset role;";

/// Balances, and nothing else.
const BALANCES_ALONE: &str = "
    set role postgres;
    create table profiles (id uuid primary key, tokens_remaining integer not null default 0);
    insert into profiles values
        ('00000000-0000-0000-0000-00000000000a', 5), ('00000000-0000-0000-0000-00000000000b', 2),
        ('00000000-0000-0000-0000-00000000000c', 0);
    reset role;";

async fn adopted(older: &'static str) -> Case {
    let case = Case::with(StackOptions { migrated: false, ..StackOptions::default() }).await;
    case.execute(older).await;
    case.stack.migrate().await.unwrap();
    case
}

#[tokio::test]
async fn balances_are_kept_and_the_ledger_is_opened_with_them() {
    for older in [WITH_ACCOUNTS, WITH_ENUMS, BALANCES_ALONE] {
        let case = adopted(older).await;
        let balances = (case.balance(ANN).await, case.balance(BOB).await, case.balance(CAT).await);
        assert_eq!(balances, (5, 2, 0), "{older}");
        case.stack.migrate().await.unwrap();
        assert_eq!((case.balance(ANN).await, case.balance(BOB).await), (5, 2), "and once only");
    }
}

#[tokio::test]
async fn jobs_end_in_tables_that_are_stricter_than_ours() {
    for older in [WITH_ACCOUNTS, WITH_ENUMS, BALANCES_ALONE] {
        let case = adopted(older).await;
        for (job, is_bad) in [("good", false), ("bad", true)] {
            let lease = case.leased(job, Some(ANN), true).await;
            case.complete(job, &lease, report(is_bad)).await.unwrap();
        }
        let lease = case.leased("failed", Some(BOB), false).await;
        assert_eq!(case.fail("failed", &lease).await.unwrap()["refunded"], true);
        // A comparison of two files from disk has neither dates nor numbers, and an unknown cost.
        let lease = case.leased("files", None, false).await;
        let bare = json!({"id": Uuid::new_v4(), "company_name": "Files", "ai_summaries": {}, "extraction_success": true, "refund": false, "generation_time_seconds": 0.25});
        case.complete("files", &lease, bare).await.unwrap();
        assert_eq!((case.balance(ANN).await, case.balance(BOB).await), (4, 3), "{older}");
        let change = json!({"user_id": ANN, "amount": 3});
        assert_eq!(case.call("increment_tokens", change).await.unwrap(), 7);
        let rows = "select count(*) from reports where job_id is not null and generation_time_seconds in (0.25, 1.5)";
        assert_eq!(case.number(rows).await, 3);
        assert_eq!(
            case.number("select count(*) from error_logs where status = 'open' and job_id = 'failed'").await,
            1
        );
    }
}

#[tokio::test]
async fn rows_and_columns_that_were_there_stay() {
    let case = adopted(WITH_ACCOUNTS).await;
    assert_eq!(
        case.text("select string_agg(concat_ws(' ', ticker, company_name, form_type, newer_filing_date), '; ') from reports").await,
        "ACME Acme 10-K 2024-02-01; ACME Acme 10-K 2024-02-01"
    );
    assert_eq!(
        case.text(
            "select string_agg(concat_ws(' ', email, tokens_remaining), '; ' order by email) from profiles"
        )
        .await,
        "ann@example.com 5; bob@example.com 2; cat@example.com 0"
    );
    assert_eq!(
        case.number("select count(*) from token_transactions where balance_after is not null").await,
        3
    );
}

/// Nothing is owed to an account that is gone, and its job ends all the same.
#[tokio::test]
async fn a_job_of_an_account_that_is_gone_ends() {
    let case = adopted(WITH_ACCOUNTS).await;
    assert_eq!(case.start("charged", Some(NOBODY), true).await.unwrap_err().code, "PT402");
    let lease = case.leased("bad", Some(NOBODY), false).await;
    let done = case.complete("bad", &lease, report(true)).await.unwrap();
    assert_eq!((&done["state"], &done["refunded"]), (&json!("completed"), &json!(false)));
    let lease = case.leased("failed", Some(NOBODY), false).await;
    assert_eq!(case.fail("failed", &lease).await.unwrap()["refunded"], false);
    assert_eq!(case.refused("increment_tokens", json!({"user_id": NOBODY, "amount": 1})).await, "PT404");
    assert_eq!(case.number("select count(*) from reports where job_id = 'bad' and user_id is null").await, 1);
}

#[tokio::test]
async fn older_rights_policies_and_functions_open_nothing() {
    let case = adopted(WITH_ACCOUNTS).await;
    let functions =
        "select string_agg(oid::regprocedure::text, ' ') from pg_proc where proname = 'increment_tokens'";
    assert_eq!(case.text(functions).await, "increment_tokens(uuid,integer,text)");
    let client = reqwest::Client::new();
    let get = async |key: &str, path: &str| {
        let url = format!("{}/rest/v1/{path}", case.stack.url());
        let answer = client.get(url).header("apikey", key).bearer_auth(key).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let ann = case.stack.user_key(ANN);
    for (table, column) in [("profiles", "id"), ("reports", "user_id"), ("token_transactions", "user_id")] {
        let (status, rows) = get(&ann, &format!("{table}?select={column}")).await;
        assert_eq!(status, 200, "{rows}");
        assert!(rows.contains(&ANN.to_string()) && !rows.contains(&BOB.to_string()), "{table}: {rows}");
        let (status, rows) = get(&case.stack.anon_key(), &format!("{table}?select={column}")).await;
        assert!(status >= 400, "{table}: {rows}");
    }
    let (status, rows) = get(&ann, "error_logs?select=id").await;
    assert!(status >= 400, "{rows}");
    let rights = "select count(*) from information_schema.column_privileges
        where table_schema = 'public' and grantee in ('anon', 'authenticated', 'PUBLIC') and privilege_type <> 'SELECT'
          and table_name <> 'reports_by_ticker'";
    assert_eq!(case.number(rights).await, 0);
}

#[tokio::test]
async fn a_server_without_the_queue_is_told_of() {
    let case = Case::with(StackOptions { migrated: false, ..StackOptions::default() }).await;
    case.execute("drop schema pgmq cascade").await;
    let refused = format!("{:#}", case.stack.migrate().await.unwrap_err());
    assert!(refused.contains("migration 20261101000001_queue.sql") && refused.contains("pgmq"), "{refused}");
    assert_eq!(case.number("select count(*) from pg_class where relname = 'report_jobs'").await, 0);
}
