use filing_model::Report;
use serde_json::{Value, json};
use supabase_store::{Charge, Failure, JobQueue, NewJob, ReportStore};

use super::{Person, header, status};
use crate::{engine::Engine, http::tests::Worker};

const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

#[tokio::test]
async fn a_form_starts_a_report_and_its_job_is_shown() {
    let person = Person::at(&[]).await;
    let response = person.send("/reports", "ticker=acme").await;
    let job = person.job().await;
    let job_id = job["job_id"].as_str().unwrap();
    assert_eq!((status(&response), header(&response, "location")), (303, format!("/#j-{job_id}")));
    assert_eq!((&job["ticker"], &job["user_id"]), (&json!("ACME"), &Value::Null));

    let ended = person.worker.ended(job_id).await;
    let page = person.read("/").await;
    let report = format!("/reports/{}", ended["report_id"].as_str().unwrap());
    for part in [".html", ".json", ".md", ".csv", ".similarities.csv"] {
        assert!(page.contains(&format!("href=\"{report}{part}\"")), "{page}");
    }
    assert!(page.contains("Acme Tools Inc.") && page.contains("/companies/ACME/history"), "{page}");
    assert!(person.read("/?ticker=acme").await.contains(&report));
    assert!(person.read("/?ticker=solo").await.contains("No report on <b>solo</b>"));
}

#[tokio::test]
async fn the_same_form_twice_is_one_job_and_another_ticker_another() {
    let person = Person::at(&[]).await;
    let form = "form=2f0a7f60-4a8c-4a3d-9a0e-7e2f1f0a9c11&ticker=";
    let mut places = Vec::new();
    for ticker in ["ACME", "acme", "SOLO"] {
        places.push(header(&person.send("/reports", &format!("{form}{ticker}")).await, "location"));
    }
    assert!(places[0] == places[1] && places[1] != places[2], "{places:?}");
}

#[tokio::test]
async fn what_is_no_ticker_is_told_beside_the_form_and_kept_in_it() {
    let person = Person::at(&[]).await;
    for typed in ["A%3BB", "", "%3Cb%3E"] {
        let response = person.send("/reports", &format!("ticker={typed}")).await;
        assert_eq!(
            (status(&response), header(&response, "content-type").as_str()),
            (400, "text/html; charset=utf-8")
        );
        let page = response.text().await.unwrap();
        assert!(page.contains("role=\"alert\"") && page.contains("Type a ticker such as AAPL"), "{page}");
        assert!(!page.contains("<b>\""), "{page}");
    }
    let page = person.send("/reports", "ticker=%3Cb%3E").await.text().await.unwrap();
    assert!(page.contains("value=\"&lt;b&gt;\""), "{page}");
    assert_eq!(person.job().await, Value::Null);
}

#[tokio::test]
async fn a_full_queue_is_told_in_the_page() {
    let person = Person::at(&[("QUEUE_LIMIT", "1"), ("WORKER_THREADS", "1")]).await;
    let refused = loop {
        let response = person.send("/reports", "ticker=HANG").await;
        if status(&response) != 303 {
            break response;
        }
    };
    assert_eq!((status(&refused), header(&refused, "retry-after").as_str()), (429, "30"));
    assert!(refused.text().await.unwrap().contains("Too many jobs wait"));
}

#[tokio::test]
async fn a_job_is_cancelled_by_its_button() {
    let person = Person::at(&[]).await;
    person.send("/reports", "ticker=HANG").await;
    let job_id = person.job().await["job_id"].as_str().unwrap().to_owned();
    let page = person.read("/").await;
    assert!(page.contains(&format!("action=\"/jobs/{job_id}/cancel\"")), "{page}");
    assert!(page.contains("<noscript><meta http-equiv=\"refresh\""), "without script it looks again: {page}");
    let response = person.send(&format!("/jobs/{job_id}/cancel"), "").await;
    assert_eq!((status(&response), header(&response, "location").as_str()), (303, "/#jobs"));
    assert!(person.read("/").await.contains("Cancelled."));
    assert_eq!(status(&person.send("/jobs/none/cancel", "").await), 404);
}

#[tokio::test]
async fn nothing_that_others_wrote_is_markup() {
    let (engine, store) = Engine::in_memory();
    let lease = async |job_id: &str| {
        let ticker = "ACME".parse().unwrap();
        let (user_id, callback_url, charge) = (None, None, Charge::Caller);
        store
            .enqueue(&NewJob { job_id: job_id.into(), user_id, ticker, callback_url, charge })
            .await
            .unwrap();
        store.lease("w", 3600).await.unwrap().unwrap()
    };
    let mut report: Report = serde_json::from_value(empty_report()).unwrap();
    report.company.name = HOSTILE.into();
    store.complete_report(&lease("done").await, &report).await.unwrap();
    let failure = Failure { error_type: "x".into(), message: HOSTILE.into(), causes: String::new() };
    store.fail_report_job(&lease("failed").await, &failure).await.unwrap();
    store.progress(&lease("running").await, 50, HOSTILE).await.unwrap();

    let person = Person::before(Worker::over(engine, &[]).await);
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;";
    let page = person.read("/").await;
    assert_eq!(
        page.matches(escaped).count(),
        6,
        "name thrice with the jobs, in the table, error, step: {page}"
    );
    let search =
        format!("/?ticker={}", url::form_urlencoded::byte_serialize(HOSTILE.as_bytes()).collect::<String>());
    for page in [page, person.read(&search).await, person.read("/companies/ACME/history").await] {
        assert!(!page.contains("<script>alert") && !page.contains("<img"), "{page}");
    }
}

fn empty_report() -> Value {
    json!({
        "schema_version": 1, "report_id": "r", "ticker": "ACME", "company": {"name": "Acme"},
        "newer": {"form": "10-K"}, "older": {"form": "10-K"}, "sections": [], "signals": [],
        "analysis": {"analyzer": "extractive", "model": null, "prompt_version": "1", "executive_summary": "",
            "summaries": {}, "findings": [], "dropped": [], "degraded": null,
            "not_sent_words": {"total": 0, "by_item": {}}, "total_tokens": 0, "total_cost_usd": null},
        "quality": {"is_valid": true, "profile": "evidence", "issues": [], "findings": []},
        "notes": [], "made_on": "2026-03-02", "generation_time_seconds": 1.5, "disclaimer": "Not advice."
    })
}

#[tokio::test]
async fn every_page_may_run_its_own_script_alone() {
    let person = Person::at(&[]).await;
    person.send("/reports", "ticker=ACME").await;
    let job_id = person.job().await["job_id"].as_str().unwrap().to_owned();
    let report_id = person.worker.ended(&job_id).await["report_id"].as_str().unwrap().to_owned();
    for path in ["/".to_owned(), format!("/reports/{report_id}"), "/companies/acme/history".to_owned()] {
        let response = person.open(&path).await;
        let policy = header(&response, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && policy.ends_with("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(policy.contains("base-uri 'none'") && policy.contains("form-action"), "{path}: {policy}");
        assert!(response.text().await.unwrap().contains("Acme Tools Inc."), "{path}");
    }
    let json = person.open(&format!("/reports/{report_id}.json")).await;
    assert!(header(&json, "content-security-policy").starts_with("default-src 'none'; form-action 'none'"));
    assert_eq!(status(&person.open("/companies/NONE/history").await), 404);
}
