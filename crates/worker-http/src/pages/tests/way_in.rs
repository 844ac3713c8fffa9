use serde_json::json;

use super::{PAGES, Person, SECRET, header, status};

#[tokio::test]
async fn whoever_opens_a_page_logs_in_once_and_comes_back_to_it() {
    let mut person = Person::at(SECRET).await;
    let sent = person.open("/companies/ACME/history?x=1").await;
    assert_eq!(status(&sent), 303);
    assert_eq!(header(&sent, "location"), "/login?next=%2Fcompanies%2FACME%2Fhistory%3Fx%3D1");
    let page = person.read("/login?next=%2Fcompanies%2FACME%2Fhistory%3Fx%3D1").await;
    assert!(
        page.contains("value=\"/companies/ACME/history?x=1\"") && page.contains("type=\"password\""),
        "{page}"
    );

    let wrong = person.send("/login", "secret=wrong&next=/reports/r").await;
    assert_eq!((status(&wrong), header(&wrong, "set-cookie").as_str()), (401, ""));
    let page = wrong.text().await.unwrap();
    assert!(page.contains("That is not a secret") && page.contains("value=\"/reports/r\""), "{page}");

    let right = person.send("/login", "secret=right+horse&next=/reports/r?x=1").await;
    assert_eq!((status(&right), header(&right, "location").as_str()), (303, "/reports/r?x=1"));
    person.log_in().await;
    assert_eq!(status(&person.open("/").await), 200);
    assert_eq!(status(&person.open("/jobs/none/status").await), 404);
    assert!(person.read("/").await.contains("Log out"));
    let out = person.send("/logout", "").await;
    assert_eq!(status(&out), 303);
    assert!(header(&out, "set-cookie").starts_with("worker_session=; Path=/; Max-Age=0"));
}

#[tokio::test]
async fn the_cookie_is_signed_and_is_no_secret() {
    let person = Person::at(SECRET).await;
    let plain = header(&person.send("/login", "secret=right+horse").await, "set-cookie");
    let (value, flags) = plain.split_once("; ").unwrap();
    assert_eq!(flags, "Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
    assert!(value.starts_with("worker_session=") && !plain.contains("horse"), "{plain}");
    // Through a proxy, which is where others come from.
    let request = person.request("POST", "/login").header("host", "reports.example");
    let request = request.header("origin", "https://reports.example").body("secret=right+horse");
    let secure = header(&request.send().await.unwrap(), "set-cookie");
    assert!(secure.ends_with("; HttpOnly; SameSite=Strict; Secure"), "{secure}");

    for forged in ["worker_session=", "worker_session=9999999999.x", "worker_session=right horse"] {
        let response = person.request("GET", "/jobs").header("cookie", forged).send().await.unwrap();
        assert_eq!(status(&response), 401, "{forged}");
    }
}

#[tokio::test]
async fn another_site_changes_nothing_with_the_cookie() {
    let mut person = Person::at(SECRET).await;
    person.log_in().await;
    person.send("/reports", "ticker=HANG").await;
    let job_id = person.job().await["job_id"].as_str().unwrap().to_owned();
    let cancel = format!("/jobs/{job_id}/cancel");
    for (path, form) in [("/reports", "ticker=ACME"), (&cancel, ""), ("/logout", "")] {
        for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
            let response = person.send_from(origin, path, form).await;
            assert_eq!(status(&response), 403, "{origin} {path}");
        }
        let request = person.request("POST", path).header("origin", &person.worker.address);
        let request = request.header("sec-fetch-site", "same-site").body(form);
        assert_eq!(status(&request.send().await.unwrap()), 403, "{path}");
        assert_eq!(status(&person.request("POST", path).body(form).send().await.unwrap()), 403, "{path}");
    }
    let job = format!("/jobs/{job_id}");
    assert_eq!(status(&person.request("DELETE", &job).send().await.unwrap()), 403);
    let elsewhere = person.send_from("https://evil.example", "/login", "secret=right+horse").await;
    assert_eq!((status(&elsewhere), header(&elsewhere, "set-cookie").as_str()), (403, ""));
    assert_eq!(person.job().await["job_id"].as_str(), Some(&*job_id), "and no job began");

    let bearer = person.client.delete(format!("{}{job}", person.worker.address)).bearer_auth("right horse");
    assert_eq!(status(&bearer.send().await.unwrap()), 200, "who bears the secret is no browser");
}

#[tokio::test]
async fn programs_are_refused_and_not_sent_to_a_form() {
    let person = Person::at(SECRET).await;
    let plain = |path: &str| person.client.get(format!("{}{path}", person.worker.address));
    assert_eq!(status(&plain("/").send().await.unwrap()), 401);
    assert_eq!(status(&person.open("/jobs").await), 401);
    assert_eq!(status(&person.open("/metrics").await), 401);
    let wrong = plain("/").header("accept", PAGES).bearer_auth("wrong");
    assert_eq!(status(&wrong.send().await.unwrap()), 401);
    assert_eq!(status(&person.send("/reports", "ticker=ACME").await), 401);
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_logging_in() {
    let person = Person::at(SECRET).await;
    for next in [
        "//evil.example",
        "https://evil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "",
    ] {
        let response = person.send("/login", &format!("secret=right+horse&next={next}")).await;
        assert_eq!((status(&response), header(&response, "location").as_str()), (303, "/"), "{next}");
        let page = person.read(&format!("/login?next={next}")).await;
        assert!(page.contains("name=\"next\" value=\"/\""), "{page}");
    }
}

#[tokio::test]
async fn wrong_secrets_in_the_form_are_counted_and_pages_that_are_opened_are_not() {
    let person = Person::at(SECRET).await;
    for _ in 0..30 {
        assert_eq!(status(&person.open("/").await), 303);
    }
    let mut tries = 0;
    while status(&person.send("/login", "secret=guess").await) == 401 {
        tries += 1;
    }
    assert_eq!(tries, 20);
    let right = person.send("/login", "secret=right+horse").await;
    assert_eq!((status(&right), header(&right, "set-cookie").as_str()), (429, ""));
    assert!(right.text().await.unwrap().contains("Too many tries"));
}

#[tokio::test]
async fn without_a_secret_nobody_logs_in_and_other_sites_send_no_form() {
    let person = Person::at(&[]).await;
    assert_eq!(status(&person.open("/login").await), 404);
    assert!(!person.read("/").await.contains("Log out"));
    assert_eq!(status(&person.send_from("https://evil.example", "/reports", "ticker=ACME").await), 403);
    assert_eq!(status(&person.send_from("null", "/reports", "ticker=ACME").await), 403);
}

#[tokio::test]
async fn pages_that_are_switched_off_are_not_there_and_reports_are() {
    let person = Person::at(&[("PAGES", "off")]).await;
    let (_, body) = person.worker.generate(&json!({"ticker": "ACME"})).await;
    let report_id = person.worker.ended(body["job_id"].as_str().unwrap()).await["report_id"].take();
    for path in ["/", "/login", "/companies/ACME/history"] {
        assert_eq!(status(&person.open(path).await), 404, "{path}");
    }
    assert!(matches!(status(&person.send("/reports", "ticker=ACME").await), 404 | 405));
    assert_eq!(status(&person.open(&format!("/reports/{}.html", report_id.as_str().unwrap())).await), 200);

    let guarded = Person::at(&[("PAGES", "off"), SECRET[0]]).await;
    assert_eq!(status(&guarded.open("/").await), 401, "nobody is sent to a form that is not there");
    assert_eq!(status(&guarded.send("/login", "secret=right+horse").await), 401);
}
