//! Who may select, insert, update and delete whose rows in which table.

use std::fmt::Write as _;

use serde_json::json;
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::case::{Case, report};

const ANN: Uuid = Uuid::from_u128(0xA);
const BOB: Uuid = Uuid::from_u128(0xB);

/// A table, a query for the rows of a user, which has `$user` and `$job` in it, and a row to insert for that user.
struct Table {
    name: &'static str,
    theirs: &'static str,
    insert: &'static str,
    /// A column that may be set to what it is.
    column: &'static str,
}

const fn table(
    name: &'static str,
    column: &'static str,
    theirs: &'static str,
    insert: &'static str,
) -> Table {
    Table { name, theirs, insert, column }
}

const TABLES: [Table; 14] = [
    table("profiles", "id", "id = '$user'", "(id) values ('$user')"),
    table("reports", "id", "user_id = '$user'", "(user_id, ticker) values ('$user', 'X')"),
    table(
        "report_documents",
        "report_id",
        "report_id = '$user'",
        "(report_id, document) values ('$user', '{}')",
    ),
    table(
        "token_transactions",
        "id",
        "user_id = '$user'",
        "(user_id, transaction_type, tokens_amount) values ('$user', 'grant', 9)",
    ),
    table("error_logs", "id", "user_id = '$user'", "(user_id) values ('$user')"),
    table("report_jobs", "job_id", "job_id = '$job'", "(job_id, user_id) values ('x', '$user')"),
    table("my_report_jobs", "job_id", "job_id = '$job'", "(job_id, user_id) values ('x', '$user')"),
    table("callback_deliveries", "id", "job_id = '$job'", "(id, job_id) values ('x', '$job')"),
    table(
        "callback_attempts",
        "delivery_id",
        "delivery_id = 'job_$job'",
        "(delivery_id) values ('job_$job')",
    ),
    table("api_slots", "name", "true", "(name) values ('x')"),
    table("model_answers", "key", "true", "(key) values ('x')"),
    table("model_batches", "id", "true", "(id) values ('x')"),
    table("pgmq.q_report_jobs", "msg_id", "true", "(vt) values (now())"),
    table("pgmq.a_report_jobs", "msg_id", "true", "(vt) values (now())"),
];

/// Whose rows, asked as whom. `authenticator` is the role that the REST interface logs in as.
const CASES: [(&str, &str, Uuid, &str); 6] = [
    ("stranger", "anon", BOB, "b"),
    ("own", "authenticated", ANN, "a"),
    ("others", "authenticated", BOB, "b"),
    ("service", "service_role", BOB, "b"),
    ("login", "authenticator", BOB, "b"),
    ("login+user", "authenticator", ANN, "a"),
];

async fn filled() -> Case {
    let case = Case::new().await;
    for (user, job) in [(ANN, "a"), (BOB, "b")] {
        case.call("increment_tokens", json!({"user_id": user, "amount": 9})).await.unwrap();
        let lease = case.leased(job, Some(user), true).await;
        let mut row = report(false);
        row["id"] = json!(user);
        case.complete(job, &lease, row).await.unwrap();
        let lease = case.leased(&format!("{job}-failed"), Some(user), true).await;
        case.fail(&format!("{job}-failed"), &lease).await.unwrap();
        case.start(&format!("{job}-waiting"), Some(user), true).await.unwrap();
        case.lease().await;
    }
    case.execute(
        "insert into callback_attempts (delivery_id, number, made_at, milliseconds)
             select id, 1, now(), 5 from callback_deliveries;
         insert into model_answers (key, model, answer, tokens, made_at) values ('k', 'm', '{}', 1, now());
         insert into model_batches (id, keys, created_at) values ('b', '{k}', now());",
    )
    .await;
    case
}

/// A line for each table; letters for what works: select, insert, update, delete.
async fn matrix(case: &Case) -> String {
    let mut connection = PgConnection::connect(&case.stack.database_url("authenticator")).await.unwrap();
    let mut lines = format!("{:<19}", "");
    for (title, ..) in CASES {
        write!(lines, " {title:<10}").unwrap();
    }
    for table in TABLES {
        write!(lines, "\n{:<19}", table.name).unwrap();
        for (_, role, user, job) in CASES {
            let mut letters = String::new();
            for (letter, statement) in statements(&table, user, job) {
                let works = works(&mut connection, role, statement).await;
                letters.push(if works { letter } else { '-' });
            }
            write!(lines, " {letters:<10}").unwrap();
        }
    }
    lines.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn statements(table: &Table, user: Uuid, job: &str) -> [(char, String); 4] {
    let Table { name, column, .. } = table;
    let of = |text: &str| text.replace("$user", &user.to_string()).replace("$job", job);
    let (theirs, insert) = (of(table.theirs), of(table.insert));
    [
        ('s', format!("select {column} from {name} where {theirs}")),
        ('i', format!("insert into {name} {insert}")),
        ('u', format!("update {name} set {column} = {column} where {theirs}")),
        ('d', format!("delete from {name} where {theirs}")),
    ]
}

/// As Ann, where the role has a user at all. Always undone.
async fn works(connection: &mut PgConnection, role: &str, statement: String) -> bool {
    let mut transaction = connection.begin().await.unwrap();
    let claims = json!({"role": role, "sub": if role == "authenticated" { Some(ANN) } else { None }});
    let begin = format!("set local role {role}; set local request.jwt.claims = '{claims}'");
    sqlx::raw_sql(sqlx::AssertSqlSafe(begin)).execute(&mut *transaction).await.unwrap();
    let done = sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut *transaction).await;
    transaction.rollback().await.unwrap();
    match done {
        Ok(done) => done.rows_affected() > 0,
        // Refused for want of the right; anything else, such as a key that is taken, comes after that.
        Err(error) => error.as_database_error().unwrap().code().as_deref() != Some("42501"),
    }
}

#[tokio::test]
async fn users_read_their_own_rows_and_write_none() {
    let case = filled().await;
    insta::assert_snapshot!(matrix(&case).await);
    let others = "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm')";
    let known = TABLES.iter().filter(|table| !table.name.contains('.')).count();
    assert_eq!(case.number(others).await, i64::try_from(known).unwrap(), "every table is in the matrix");
}

#[tokio::test]
async fn the_matrix_shows_what_a_policy_lets_through() {
    let case = filled().await;
    let before = matrix(&case).await;
    case.execute(
        "create policy \"an older one that lets everybody read\" on public.reports using (true);
         create policy \"an older one for jobs\" on public.profiles for all using (true) with check (true)",
    )
    .await;
    assert_eq!(matrix(&case).await, before, "nothing widens what a restrictive policy holds");

    case.execute("drop policy \"no other reports\" on public.reports").await;
    let differs = |before: &str, after: &str| -> Vec<String> {
        let lines = before.lines().zip(after.lines()).filter(|(before, after)| before != after);
        lines.map(|(_, after)| after.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    // Documents follow the reports that one sees, and are held by a policy of their own.
    assert_eq!(differs(&before, &matrix(&case).await), ["reports ---- s--- s--- siud ---- ----"]);

    case.execute(
        "drop policy \"own transactions\" on public.token_transactions;
         grant update (tokens_remaining) on public.profiles to authenticated",
    )
    .await;
    assert_eq!(
        differs(&before, &matrix(&case).await),
        ["reports ---- s--- s--- siud ---- ----", "token_transactions ---- ---- ---- siud ---- ----"],
    );
    case.execute("grant update on public.profiles to authenticated").await;
    let profiles = matrix(&case).await.lines().nth(1).unwrap().split_whitespace().nth(2).unwrap().to_owned();
    assert_eq!(profiles, "s-u-", "with the right and an older policy, users would write their own profile");
}
