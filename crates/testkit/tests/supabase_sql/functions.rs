//! Which role may call which function: every function is called as every role.

use std::fmt::Write as _;

use sqlx::{Connection as _, PgConnection};

use crate::case::Case;

const ROLES: [&str; 4] = ["anon", "authenticated", "service_role", "authenticator"];

/// With nothing as every argument: whoever may not call is told so before anything else happens.
const CALLS: &str = "
    select format('%s.%s', nspname, proname), format('select %s.%I(%s)', nspname, proname,
        (select string_agg(format('null::%s', type::regtype), ', ') from unnest(proargtypes) as type))
    from pg_proc join pg_namespace as place on place.oid = pronamespace
    where nspname in ('public', 'report_store') and prorettype <> 'trigger'::regtype
    order by 1";

#[tokio::test]
async fn only_the_service_calls_functions_and_only_those_that_are_meant_for_it() {
    let case = Case::new().await;
    let calls: Vec<(String, String)> = sqlx::query_as(CALLS).fetch_all(case.stack.database()).await.unwrap();
    let mut connection = PgConnection::connect(&case.stack.database_url("authenticator")).await.unwrap();
    let mut table = String::new();
    for (name, call) in calls {
        let mut line = format!("{name:<32}");
        for role in ROLES {
            let word = if may_call(&mut connection, role, call.clone()).await { role } else { "-" };
            write!(line, " {word}").unwrap();
        }
        writeln!(table, "{line}").unwrap();
    }
    insta::assert_snapshot!(table);
}

async fn may_call(connection: &mut PgConnection, role: &str, call: String) -> bool {
    let mut transaction = connection.begin().await.unwrap();
    let become_role = sqlx::AssertSqlSafe(format!("set local role {role}"));
    sqlx::raw_sql(become_role).execute(&mut *transaction).await.unwrap();
    let called = sqlx::raw_sql(sqlx::AssertSqlSafe(call)).execute(&mut *transaction).await;
    transaction.rollback().await.unwrap();
    // Anything else that goes wrong goes wrong inside.
    let code = called.err().and_then(|error| Some(error.as_database_error()?.code()?.into_owned()));
    code.as_deref() != Some("42501")
}
