//! The page of a company's history: its figures, its lines, and that nothing of a filing becomes markup.

mod sample;
mod tags;

use filing_model::{Company, Report};
use jiff::civil::date;
use report_view::HistoryPoint;

use self::tags::Tags;

/// The sample as if it were of another fiscal year, with another similarity.
fn of_year(year: i16, similarity: f64) -> Report {
    let mut report = sample::report();
    report.newer.period_end = Some(date(year, 12, 27));
    report.older.period_end = Some(date(year - 1, 12, 28));
    for section in &mut report.sections {
        if let Some(value) = &mut section.similarity {
            value.min_edit = similarity;
        }
    }
    report
}

fn points(years: &[(i16, f64)]) -> Vec<HistoryPoint> {
    years.iter().map(|&(year, similarity)| HistoryPoint::of(&of_year(year, similarity))).collect()
}

fn company() -> Company {
    sample::report().company
}

#[test]
fn a_point_is_read_from_the_json_of_its_report() {
    let report = sample::report();
    let json = serde_json::to_string(&report).unwrap();
    let point: HistoryPoint = serde_json::from_str(&json).unwrap();
    assert_eq!(point, HistoryPoint::of(&report));
}

#[test]
fn outline() {
    let page = report_view::history_html(&company(), &points(&[(2024, 0.91), (2025, 0.87)]));
    insta::assert_snapshot!(Tags::of(&page).outline(), @"
    h1 Northwind Instruments, Inc.
    + Display
    + Contents
    h2 Items over the years
    h2 Reports compared
    h2 Item 1A Risk Factors
    h2 Item 2 Properties
    h2 Item 3 Legal Proceedings
    h2 Item 7 Management’s Discussion and Analysis of Financial Condition and Results of
    h2 Item 9 Changes in and Disagreements With Accountants on Accounting and Financial
    h2 How to read this
    ");
}

#[test]
fn years_are_in_order_and_the_table_has_the_newest_first() {
    let page = report_view::history_html(&company(), &points(&[(2025, 0.75), (2023, 0.81), (2024, 0.62)]));
    let table = &page[page.find("id=\"i-1A\"").unwrap()..];
    let values: Vec<usize> = ["0.750", "0.620", "0.810"]
        .map(|value| table.find(&format!("<td class=\"r me\">{value}</td>")).unwrap())
        .into();
    assert!(values.is_sorted());
    assert!(page.contains("fiscal 2023 to fiscal 2025"));
}

#[test]
fn a_line_is_open_where_a_year_is_missing() {
    let joined = |years: &[(i16, f64)]| {
        let page = report_view::history_html(&company(), &points(years));
        let item = &page[page.find("id=\"i-1A\"").unwrap()..page.find("id=\"i-2\"").unwrap()];
        (item.matches("<line class=\"kept\"").count() / 4, item.matches("<circle").count() / 4)
    };
    assert_eq!(joined(&[(2023, 0.9), (2024, 0.9), (2025, 0.9)]), (2, 3));
    assert_eq!(joined(&[(2022, 0.9), (2024, 0.9), (2025, 0.9)]), (1, 3));
    assert_eq!(joined(&[(2025, 0.9)]), (0, 1));
}

#[test]
fn an_item_that_was_not_compared_says_why_in_its_year() {
    let mut points = points(&[(2024, 0.9), (2025, 0.9)]);
    let item = &mut points[0].items[0];
    item.not_compared = Some("The older filing refers to Exhibit 13.".to_owned());
    item.similarity = None;
    let page = report_view::history_html(&company(), &points);
    assert!(page.contains("The older filing refers to Exhibit 13."));
}

#[test]
fn years_link_to_pages_of_the_same_server_only() {
    let hrefs = |path: &str| {
        let point = HistoryPoint::of(&sample::report()).with_page(path);
        let page = report_view::history_html(&company(), &[point]);
        Tags::of(&page)
            .attributes("href")
            .filter(|href| !href.starts_with('#'))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let linked = hrefs("/reports/5f1c.html");
    assert!(linked.contains(&"/reports/5f1c.html".to_owned()));
    assert!(linked.contains(&"/reports/5f1c.html#i-1A".to_owned()));
    for path in ["javascript:alert(1)", "//evil.example/", "https://evil.example/", "/\\evil.example/"] {
        assert!(hrefs(path).iter().all(|href| href.starts_with("https://www.sec.gov/")), "{path}");
    }
}

#[test]
fn odd_figures_and_no_points_make_a_page() {
    let mut odd = points(&[(2025, f64::NAN)]);
    odd[0].newer.period_end = None;
    let many: Vec<_> = (1..=60).map(|_| odd[0].clone()).collect();
    let far = points(&[(-3000, 0.5), (3000, -7.0)]);
    for points in [Vec::new(), odd, many, far] {
        let page = report_view::history_html(&company(), &points);
        let tags = Tags::of(&page);
        tags.assert_balanced();
        assert!(!page.contains("NaN") && !page.contains("inf%"));
    }
}

#[test]
fn names_and_reasons_stay_text_and_nothing_runs() {
    const ATTACK: &str = "</style><script>alert(1)</script><evil onload=\"x\">'";
    let mut points = points(&[(2024, 0.9), (2025, 0.9)]);
    points[0].items[0].not_compared = Some(ATTACK.to_owned());
    points[0].newer.url = Some("javascript:alert(1)//sec.gov".to_owned());
    points[1].page = Some("/\"><evil>".to_owned());
    let company = Company { name: ATTACK.to_owned(), ..company() };
    let page = report_view::history_html(&company, &points);
    let tags = Tags::of(&page);
    tags.assert_balanced();
    assert_eq!(tags.count("script") + tags.count("evil"), 0);
    assert_eq!(tags.attribute_names().find(|name| name.starts_with("on")), None);
    assert_eq!(tags.attributes("style").count() + tags.attributes("src").count(), 0);
    for target in tags.attributes("href").filter_map(|href| href.strip_prefix('#')) {
        assert!(tags.attributes("id").any(|id| id == target), "no target for #{target}");
    }
}
