//! One small document for each peculiarity of mark-up, and what is read of it.

use std::fmt::Write as _;

use filing_model::Extraction;

#[test]
fn every_peculiarity() {
    insta::glob!("../../../fixtures", "html/*.{html,txt}", |path| {
        let document = testkit::document(path).expect("a fixture");
        insta::assert_snapshot!(told(&section_extract::sections(&document)));
    });
}

/// The outline, and below it what only some documents have: reasons, sub-headings, facts and notes.
fn told(extraction: &Extraction) -> String {
    let mut lines = testkit::outline(extraction);
    for (item, section) in &extraction.items {
        if let Some(reason) = &section.reason {
            let _ = writeln!(lines, "{item} reason: {reason}");
        }
        // The statements of a fixture have more headings than a reviewer needs.
        for heading in section.headings.iter().take(6) {
            let _ = writeln!(lines, "{item} heading {}: {}", heading.level, heading.title);
        }
    }
    let cover = [
        ("form", extraction.form.as_ref().map(ToString::to_string)),
        ("period end", extraction.period_end.map(|date| date.to_string())),
        ("company", extraction.company.clone()),
    ];
    for (name, value) in cover {
        if let Some(value) = value {
            let _ = writeln!(lines, "{name}: {value}");
        }
    }
    for (name, value) in &extraction.cover.0 {
        let _ = writeln!(lines, "{name}: {value}");
    }
    for note in &extraction.notes {
        let _ = writeln!(lines, "note: {note}");
    }
    lines
}
