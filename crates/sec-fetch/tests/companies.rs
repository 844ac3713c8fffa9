//! From what somebody types to two filings or a sentence, for every kind of filer. EDGAR over HTTP and a recording of
//! it answer alike.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use sec_fetch::{FilingSource, Recording, Years, annual_pair};
use serde_json::json;
use support::{
    answer::{Answer, Shape, ticker_list},
    ticker,
};

type Files = Vec<(String, Vec<u8>)>;

/// The pair with its notes, or the sentence that says why there is none.
async fn tell(source: &dyn FilingSource, typed: &str) -> String {
    let pair = match annual_pair(source, &ticker(typed), &Years::default()).await {
        Ok(pair) => pair,
        Err(error) => return error.sentence(),
    };
    let mut lines = vec![format!("{} ({})", pair.company.name, pair.company.ticker.unwrap())];
    for filing in [&pair.newer, &pair.older] {
        let period = filing.period_end.map_or("-".to_owned(), |end| end.to_string());
        lines.push(format!("{} {period} {}", filing.form, filing.primary_document));
    }
    lines.extend(pair.notes);
    lines.join("\n")
}

/// Also checks that a recording tells the same.
async fn outcome_of(files: Files, typed: &str) -> String {
    let recorded = tell(&Recording::in_memory(files.clone()), typed).await;
    #[cfg(feature = "edgar")]
    {
        let server = live::serving(files).await;
        assert_eq!(tell(&support::server::edgar(&server), typed).await, recorded);
    }
    recorded
}

async fn outcome(company: &Answer) -> String {
    let mut files = company.files();
    files.push(ticker_list(&[company]));
    outcome_of(files, "9000001").await
}

fn company(filings: &str) -> Answer {
    Answer::new(9_000_001, "Northwind Toolworks Inc.", filings).tickers(&["NWTL", "NWTL-PA"])
}

const TWO_YEARS: &str = "4 2026-03-02 2026-03-03
    10-K 2025-12-31 2026-02-20
    8-K 2026-01-30 2026-01-30
    10-Q 2025-09-30 2025-11-03
    10-K 2024-12-31 2025-02-21";

const TWO_FOUND: &str = "Northwind Toolworks Inc. (NWTL)
10-K 2025-12-31 10-k-20260220.htm
10-K 2024-12-31 10-k-20250221.htm";

#[tokio::test]
async fn both_shapes_of_the_list_are_read() {
    for shape in [Shape::Old, Shape::New] {
        assert_eq!(outcome(&company(TWO_YEARS).shape(shape)).await, TWO_FOUND);
    }
}

#[tokio::test]
async fn every_way_to_type_a_company_leads_to_it() {
    let company = company(TWO_YEARS);
    let mut files = company.files();
    files.push(ticker_list(&[&company]));
    for (typed, shown) in [
        ("NWTL", "NWTL"),
        ("nwtl.pa", "NWTL-PA"),
        ("NWTL/PA", "NWTL-PA"),
        ("nwtl pa", "NWTL-PA"),
        ("NWTLPA", "NWTL-PA"),
        ("9000001", "NWTL"),
        ("0009000001", "NWTL"),
        ("CIK9000001", "NWTL"),
    ] {
        let expected = TWO_FOUND.replace("(NWTL)", &format!("({shown})"));
        assert_eq!(outcome_of(files.clone(), typed).await, expected, "{typed}");
    }
    insta::assert_snapshot!(outcome_of(files.clone(), "northwind").await, @"No company has the ticker NORTHWIND: did you mean NWTL (Northwind Toolworks Inc.)?");
    insta::assert_snapshot!(outcome_of(files, "9000002").await, @"EDGAR has no filer with the number 9000002: check the CIK, or type the company's ticker.");
}

#[tokio::test]
async fn a_company_that_is_not_listed_any_more_is_found_by_its_number() {
    let company = Answer::new(9_000_001, "Northwind Toolworks Inc.", TWO_YEARS);
    assert_eq!(outcome(&company).await, TWO_FOUND.replace("(NWTL)", "(9000001)"));
}

/// Hundreds of notes a month push the annual reports out of the list of the latest filings.
fn bank() -> Answer {
    let notes = "424B2 - 2026-05-04\n".repeat(1000);
    company(&notes)
        .page(&format!("{notes}10-K 2025-12-31 2026-02-20"))
        .page(&"424B2 - 2025-07-01\n".repeat(2000))
        .page("424B2 - 2025-03-03\n10-K 2024-12-31 2025-02-21")
        .page("10-K 2023-12-31 2024-02-21")
}

#[tokio::test]
async fn lists_of_older_filings_are_read_until_there_are_two_reports() {
    assert_eq!(outcome(&bank()).await, TWO_FOUND);

    // Without the list that nobody needs.
    let mut files = bank().files();
    let last = files.pop().unwrap();
    assert!(last.0.ends_with("-004.json"));
    assert_eq!(tell(&Recording::in_memory(files.clone()), "9000001").await, TWO_FOUND);

    // A list that is needed must not be missing: else one report would seem to be all there is.
    files.pop();
    let missing = tell(&Recording::in_memory(files), "9000001").await;
    assert!(missing.starts_with("The recording does not hold"), "{missing}");
}

#[tokio::test]
async fn older_lists_may_come_in_any_order() {
    let mut files = bank().files();
    let mut json = bank().json();
    json["filings"]["files"].as_array_mut().unwrap().reverse();
    files[0].1 = json.to_string().into_bytes();
    assert_eq!(outcome_of(files, "9000001").await, TWO_FOUND);
}

#[tokio::test]
async fn a_filer_without_annual_reports_is_not_searched_to_the_end() {
    let fund = company("N-CSR 2026-01-31 2026-03-31")
        .page("N-CSR 2023-01-31 2023-03-31\n497 - 2022-01-04")
        .page("10-K 1996-12-31 1997-03-31");
    insta::assert_snapshot!(outcome(&fund).await, @"Northwind Toolworks Inc. has filed no annual report on Form 10-K: it may be a fund, a person or new on the market, or have taken over from a company whose ticker or CIK leads to the reports. Its filings are at https://www.sec.gov/edgar/browse/?CIK=9000001");
}

#[tokio::test]
async fn foreign_private_issuers_are_told_by_their_annual_report_and_not_by_a_stray_6_k() {
    let foreign = company("6-K - 2026-05-01\n20-F 2025-12-31 2026-04-01\n20-F 2024-12-31 2025-04-01");
    insta::assert_snapshot!(outcome(&foreign).await, @"Northwind Toolworks Inc. reports as a foreign private issuer, on Form 20-F (last on 2026-04-01), which is not covered: choose a company that files Form 10-K. Its filings are at https://www.sec.gov/edgar/browse/?CIK=9000001");
    let stray = company(&format!("6-K 2026-04-30 2026-05-01\n{TWO_YEARS}"));
    assert_eq!(outcome(&stray).await, TWO_FOUND);
}

#[tokio::test]
async fn asset_backed_issuers_are_told_by_their_distribution_reports_or_their_industry() {
    let reports = "10-K 2025-12-31 2026-03-20\n10-K 2024-12-31 2025-03-20";
    let by_reports =
        outcome(&company(&format!("10-D 2026-04-15 2026-04-20\nABS-EE - 2026-04-20\n{reports}"))).await;
    let by_industry = outcome(&company(reports).with("sic", json!("6189"))).await;
    assert_eq!(by_reports, by_industry);
    insta::assert_snapshot!(by_reports, @"Northwind Toolworks Inc. issues asset-backed securities, and its Form 10-K has no risk factors, discussion or financial statements to compare: choose another company. Its filings are at https://www.sec.gov/edgar/browse/?CIK=9000001");
}

#[tokio::test]
async fn a_transition_report_is_taken_with_a_word() {
    insta::assert_snapshot!(outcome(&company("10-KT 2025-12-31 2026-02-20\n10-K 2025-06-30 2025-08-21")).await, @"
    Northwind Toolworks Inc. (NWTL)
    10-KT 2025-12-31 10-kt-20260220.htm
    10-K 2025-06-30 10-k-20250821.htm
    The periods of the two reports end 184 days apart: less than a year.
    The newer report is a transition report (10-KT): its period may be shorter than a year.
    ");
}

#[tokio::test]
async fn one_report_is_not_enough() {
    let young = company("10-K 2025-12-31 2026-02-20\nS-1 - 2025-05-05").with(
        "formerNames",
        json!([{"name": "HARBOR ACQUISITION CORP", "from": "2024-01-10T00:00:00.000Z", "to": "2025-08-05T00:00:00.000Z"}]),
    );
    insta::assert_snapshot!(outcome(&young).await, @"Northwind Toolworks Inc. (formerly HARBOR ACQUISITION CORP, until 2025) has filed only one annual report (Form 10-K of 2026-02-20), and a comparison needs two: ask again after the next one, expected about February 2027.");
}

#[tokio::test]
async fn a_new_name_is_told() {
    let renamed = company(TWO_YEARS).with(
        "formerNames",
        json!([{"name": "NORTHWIND TOOLWORKS, INC.", "from": "2025-07-01T00:00:00.000Z", "to": "2026-01-02T00:00:00.000Z"},
            {"name": "OLD LATHE CO", "from": "1999-01-10T00:00:00.000Z", "to": "2025-06-30T00:00:00.000Z"}]),
    );
    let expected = format!(
        "{TWO_FOUND}\nThe older report was filed under the company's former name, OLD LATHE CO (until 2025-06-30)."
    );
    assert_eq!(outcome(&renamed).await, expected);
}

#[tokio::test]
async fn a_report_that_was_filed_twice_counts_once() {
    insta::assert_snapshot!(outcome(&company(&format!("10-K 2025-12-31 2026-03-10\n{TWO_YEARS}"))).await, @"
    Northwind Toolworks Inc. (NWTL)
    10-K 2025-12-31 10-k-20260220.htm
    10-K 2024-12-31 10-k-20250221.htm
    The newer report is compared as first filed; Form 10-K of 2026-03-10 reports on the same period.
    ");
}

/// A document with these Items, long enough to be a report.
fn report_with(items: &[&str]) -> Vec<u8> {
    let headings: Vec<String> = items.iter().map(|item| format!("<h2>Item&#160;{item}.</h2>")).collect();
    let text = "invented ".repeat(5000);
    format!("<html><body>{}<p>{text}</p></body></html>", headings.concat()).into_bytes()
}

/// The list has the amendment of a report that it does not have, with this document.
async fn outcome_of_amendment(amendment: Option<Vec<u8>>) -> String {
    let company =
        company("10-K/A 2025-12-31 2026-04-28\n10-K 2024-12-31 2025-02-21\n10-K 2023-12-31 2024-02-21");
    let mut files = company.files();
    files.extend(amendment.map(|document| (company.document(0), document)));
    outcome_of(files, "9000001").await
}

#[tokio::test]
async fn an_amendment_stands_in_for_a_report_that_is_not_listed_if_it_is_whole() {
    let whole = report_with(&["1", "1A", "2", "3", "5", "7", "8", "9A", "15"]);
    insta::assert_snapshot!(outcome_of_amendment(Some(whole)).await, @"
    Northwind Toolworks Inc. (NWTL)
    10-K/A 2025-12-31 10-ka-20260428.htm
    10-K 2024-12-31 10-k-20250221.htm
    The newer report is an amendment (Form 10-K/A of 2026-04-28) that holds the whole report; the one it amends is not listed.
    ");
    let part = report_with(&["10", "11", "12", "13", "14", "15"]);
    let passed_over = outcome_of_amendment(Some(part)).await;
    assert_eq!(outcome_of_amendment(None).await, passed_over, "its document is not there");
    insta::assert_snapshot!(passed_over, @"
    Northwind Toolworks Inc. (NWTL)
    10-K 2024-12-31 10-k-20250221.htm
    10-K 2023-12-31 10-k-20240221.htm
    Form 10-K/A of 2026-04-28 on the period to 2025-12-31 is passed over: it is a part of a report that is not listed.
    ");
}

#[tokio::test]
async fn a_late_amendment_never_takes_the_place_of_its_original() {
    let company = company(&format!("10-K/A 2024-12-31 2026-04-28\n{TWO_YEARS}"));
    let mut files = company.files();
    files.push((company.document(0), report_with(&["1", "2", "3", "5", "7", "8"])));
    let expected = format!(
        "{TWO_FOUND}\nThe older report is compared as first filed; Form 10-K/A of 2026-04-28 amends it."
    );
    assert_eq!(outcome_of(files, "9000001").await, expected);
}

#[tokio::test]
async fn what_is_no_list_of_filings_is_not_blamed_on_the_user() {
    let blank =
        json!({"recent": {"accessionNumber": ["x"], "filingDate": ["x"], "form": ["x"]}, "files": []});
    for filings in [json!(null), json!({}), json!([]), json!({"recent": null}), json!({"recent": {}}), blank]
    {
        let told = outcome(&company(TWO_YEARS).with("filings", filings.clone())).await;
        assert!(told.starts_with("EDGAR answered in a way that is not understood here"), "{filings}: {told}");
    }
}

#[tokio::test]
async fn nulls_and_odd_types_beside_the_columns_do_no_harm() {
    for member in ["name", "sic", "formerNames", "cik", "addresses", "exchanges", "category"] {
        for odd in [json!(null), json!(7), json!({"a": []}), json!([null, 7, {"name": null}])] {
            let told = outcome(&company(TWO_YEARS).with(member, odd.clone())).await;
            let expected = TWO_FOUND.replace(
                "Northwind Toolworks Inc.",
                if member == "name" { "CIK 9000001" } else { "Northwind Toolworks Inc." },
            );
            assert_eq!(told, expected, "{member}: {odd}");
        }
    }
}

#[cfg(feature = "edgar")]
mod live {
    use wiremock::{
        Mock, MockServer, ResponseTemplate,
        matchers::{any, method, path},
    };

    use super::*;
    use support::server::{edgar, requests};

    const ABSENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>";

    /// A server with these files; what it has not is absent as on EDGAR.
    pub(super) async fn serving(files: Files) -> MockServer {
        let server = MockServer::start().await;
        for (place, bytes) in files {
            let answer = ResponseTemplate::new(200).set_body_bytes(bytes);
            Mock::given(method("GET"))
                .and(path(format!("/{place}")))
                .respond_with(answer)
                .mount(&server)
                .await;
        }
        let absent = ResponseTemplate::new(404).set_body_raw(ABSENT, "application/xml");
        Mock::given(any()).respond_with(absent).with_priority(9).mount(&server).await;
        server
    }

    #[tokio::test]
    async fn a_page_of_older_filings_costs_one_request_each() {
        let mut files = bank().files();
        files.push(ticker_list(&[&bank()]));
        let server = serving(files).await;
        assert_eq!(tell(&edgar(&server), "NWTL").await, TWO_FOUND);
        assert_eq!(requests(&server).await, 1 + 1 + 3, "tickers, filings, and three lists of older ones");
    }

    #[tokio::test]
    async fn a_company_asked_for_by_ticker_costs_two_requests() {
        let company = company(TWO_YEARS);
        let mut files = company.files();
        files.push(ticker_list(&[&company]));
        let server = serving(files).await;
        assert_eq!(tell(&edgar(&server), "NWTL").await, TWO_FOUND);
        assert_eq!(requests(&server).await, 2);
    }

    #[tokio::test]
    async fn a_list_that_edgar_names_and_has_not_is_its_fault() {
        let mut files = bank().files();
        files.retain(|(path, _)| !path.ends_with("-002.json"));
        let server = serving(files).await;
        let told = tell(&edgar(&server), "9000001").await;
        assert!(told.starts_with("EDGAR lists a file of this company that it does not have"), "{told}");
    }
}
