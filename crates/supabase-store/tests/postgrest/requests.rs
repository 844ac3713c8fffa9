//! What is sent.

use serde_json::{Value, json};
use supabase_store::{
    Deliveries as _, Housekeeping as _, JobQueue as _, Removed, ReportStore as _, Supabase, SupabaseConfig,
};

use crate::{KEY, client, job, json as answer, lease, new_job, server};

fn body(request: &wiremock::Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

#[tokio::test]
async fn a_function_is_called_with_named_arguments_and_without_nulls() {
    let server = server(&[answer(200, &format!(r#"{{"outcome":"new","job":{}}}"#, job()))]).await;
    client(&server.uri()).enqueue(&new_job()).await.unwrap();
    let [request] = &server.received_requests().await.unwrap()[..] else { panic!("one request") };
    assert_eq!((request.method.as_str(), request.url.path()), ("POST", "/rest/v1/rpc/start_report_job"));
    assert_eq!(
        body(request),
        json!({
            "job_id": "job-1",
            "ticker": "ACME",
            "charge": true,
            "user_id": "7d8f5a52-4c0b-4b0e-9a0e-3f1f3c0f6a11",
        })
    );
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.headers["accept"], "application/json");
    let agent = request.headers["user-agent"].to_str().unwrap();
    assert!(
        agent.starts_with("supabase-store/") && request.headers.get_all("user-agent").iter().count() == 1
    );
}

#[tokio::test]
async fn a_new_key_is_no_bearer_and_an_old_one_is_both() {
    let server = server(&[answer(200, r#"{"waiting":0,"running":0,"oldest_seconds":null}"#)]).await;
    let url: url::Url = server.uri().parse().unwrap();
    for key in [KEY, "eyJhbGciOiJIUzI1NiJ9.e30.x"] {
        Supabase::connect(SupabaseConfig::new(url.clone(), key.to_owned().into()))
            .unwrap()
            .check()
            .await
            .unwrap();
    }
    let [new, old] = &server.received_requests().await.unwrap()[..] else { panic!("two requests") };
    assert_eq!(new.headers["apikey"], KEY);
    assert!(!new.headers.contains_key("authorization"));
    assert_eq!(old.headers["apikey"], "eyJhbGciOiJIUzI1NiJ9.e30.x");
    assert_eq!(old.headers["authorization"], "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x");
}

#[tokio::test]
async fn lists_are_narrowed_by_the_database() {
    let server = server(&[answer(200, "[]")]).await;
    let store = client(&format!("{}/", server.uri()));
    store.jobs(20).await.unwrap();
    store.reports(5).await.unwrap();
    store.reports_of(&"BRK-B".parse().unwrap(), 5).await.unwrap();
    store.job("a,b(c)\"d&e=f").await.unwrap();
    store.delivery("job_a").await.unwrap();
    let seen = server.received_requests().await.unwrap();
    let asked: Vec<_> = seen
        .iter()
        .map(|request| {
            let query: Vec<_> =
                request.url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
            let range = request.headers.get("range").map(|range| range.to_str().unwrap()).unwrap_or_default();
            format!("{} {} {range}", request.url.path(), query.join(" "))
        })
        .collect();
    assert_eq!(
        asked,
        [
            "/rest/v1/report_jobs select=* order=sequence.desc 0-19",
            "/rest/v1/reports select=id,ticker,company_name,newer_filing_date,older_filing_date,newer_accession,\
             older_accession,extraction_success,created_at job_id=not.is.null order=created_at.desc 0-4",
            "/rest/v1/reports select=id,ticker,company_name,newer_filing_date,older_filing_date,newer_accession,\
             older_accession,extraction_success,created_at job_id=not.is.null ticker=eq.BRK-B order=created_at.desc 0-4",
            "/rest/v1/report_jobs select=* job_id=eq.a,b(c)\"d&e=f ",
            "/rest/v1/callback_deliveries select=* id=eq.job_a ",
        ]
    );
}

#[tokio::test]
async fn text_that_the_database_cannot_keep_is_replaced() {
    let server = server(&[answer(204, "")]).await;
    client(&server.uri()).progress(&lease(), 200, "Reading\0 \\u0000 Ü").await.unwrap();
    let [request] = &server.received_requests().await.unwrap()[..] else { panic!("one request") };
    assert_eq!(
        body(request),
        json!({ "job_id": "job-1", "lease": 1, "progress": 100, "current_step": "Reading\u{fffd} \\u0000 Ü" })
    );
}

#[tokio::test]
async fn an_id_that_is_none_is_not_asked_for() {
    let server = server(&[answer(200, "[]")]).await;
    assert_eq!(client(&server.uri()).report("../x").await.unwrap(), None);
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_old_is_removed_until_there_is_no_more() {
    let part = |jobs: u64, more: bool| {
        let body = json!({"jobs": jobs, "deliveries": 2, "answers": 1, "more": more});
        answer(200, &body.to_string())
    };
    let server = server(&[part(1000, true), part(1000, true), part(7, false)]).await;
    let removed = client(&server.uri()).remove_older_than(30).await.unwrap();
    assert_eq!(removed, Removed { jobs: 2007, deliveries: 6, answers: 3 });
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| body(request) == json!({"days": 30})));
}
