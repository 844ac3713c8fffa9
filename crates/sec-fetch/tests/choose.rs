//! Which two filings are chosen, from lists written as `form period-end filing-date` a line.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use filing_model::{Company, Filing};
use sec_fetch::{FetchError, FilingList, FormerName, Years, choose};

/// The choice in words: both filings, then the notes, or the error and all it says.
fn check(list: &str) -> String {
    check_years(list, None, None)
}

/// Years by their line in the list, counted from 1.
fn check_years(list: &str, newer: Option<usize>, older: Option<usize>) -> String {
    let accession = |line: usize| format!("0009000001-26-{line:06}").parse().unwrap();
    let years = Years { newer: newer.map(accession), older: older.map(accession) };
    check_list(&FilingList::from(filings(list)), &years)
}

fn filings(list: &str) -> Vec<Filing> {
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.enumerate().map(|(line, described)| support::filing(described, line + 1)).collect()
}

fn check_list(list: &FilingList, years: &Years) -> String {
    match choose(&company(), list, years) {
        Ok(pair) => {
            let mut lines = vec![described(&pair.newer), described(&pair.older)];
            lines.extend(pair.notes);
            lines.join("\n")
        }
        Err(error) => format!("{error}"),
    }
}

fn company() -> Company {
    Company { name: "Northwind".into(), cik: None, ticker: None }
}

fn described(filing: &Filing) -> String {
    let period = filing.period_end.map_or("-".to_owned(), |end| end.to_string());
    format!("{} {period} {}", filing.form, filing.filing_date)
}

#[test]
fn the_two_latest_periods_are_taken_whatever_the_order_of_the_list() {
    let chosen = check(
        "10-K 2023-12-30 2024-02-20
         8-K  -          2026-03-01
         10-K 2025-12-27 2026-02-20
         10-K 2024-12-28 2025-02-21",
    );
    assert_eq!(chosen, "10-K 2025-12-27 2026-02-20\n10-K 2024-12-28 2025-02-21");
}

#[test]
fn former_kinds_of_the_form_count() {
    let chosen = check(
        "10-K405 2001-12-31 2002-03-20
         10-KSB  2000-12-31 2001-03-21",
    );
    assert_eq!(chosen, "10-K405 2001-12-31 2002-03-20\n10-KSB 2000-12-31 2001-03-21");
}

#[test]
fn an_amendment_is_named_but_never_taken() {
    insta::assert_snapshot!(check(
        "10-K/A 2025-12-31 2026-04-28
         10-K   2025-12-31 2026-02-20
         10-K/A 2024-12-31 2025-04-29
         10-K   2024-12-31 2025-02-21"
    ), @"
    10-K 2025-12-31 2026-02-20
    10-K 2024-12-31 2025-02-21
    The newer report is compared as first filed; Form 10-K/A of 2026-04-28 amends it.
    The older report is compared as first filed; Form 10-K/A of 2025-04-29 amends it.
    ");
}

#[test]
fn a_report_filed_twice_counts_once() {
    insta::assert_snapshot!(check(
        "10-K 2025-12-31 2026-03-10
         10-K 2025-12-31 2026-02-20
         10-K 2024-12-31 2025-02-21"
    ), @"
    10-K 2025-12-31 2026-02-20
    10-K 2024-12-31 2025-02-21
    The newer report is compared as first filed; Form 10-K of 2026-03-10 reports on the same period.
    ");
}

#[test]
fn a_transition_period_is_noted() {
    insta::assert_snapshot!(check(
        "10-KT 2025-12-31 2026-02-20
         10-K  2025-06-30 2025-08-21"
    ), @"
    10-KT 2025-12-31 2026-02-20
    10-K 2025-06-30 2025-08-21
    The periods of the two reports end 184 days apart: less than a year.
    The newer report is a transition report (10-KT): its period may be shorter than a year.
    ");
}

#[test]
fn a_missing_year_is_noted() {
    insta::assert_snapshot!(check(
        "10-K 2025-12-31 2026-02-20
         10-K 2023-12-31 2024-02-21"
    ), @"
    10-K 2025-12-31 2026-02-20
    10-K 2023-12-31 2024-02-21
    The periods of the two reports end 731 days apart: the reports are not of consecutive years.
    ");
}

#[test]
fn a_fiscal_year_that_was_moved_is_noted() {
    insta::assert_snapshot!(check(
        "10-K 2026-03-31 2026-05-20
         10-K 2024-12-31 2025-02-21"
    ), @"
    10-K 2026-03-31 2026-05-20
    10-K 2024-12-31 2025-02-21
    The periods of the two reports end 455 days apart: more than a year, as when a fiscal year is moved.
    ");
}

#[test]
fn a_transition_period_of_a_month_is_a_period_of_its_own() {
    insta::assert_snapshot!(check(
        "10-K  2026-01-31 2026-03-30
         10-KT 2025-01-31 2025-04-02
         10-K  2025-01-04 2025-03-20"
    ), @"
    10-K 2026-01-31 2026-03-30
    10-KT 2025-01-31 2025-04-02
    The older report is a transition report (10-KT): its period may be shorter than a year.
    ");
}

#[test]
fn a_slip_in_the_date_makes_no_second_year() {
    insta::assert_snapshot!(check(
        "10-K   2025-12-27 2026-03-10
         10-K/A 2025-12-31 2026-04-28
         10-K   2025-12-31 2026-02-20
         10-K   2024-12-31 2025-02-21"
    ), @"
    10-K 2025-12-31 2026-02-20
    10-K 2024-12-31 2025-02-21
    The newer report is compared as first filed; Form 10-K of 2026-03-10 reports on the same period.
    The newer report is compared as first filed; Form 10-K/A of 2026-04-28 amends it.
    ");
}

#[test]
fn an_amendment_without_its_original_is_not_taken_unseen() {
    let list = "10-K/A 2025-12-31 2026-04-28\n10-K 2024-12-31 2025-02-21\n10-K 2023-12-31 2024-02-21";
    assert_eq!(check(list), "10-K 2024-12-31 2025-02-21\n10-K 2023-12-31 2024-02-21");
}

#[test]
fn a_report_that_is_late_is_noted() {
    let late = "NT_10-K 2025-12-31 2026-03-02\n10-K 2024-12-31 2025-02-21\n10-K 2023-12-31 2024-02-21";
    let early = late.replace("2026-03-02", "2024-03-02");
    let last = |list: &str| check(list).lines().last().unwrap().to_owned();
    assert_eq!(
        last(late),
        "The company's next annual report is late, as its Form NT 10-K of 2026-03-02 says."
    );
    assert_eq!(last(&early), "10-K 2023-12-31 2024-02-21");
}

fn formerly(name: &str, until: &str) -> FormerName {
    FormerName { name: name.into(), until: until.parse().ok() }
}

#[test]
fn a_former_name_is_told_where_a_reader_meets_it() {
    let pair = "10-K 2025-12-31 2026-02-20\n10-K 2024-12-31 2025-02-21";
    let last = |former_names| {
        let list = FilingList { filings: filings(pair), former_names, industry: None };
        check_list(&list, &Years::default()).lines().last().unwrap().to_owned()
    };
    insta::assert_snapshot!(
        last(vec![formerly("SOUTHWIND CORP", "2025-10-27"), formerly("BREEZE INC", "2019-01-01")]),
        @"The older report was filed under the company's former name, SOUTHWIND CORP (until 2025-10-27)."
    );
    insta::assert_snapshot!(
        last(vec![formerly("SOUTHWIND CORP", "2026-10-27"), formerly("BREEZE INC", "2026-05-01")]),
        @"Both reports were filed under the company's former name, BREEZE INC (until 2026-05-01)."
    );
    assert_eq!(last(vec![formerly("BREEZE INC", "2019-01-01")]), "10-K 2024-12-31 2025-02-21");
}

#[test]
fn a_refusal_tells_the_name_that_a_company_had_until_lately() {
    let refused = |until: &str| {
        let former_names = vec![formerly("HARBOR ACQUISITION CORP", until)];
        let list =
            FilingList { filings: filings("10-K 2025-12-31 2026-02-20"), former_names, industry: None };
        check_list(&list, &Years::default())
    };
    assert_eq!(
        refused("2025-06-30"),
        "Northwind (formerly HARBOR ACQUISITION CORP, until 2025) has filed only one annual report (10-K of 2026-02-20)"
    );
    assert_eq!(refused("2005-06-30"), "Northwind has filed only one annual report (10-K of 2026-02-20)");
}

#[test]
fn years_of_52_and_53_weeks_are_years() {
    for older in ["2024-12-14", "2025-01-15"] {
        let chosen = check(&format!("10-K 2025-12-31 2026-02-20\n10-K {older} 2025-02-21"));
        let notes = chosen.lines().count() - 2;
        let days_apart_is_odd = older == "2024-12-14";
        assert_eq!(notes, usize::from(days_apart_is_odd), "{chosen}");
    }
}

#[test]
fn filings_without_a_period_are_placed_by_their_date() {
    let chosen = check(
        "10-K - 1996-03-28
         10-K - 1997-03-27",
    );
    assert_eq!(chosen, "10-K - 1997-03-27\n10-K - 1996-03-28");
}

#[test]
fn one_annual_report_is_not_enough() {
    let list = "10-K/A 2025-12-31 2026-04-28\n10-K 2025-12-31 2026-02-20\n20-F 2024-12-31 2025-04-01";
    assert_eq!(check(list), "Northwind has filed only one annual report (10-K of 2026-02-20)");
}

#[test]
fn the_next_report_is_expected_a_year_after_the_only_one() {
    for (only, expected) in [
        ("10-K 2025-12-31 2026-02-20", "2027-02-20"),
        ("10-K 2024-02-29 2024-05-01", "2025-05-01"),
        ("10-K - 2026-02-20", "2027-02-20"),
    ] {
        assert_eq!(next_expected(only).as_deref(), Some(expected), "{only}");
    }
}

fn next_expected(list: &str) -> Option<String> {
    let refused = choose(&company(), &filings(list).into(), &Years::default());
    let Err(FetchError::OnlyOneAnnualReport { next_expected, .. }) = refused else { panic!("{refused:?}") };
    next_expected.map(|date| date.to_string())
}

#[test]
fn nothing_is_expected_of_a_company_that_stopped_reporting() {
    let only = "10-K 2020-12-31 2021-03-01";
    assert_eq!(next_expected(&format!("15-12G - 2021-06-30\n{only}")), None);
    assert_eq!(next_expected(&format!("SC-13G - 2023-02-10\n{only}")), None, "the day has passed");
    assert_eq!(next_expected(&format!("{only}\n15-12G - 2009-06-30")).as_deref(), Some("2022-03-01"));
}

#[test]
fn foreign_private_issuers_are_told_apart() {
    let foreign =
        "Northwind is a foreign private issuer: its annual report is on Form 20-F (filed 2026-04-01)";
    assert_eq!(check("6-K - 2026-05-01\n20-F 2025-12-31 2026-04-01\n20-F 2024-12-31 2025-04-01"), foreign);
    assert_eq!(check("20-F 2025-12-31 2026-04-01\n10-K 2024-12-31 2025-02-21"), foreign);
    assert_eq!(check("6-K - 2026-05-01\n8-K - 2026-04-01"), "Northwind has filed no annual report");
    insta::assert_snapshot!(check(
        "20-F 2025-12-31 2026-04-01
         10-K 2024-12-31 2025-02-21
         10-K 2023-12-31 2024-02-21"
    ), @"
    10-K 2024-12-31 2025-02-21
    10-K 2023-12-31 2024-02-21
    The company has since reported as a foreign private issuer on Form 20-F of 2026-04-01, which is not covered.
    ");
}

#[test]
fn asset_backed_issuers_are_told_apart() {
    let trust = "10-D - 2026-03-15\n10-K 2025-12-31 2026-03-20\n10-K 2024-12-31 2025-03-20";
    assert_eq!(check(trust), "Northwind is an asset-backed issuer");
    let lender = format!("{trust}\n10-Q 2025-09-30 2025-11-01");
    assert_eq!(check(&lender).lines().count(), 2);
    let by_industry = |list: &str| {
        let list =
            FilingList { filings: filings(list), industry: Some("6189".into()), ..FilingList::default() };
        check_list(&list, &Years::default())
    };
    assert_eq!(by_industry("10-K 2005-12-31 2006-03-20"), "Northwind is an asset-backed issuer");
    assert_eq!(by_industry("8-K - 2006-03-20"), "Northwind has filed no annual report");
}

#[test]
fn no_filings_at_all_are_no_annual_report() {
    assert_eq!(check(""), "Northwind has filed no annual report");
}

const YEARS: &str = "10-K/A 2025-12-31 2026-04-28
    10-K 2025-12-31 2026-02-20
    10-Q 2025-09-30 2025-11-01
    10-K 2024-12-31 2025-02-21
    10-K 2023-12-31 2024-02-21";

#[test]
fn years_chosen_by_hand_are_kept() {
    let both =
        |newer, older| check_years(YEARS, newer, older).lines().take(2).collect::<Vec<_>>().join(" > ");
    assert_eq!(both(Some(4), Some(5)), "10-K 2024-12-31 2025-02-21 > 10-K 2023-12-31 2024-02-21");
    assert_eq!(both(Some(4), None), "10-K 2024-12-31 2025-02-21 > 10-K 2023-12-31 2024-02-21");
    assert_eq!(both(None, Some(5)), "10-K 2025-12-31 2026-02-20 > 10-K 2023-12-31 2024-02-21");
    assert_eq!(both(Some(1), Some(4)), "10-K/A 2025-12-31 2026-04-28 > 10-K 2024-12-31 2025-02-21");
}

#[test]
fn odd_choices_by_hand_are_refused() {
    let cases = [
        (Some(9), None, "the company has no filing 0009000001-26-000009"),
        (Some(3), None, "filing 0009000001-26-000003 is a 10-Q, not an annual report"),
        (Some(2), Some(2), "both filings report on the same year"),
        (Some(1), Some(2), "both filings report on the same year"),
        (
            Some(5),
            Some(4),
            "filing 0009000001-26-000004 was to be the older one, but its period ends after that of 0009000001-26-000005",
        ),
        (Some(5), None, "no annual report to compare with 0009000001-26-000005"),
        (None, Some(2), "no annual report to compare with 0009000001-26-000002"),
    ];
    for (newer, older, expected) in cases {
        assert_eq!(check_years(YEARS, newer, older), expected);
    }
}
