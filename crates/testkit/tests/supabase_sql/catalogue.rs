//! What is said of our tables and functions, and how they are guarded.

use crate::case::Case;

/// What must be none: a query, and what it finds.
const NEVER: [(&str, &str); 9] = [
    (
        "a table or view without a comment",
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')
           and obj_description(oid, 'pg_class') is null",
    ),
    (
        "a function without a comment",
        "select oid::regprocedure::text from ours where obj_description(oid, 'pg_proc') is null",
    ),
    (
        "a function whose search path is not fixed",
        "select oid::regprocedure::text from ours where not coalesce('search_path=\"\"' = any(proconfig), false)",
    ),
    (
        "a function for the worker that does not run as its owner",
        "select oid::regprocedure::text from ours where pronamespace = 'public'::regnamespace and not prosecdef",
    ),
    (
        "an inner function that runs as its owner, other than a trigger",
        "select oid::regprocedure::text from ours
         where pronamespace = 'report_store'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype",
    ),
    (
        "a function that anybody but the service may call",
        "select format('%s by %s', oid::regprocedure, who) from ours, unnest(array['anon', 'authenticated', 'authenticator']) as who
         where has_function_privilege(who, oid, 'execute')",
    ),
    (
        "a function of the worker that the service may not call",
        "select oid::regprocedure::text from ours where (pronamespace = 'public'::regnamespace)
         <> has_function_privilege('service_role', oid, 'execute')",
    ),
    (
        "a view that does not ask on behalf of who reads it",
        "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
           and not coalesce('security_invoker=true' = any(reloptions), false)",
    ),
    (
        "a table without row level security",
        "select oid::regclass::text from pg_class where relkind = 'r' and not relrowsecurity
           and (relnamespace = 'public'::regnamespace or relname in ('q_report_jobs', 'a_report_jobs'))",
    ),
];

const OURS: &str = "with ours as (select * from pg_proc where pronamespace in ('public'::regnamespace, 'report_store'::regnamespace)) ";

#[tokio::test]
async fn everything_is_told_of_and_guarded() {
    let case = Case::new().await;
    for (fault, query) in NEVER {
        let query = sqlx::AssertSqlSafe(format!("{OURS} {query}"));
        let found: Vec<String> = sqlx::query_scalar(query).fetch_all(case.stack.database()).await.unwrap();
        assert_eq!(found, [""; 0], "{fault}");
    }
    let functions = "select count(*) from pg_proc where pronamespace = 'public'::regnamespace";
    assert!(case.number(functions).await > 15, "there is something to look at");
}

/// The queries above are of use only if they find what they look for.
#[tokio::test]
async fn what_is_not_guarded_is_found() {
    let case = Case::new().await;
    case.execute(
        "create table public.bare (id integer);
         create view public.seen as select * from public.bare;
         create function public.open_to_all() returns integer language sql as 'select 1';
         create function report_store.too_strong() returns integer language sql security definer as 'select 1';
         revoke execute on function public.model_batches() from service_role;",
    )
    .await;
    for (fault, query) in NEVER {
        let query = sqlx::AssertSqlSafe(format!("{OURS} {query}"));
        let found: Vec<String> = sqlx::query_scalar(query).fetch_all(case.stack.database()).await.unwrap();
        assert!(!found.is_empty(), "{fault} was not found");
    }
}
