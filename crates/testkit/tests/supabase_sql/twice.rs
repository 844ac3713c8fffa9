//! Migrations that are run once more change nothing.

use serde_json::json;

use crate::case::{Case, report};

/// Everything that a migration can make, a line each.
const CATALOGUE: &str = "
    with places as (
        select oid, nspname, nspacl from pg_namespace where nspname in ('public', 'report_store', 'pgmq')),
    relations as (select class.*, nspname from pg_class as class join places on places.oid = relnamespace),
    told as (
        select format('schema %s acl %s %s', nspname, array(select unnest(nspacl)::text order by 1),
            obj_description(oid, 'pg_namespace')) as line from places
        union all
        select format('relation %s.%s %s rls %s %s options %s acl %s %s', nspname, relname, relkind, relrowsecurity,
            relforcerowsecurity, reloptions, array(select unnest(relacl)::text order by 1),
            obj_description(oid, 'pg_class')) from relations
        union all
        select format('column %s.%s.%s %s not null %s identity %s default %s acl %s %s', nspname, relname, attname,
            format_type(atttypid, atttypmod), attnotnull, attidentity, pg_get_expr(adbin, adrelid),
            array(select unnest(attacl)::text order by 1), col_description(attrelid, attnum))
        from relations join pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped
        left join pg_attrdef on adrelid = attrelid and adnum = attnum
        union all
        select format('constraint %s.%s %s %s validated %s', nspname, relname, conname, pg_get_constraintdef(con.oid),
            convalidated) from relations join pg_constraint as con on conrelid = relations.oid
        union all
        select pg_get_indexdef(indexrelid) from relations join pg_index on indrelid = relations.oid
        union all
        select format('view %s %s', relname, pg_get_viewdef(oid)) from relations where relkind = 'v'
        union all
        select pg_get_triggerdef(trigger.oid) from relations join pg_trigger as trigger on tgrelid = relations.oid
        where not tgisinternal
        union all
        select format('policy %s', policy) from pg_policies as policy
        union all
        select format('%s acl %s %s', pg_get_functiondef(pg_proc.oid), array(select unnest(proacl)::text order by 1),
            obj_description(pg_proc.oid, 'pg_proc'))
        from pg_proc join places on places.oid = pronamespace where prokind in ('f', 'p'))
    select string_agg(line, E'\\n' order by line) from told";

const DATA: &str = "
    select concat_ws(E'\\n',
        (select jsonb_agg(x order by x::text) from profiles as x), (select jsonb_agg(x order by x::text) from reports as x),
        (select jsonb_agg(x order by x::text) from report_documents as x),
        (select jsonb_agg(x order by x::text) from token_transactions as x),
        (select jsonb_agg(x order by x::text) from error_logs as x),
        (select jsonb_agg(x order by x::text) from report_jobs as x),
        (select jsonb_agg(x order by x::text) from callback_deliveries as x),
        (select jsonb_agg(x order by x::text) from api_slots as x),
        (select jsonb_agg(x order by x::text) from pgmq.q_report_jobs as x),
        (select jsonb_agg(x order by x::text) from pgmq.a_report_jobs as x))";

#[tokio::test]
async fn a_second_run_changes_nothing() {
    let case = Case::new().await;
    let user = case.user(5).await;
    let lease = case.leased("done", Some(user), true).await;
    case.complete("done", &lease, report(true)).await.unwrap();
    let lease = case.leased("failed", Some(user), true).await;
    case.fail("failed", &lease).await.unwrap();
    case.start("waiting", Some(user), true).await.unwrap();
    case.call("take_edgar_slot", json!({"interval_microseconds": 1000})).await.unwrap();

    let before = (case.text(CATALOGUE).await, case.text(DATA).await);
    assert!(before.0.lines().count() > 500 && before.1.contains("waiting"), "it tells much: {}", before.0);
    case.stack.migrate().await.unwrap();
    let after = (case.text(CATALOGUE).await, case.text(DATA).await);
    for (before, after) in before.0.lines().zip(after.0.lines()) {
        assert_eq!(before, after);
    }
    assert_eq!(before, after);
}

#[tokio::test]
async fn what_a_migration_could_change_is_seen() {
    let case = Case::new().await;
    let before = case.text(CATALOGUE).await;
    for change in [
        "grant select (ticker) on public.report_jobs to anon",
        "alter table public.reports add column more text",
        "drop policy \"own jobs\" on public.report_jobs",
        "alter function public.model_batches() security invoker",
        "comment on table public.reports is 'something else'",
        "alter table public.reports alter column ticker set default 'X'",
        "grant usage on schema report_store to anon",
    ] {
        let mut changed = case.stack.database().begin().await.unwrap();
        sqlx::raw_sql(change).execute(&mut *changed).await.unwrap();
        let after: String = sqlx::query_scalar(CATALOGUE).fetch_one(&mut *changed).await.unwrap();
        assert!(before != after, "{change}");
        changed.rollback().await.unwrap();
    }
}
