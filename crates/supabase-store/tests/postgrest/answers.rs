//! Error bodies, word for word as PostgREST and Supabase's gateway write them.

use supabase_store::{Failure, JobQueue as _, ReportStore as _, StoreError, Supabase};

use crate::{client, job, json, lease, new_job, requests, server};

/// What the counts of the queue make of an answer, and how often they asked.
async fn asked(status: u16, body: &str) -> (StoreError, usize) {
    let server = server(&[json(status, body)]).await;
    let error = client(&server.uri()).check().await.unwrap_err();
    (error, requests(&server).await)
}

#[tokio::test]
async fn a_missing_migration_is_named() {
    let not_in_cache = r#"{"code":"PGRST202","details":"Searched for the function public.count_report_jobs without parameters or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.","hint":null,"message":"Could not find the function public.count_report_jobs without parameters in the schema cache"}"#;
    let (error, asked_times) = asked(404, not_in_cache).await;
    assert_eq!(error.to_string(), "function count_report_jobs is missing: run the migrations");
    assert_eq!((asked_times, error.is_transient()), (1, false));

    let inside = r#"{"code":"42883","details":null,"hint":"No function matches the given name and argument types. You might need to add explicit type casts.","message":"function pgmq.read(text, integer, integer) does not exist"}"#;
    let (error, _) = asked(404, inside).await;
    assert_eq!(error.to_string(), "function pgmq.read is missing: run the migrations");

    let relation = r#"{"code":"42P01","details":null,"hint":null,"message":"relation \"public.report_jobs\" does not exist"}"#;
    let (error, _) = asked(404, relation).await;
    assert_eq!(error.to_string(), "table report_jobs is missing: run the migrations");
}

#[tokio::test]
async fn a_missing_table_is_named() {
    let body = r#"{"code":"PGRST205","details":null,"hint":"Perhaps you meant the table 'public.reports'","message":"Could not find the table 'public.report_jobs' in the schema cache"}"#;
    let server = server(&[json(404, body)]).await;
    let error = client(&server.uri()).jobs(10).await.unwrap_err();
    assert_eq!(error.to_string(), "table report_jobs is missing: run the migrations");
}

#[tokio::test]
async fn a_key_that_is_not_taken_is_told_apart_and_not_shown_again() {
    for (status, body) in [
        (
            401,
            r#"{"code":"PGRST301","details":"None of the keys was able to decode the JWT","hint":null,"message":"No suitable key or wrong key type"}"#,
        ),
        (401, r#"{"code":"PGRST301","details":null,"hint":null,"message":"JWSError JWSInvalidSignature"}"#),
        (401, r#"{"code":"PGRST303","details":null,"hint":null,"message":"JWT expired"}"#),
        (401, r#"{"code":"PGRST302","details":null,"hint":null,"message":"Anonymous access is disabled"}"#),
        (
            401,
            r#"{"message":"Invalid API key","hint":"Double check your Supabase `anon` or `service_role` API key."}"#,
        ),
        (
            401,
            r#"{"message":"No API key found in request","hint":"No `apikey` request header or url param was found."}"#,
        ),
        (
            403,
            r#"{"code":"42501","details":null,"hint":null,"message":"permission denied for function count_report_jobs"}"#,
        ),
        (401, ""),
    ] {
        let (error, asked_times) = asked(status, body).await;
        assert!(matches!(error, StoreError::Unauthorized { .. }), "{body}: {error:?}");
        assert_eq!((asked_times, error.is_transient()), (1, false), "{body}");
    }
}

#[tokio::test]
async fn what_passes_is_asked_again_and_then_transient() {
    for (status, body) in [
        (
            500,
            r#"{"code":"57014","details":null,"hint":null,"message":"canceling statement due to statement timeout"}"#,
        ),
        (
            503,
            r#"{"code":"53300","details":null,"hint":null,"message":"remaining connection slots are reserved for roles with the SUPERUSER attribute"}"#,
        ),
        (
            500,
            r#"{"code":"40001","details":null,"hint":null,"message":"could not serialize access due to concurrent update"}"#,
        ),
        (
            500,
            r#"{"code":"40P01","details":"Process 1 waits for ShareLock on transaction 2; blocked by process 3.","hint":"See server log for query details.","message":"deadlock detected"}"#,
        ),
        (
            500,
            r#"{"code":"57P01","details":null,"hint":null,"message":"terminating connection due to administrator command"}"#,
        ),
        (
            503,
            r#"{"code":"PGRST000","details":"connection to server at \"db\" failed","hint":null,"message":"Database connection error. Retrying the connection."}"#,
        ),
        (
            503,
            r#"{"code":"PGRST002","details":null,"hint":null,"message":"Could not query the database for the schema cache. Retrying."}"#,
        ),
        (
            504,
            r#"{"code":"PGRST003","details":null,"hint":null,"message":"Timed out acquiring connection from connection pool."}"#,
        ),
        (
            405,
            r#"{"code":"25006","details":null,"hint":null,"message":"cannot execute INSERT in a read-only transaction"}"#,
        ),
        (429, r#"{"message":"API rate limit exceeded"}"#),
        (540, r#"{"message":"Project paused"}"#),
        (502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"),
        (503, ""),
    ] {
        let (error, asked_times) = asked(status, body).await;
        assert!(matches!(error, StoreError::Unavailable { .. }), "{body}: {error:?}");
        assert_eq!((asked_times, error.is_transient()), (3, true), "{body}");
    }
}

#[tokio::test]
async fn what_is_wrong_stays_wrong() {
    for (status, body) in [
        (
            400,
            r#"{"code":"22P02","details":null,"hint":null,"message":"invalid input syntax for type uuid: \"x\""}"#,
        ),
        (
            409,
            r#"{"code":"23505","details":"Key (id)=(x) already exists.","hint":null,"message":"duplicate key value violates unique constraint \"reports_pkey\""}"#,
        ),
        (
            400,
            r#"{"code":"PGRST203","details":null,"hint":"Try renaming the parameters or the function itself in the database so function overloading can be resolved","message":"Could not choose the best candidate function between: public.increment_tokens(user_id => uuid, amount => integer), public.increment_tokens(user_id => uuid, amount => bigint)"}"#,
        ),
        (404, "<html><body>There is nothing here</body></html>"),
        (404, r#"{"message":"no Route matched with those values"}"#),
        (418, ""),
    ] {
        let (error, asked_times) = asked(status, body).await;
        assert!(matches!(error, StoreError::Refused { .. }), "{body}: {error:?}");
        assert_eq!((asked_times, error.is_transient()), (1, false), "{body}");
    }
}

#[tokio::test]
async fn rows_that_a_message_quotes_are_not_told() {
    let body = r#"{"code":"23514","details":"Failing row contains (secret of a user).","hint":"secret of a user","message":"new row violates check constraint"}"#;
    let (error, _) = asked(400, body).await;
    let StoreError::Refused { source } = &error else { panic!("{error:?}") };
    assert_eq!(source.to_string(), "status 400, code 23514: new row violates check constraint");
    assert!(!format!("{error:?}").contains("secret of a user"));
}

/// Our own errors as PostgREST passes them on, and as the look-alike of the tests does.
fn own(number: u16, message: &str) -> [wiremock::ResponseTemplate; 2] {
    let body = format!(r#"{{"code":"PT{number}","details":null,"hint":null,"message":"{message}"}}"#);
    [json(number, &body), json(500, &body)]
}

async fn each(number: u16, message: &str, ask: impl AsyncFn(&Supabase) -> StoreError) -> Vec<StoreError> {
    let mut errors = Vec::new();
    for answer in own(number, message) {
        let server = server(&[answer]).await;
        errors.push(ask(&client(&server.uri())).await);
        assert_eq!(requests(&server).await, 1, "it is never asked again");
    }
    errors
}

#[tokio::test]
async fn our_own_errors_are_typed() {
    for error in
        each(402, "insufficient_tokens", async |store| store.enqueue(&new_job()).await.unwrap_err()).await
    {
        assert!(matches!(&error, StoreError::InsufficientTokens { user_id } if user_id.starts_with("7d8f")));
    }
    for error in
        each(409, "job exists with another body", async |store| store.enqueue(&new_job()).await.unwrap_err())
            .await
    {
        assert!(matches!(&error, StoreError::Conflict { job_id } if job_id == "job-1"), "{error:?}");
    }
    for error in each(412, "lease lost", async |store| store.renew(&lease(), 30).await.unwrap_err()).await {
        assert!(matches!(&error, StoreError::LeaseLost { job_id } if job_id == "job-1"), "{error:?}");
    }
    for error in each(404, "no such job", async |store| {
        let failure = Failure { error_type: "x".into(), message: "x".into(), causes: "x".into() };
        store.fail_report_job(&lease(), &failure).await.unwrap_err()
    })
    .await
    {
        assert!(matches!(&error, StoreError::NoSuchJob), "{error:?}");
    }
    for error in each(429, "something new", async |store| store.check().await.unwrap_err()).await {
        assert!(matches!(&error, StoreError::Refused { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_is_named() {
    for body in ["<html>a page of a proxy</html>", r#"{"waiting":"many"}"#, "[1"] {
        let (error, asked_times) = {
            let server = server(&[json(200, body)]).await;
            (client(&server.uri()).check().await.unwrap_err(), requests(&server).await)
        };
        assert!(matches!(error, StoreError::Corrupt { what: "answer", .. }), "{body}: {error:?}");
        assert_eq!(asked_times, 1);
    }
}

#[tokio::test]
async fn a_job_is_read_as_its_row_is_written() {
    let server = server(&[json(200, &job())]).await;
    let leased = client(&server.uri()).lease("worker", 30).await.unwrap().unwrap();
    assert_eq!((leased.attempt, leased.until.to_string().as_str()), (1, "2026-11-24T11:31:30.5Z"));
    assert_eq!(leased.job, lease().job);
    let server = crate::server(&[json(200, "null")]).await;
    assert_eq!(client(&server.uri()).lease("worker", 30).await.unwrap(), None);
}
