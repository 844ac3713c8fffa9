//! A report whose every text is an attack.

#![allow(dead_code, reason = "shared by several tests, none of which uses all of it")]
#![allow(clippy::assigning_clones, reason = "texts are replaced, not reused")]

use filing_model::{Company, Finding, Report};
use report_view::HistoryPoint;

use crate::sample;

/// Says so wherever it runs: `ran` is looked for by the browser tests.
const ATTACK: &str = r#"</style></script></title><script>window.ran=1;alert(1)</script><img src=x onerror="window.ran=2"><svg onload="window.ran=3"><iframe srcdoc="<script>parent.ran=4</script>"></iframe><evil onload="x"> ' " javascript:alert(1) ]]>-->&lt;evil2&gt;&#60;evil4&#62; | <evil3>"#;

/// The sample with every text that is not ours replaced by an attack.
pub(crate) fn report() -> Report {
    let mut report = sample::report();
    report.company.name = ATTACK.to_owned();
    report.report_id = ATTACK.to_owned();
    report.disclaimer = ATTACK.to_owned();
    report.notes = vec![ATTACK.to_owned()];
    report.newer.url = Some("javascript:alert(1)//sec.gov".to_owned());
    report.older.url = Some(r#"https://www.sec.gov/"onclick="alert(1)"#.to_owned());
    report.newer.form = Some(ATTACK.into());
    for section in &mut report.sections {
        section.title = ATTACK.to_owned();
        section.not_compared = section.not_compared.take().map(|_| ATTACK.to_owned());
        for heading in &mut section.headings {
            heading.title = ATTACK.to_owned();
        }
        for text in section.unchanged.iter_mut().flat_map(|run| &mut run.text) {
            *text = ATTACK.to_owned();
        }
        for change in &mut section.changes {
            change.id = format!("\"><{}", change.id);
            change.figures = change.figures.iter().map(|_| [ATTACK.to_owned(), ATTACK.to_owned()]).collect();
            for passage in [&mut change.older, &mut change.newer].into_iter().flatten() {
                passage.text = format!("{ATTACK}\n\n{}", passage.text);
            }
            for (_, text) in &mut change.edits {
                text.push_str(ATTACK);
            }
        }
    }
    for signal in &mut report.signals {
        signal.statement = ATTACK.to_owned();
        signal.older = Some(ATTACK.to_owned());
        signal.change_id = Some(ATTACK.to_owned());
    }
    report.analysis.executive_summary = format!("- **{ATTACK}**\n\n[x](javascript:alert(1)) {ATTACK}");
    report.analysis.summaries = [("Item 1A".to_owned(), ATTACK.to_owned())].into();
    report.analysis.findings.iter_mut().for_each(attack_finding);
    report.analysis.degraded = Some(ATTACK.to_owned());
    report.analysis.model = Some(ATTACK.to_owned());
    report.analysis.not_sent_words.by_item = [(ATTACK.to_owned(), 1)].into();
    report.quality.findings[0].statement = ATTACK.to_owned();
    report
}

fn attack_finding(finding: &mut Finding) {
    finding.statement = "<script>alert(1)</script>".to_owned();
    for quote in &mut finding.quotes {
        quote.text = "\"><evil onmouseover=alert(1)>".to_owned();
        quote.change_id = quote.change_id.take().map(|id| format!("\"><{id}"));
    }
}

/// The history of such a company.
pub(crate) fn history() -> (Company, Vec<HistoryPoint>) {
    let report = report();
    let mut point = HistoryPoint::of(&report).with_page("/\"><img src=x onerror=alert(1)>");
    point.items[0].not_compared = Some(ATTACK.to_owned());
    (report.company, vec![point])
}
