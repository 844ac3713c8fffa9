//! The tables, read back by a CSV reader: whole, of one width, and with nothing that a spreadsheet runs.

#![allow(clippy::unwrap_used, reason = "a table that cannot be read fails the test")]

mod sample;

use csv::StringRecord;

fn read(table: &str) -> (StringRecord, Vec<StringRecord>) {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let head = reader.headers().unwrap().clone();
    (head, reader.records().map(Result::unwrap).collect())
}

fn column(head: &StringRecord, name: &str) -> usize {
    head.iter().position(|column| column == name).unwrap()
}

#[test]
fn every_change_is_a_row_with_both_texts_in_full() {
    let report = sample::report();
    let (head, rows) = read(&report_view::changes_csv(&report));
    let [id, older, newer] = ["change", "older", "newer"].map(|name| column(&head, name));
    let changes: Vec<_> = report.sections.iter().flat_map(|section| &section.changes).collect();
    assert_eq!(rows.len(), changes.len());
    for (row, change) in rows.iter().zip(changes) {
        assert_eq!(row[id], *change.id);
        for (at, passage) in [(older, &change.older), (newer, &change.newer)] {
            assert_eq!(row[at], *passage.as_ref().map_or("", |passage| passage.text.as_str()));
        }
    }
}

#[test]
fn words_of_the_rows_add_up_to_those_of_the_item() {
    let report = sample::report();
    let (head, rows) = read(&report_view::changes_csv(&report));
    let [item, kind, added] = ["item", "kind", "words_added"].map(|name| column(&head, name));
    let section = report.sections.iter().find(|section| section.item.number() == "7").unwrap();
    let sum: usize = rows
        .iter()
        .filter(|row| row[item] == *"7" && row[kind] != *"moved")
        .map(|row| row[added].parse::<usize>().unwrap())
        .sum();
    assert_eq!(sum, section.words.added);
}

#[test]
fn every_item_has_its_similarities_or_the_reason_why_not() {
    let report = sample::report();
    let (head, rows) = read(&report_view::similarities_csv(&report));
    assert_eq!(rows.len(), report.sections.len());
    let [cosine, reason, kept] = ["cosine", "not_compared", "share_kept"].map(|name| column(&head, name));
    for row in &rows {
        assert_eq!(row[cosine].is_empty(), !row[reason].is_empty(), "{row:?}");
        assert_eq!(row[cosine].is_empty(), row[kept].is_empty(), "{row:?}");
    }
    assert_eq!(rows[0][cosine], *"0.9700");
}

#[test]
fn lines_end_as_the_rfc_says_and_quotes_are_doubled() {
    let mut report = sample::report();
    report.company.name = "Say \"hello\", Inc.".to_owned();
    let table = report_view::similarities_csv(&report);
    assert!(table.ends_with("\r\n"));
    assert!(table.contains("\r\n\"Say \"\"hello\"\", Inc.\",NWND,2024-12-28,2025-12-27,"), "{table}");
}

#[test]
fn no_text_of_a_filing_becomes_a_formula() {
    let mut report = sample::report();
    report.company.name = "=cmd|' /C calc'!A0".to_owned();
    for section in &mut report.sections {
        section.title = "@SUM(A1:A9)".to_owned();
        section.not_compared = section.not_compared.take().map(|_| "+1+1".to_owned());
        for change in &mut section.changes {
            change.id = "-1+1".to_owned();
            change.heading = Some("\t=1".to_owned());
            change.figures = vec![["=1".to_owned(), "2".to_owned()]];
            for passage in [&mut change.older, &mut change.newer].into_iter().flatten() {
                passage.text = "=HYPERLINK(\"https://evil.example\",\"x\")\n\ny".to_owned();
            }
        }
    }
    for table in [report_view::changes_csv(&report), report_view::similarities_csv(&report)] {
        for cell in read(&table).1.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
        }
    }
}
