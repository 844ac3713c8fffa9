//! The Markdown as a whole.

mod sample;

#[test]
fn a_report() {
    insta::assert_snapshot!(report_view::markdown(&sample::report()));
}

#[test]
fn a_report_of_no_change() {
    insta::assert_snapshot!(report_view::markdown(&sample::unchanged()));
}

#[test]
fn filing_text_is_no_markup() {
    let mut report = sample::report();
    report.company.name = "[x](javascript:alert(1)) <img> `code`".to_owned();
    report.analysis.findings[0].quotes[0].text = "# no heading\n\n- no list | no cell @someone".to_owned();
    report.newer.url = Some("https://evil.example/".to_owned());
    let text = report_view::markdown(&report);
    assert!(text.contains(r"\[x\](javascript:alert(1)) \<img\> \`code\`:"), "{text}");
    assert!(text.contains(r"> “\# no heading - no list \| no cell &#64;someone”"), "{text}");
    assert!(!text.contains("evil.example"));
}
