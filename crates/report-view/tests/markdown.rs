//! The Markdown as a whole.

#![allow(clippy::unwrap_used, reason = "made by hand")]

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
fn text_that_stands_in_another_item_is_told() {
    let mut report = sample::report();
    let cited = report.analysis.findings[0].quotes[0].change_id.clone();
    for section in &mut report.sections {
        let change = section.changes.iter_mut().find(|change| Some(&change.id) == cited.as_ref());
        if let Some(change) = change {
            change.elsewhere = Some(filing_model::Item::I7);
        }
    }
    let legal = report.sections.iter_mut().find(|section| section.item == filing_model::Item::I3).unwrap();
    let mut gone = legal.changes[1].clone();
    (gone.older, gone.newer) = (gone.newer.take(), None);
    gone.elsewhere = Some(filing_model::Item::I8);
    legal.changes.extend([gone.clone(), gone]);
    let text = report_view::markdown(&report);
    let told: Vec<&str> = text.lines().filter(|line| line.contains("the same words")).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
       > “the Audit Committee dismissed Harlow & Pike LLP, which had served as our independent registered public accounting firm since 2011” (Item 9, change 2, newer filing) Item 7 of the older filing has the same words.
    - Item 3: 2 passages, gone there, stand in Item 8 of the newer filing in the same words.
    - Item 9: 1 passage, new there, stands in Item 7 of the older filing in the same words.
    ");
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
