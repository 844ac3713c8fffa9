//! Inputs that once went wrong, as small as they could be made; docs/FUZZING.md tells how they are found.

#![allow(clippy::format_collect, clippy::format_push_string, reason = "inputs read best as they are written")]

use std::fmt::Write as _;

use filing_model::{Document, Extraction, Item};

/// So many bytes of the same took minutes, or all memory, when something looked at all of them for each of them.
const LONG: usize = 2_000_000;

fn read(bytes: impl Into<Vec<u8>>) -> Extraction {
    let extraction = section_extract::sections(&Document::new("a.htm", bytes));
    testkit::assert_consistent(&extraction);
    extraction
}

#[test]
fn a_fact_of_the_hidden_header_has_no_nul() {
    let extraction = read("<html><ix:header><ix:nonNumeric name=\"dei:DocumentType\">10-\0K</ix:nonNumeric>");
    assert_eq!(extraction.cover.get("DocumentType"), Some("10- K"));
    let extraction = read("<html><ix:header><ix:nonNumeric name=\"dei:Docu\0ment\">10-K</ix:nonNumeric>");
    assert!(extraction.cover.0.is_empty());
}

#[test]
fn a_dimension_of_a_context_is_no_fact() {
    let extraction = read(
        "<html><ix:header><xbrldi:explicitMember dimension=\"dei:LegalEntityAxis\">a:B</xbrldi:explicitMember>\
         <ix:nonNumeric name=\"dei:AuditorName\">A &amp; B</ix:nonNumeric></ix:header>",
    );
    assert_eq!(extraction.cover.0.into_iter().collect::<Vec<_>>(), [("AuditorName".into(), "A & B".into())]);
}

#[test]
fn a_blank_of_another_script_is_a_blank() {
    let extraction =
        read("<html><p>Item 1. Business</p><table><tr><td>a<td>b<tr><td>\u{1680}<tr><td>c<td>d</table>");
    assert_eq!(extraction.items[&Item::I1].text, "a | b\nc | d");
}

#[test]
fn a_note_of_an_index_begins_with_its_first_word() {
    let items = ["1", "1A", "1B", "2", "3", "4", "5", "6", "7", "7A"];
    let lines = items.map(|item| format!("<tr><td>Item {item}.</td><td>Its caption</td><td>(a)</td></tr>"));
    let extraction = read(format!(
        "<html><p>Cross-reference index</p><table>{}</table><p>(a)<br>See the proxy statement.</p>",
        lines.concat()
    ));
    assert_eq!(extraction.items[&Item::I3].text, "See the proxy statement.");
}

#[test]
fn repeated_mark_up_finishes() {
    for piece in ["<script>", "<svg></sv", "<a \">", "&a ", "<p style=\"a\">b", "<li>•<td>x"] {
        println!("{piece:?}");
        read(long("<html>", piece));
    }
    let headers = "<html><ix:header>";
    for piece in ["name=\"dei:\">", "name=\"dei:A\">", "name=\"dei:A", "name=\"dei:A\">b</ix:c>"] {
        println!("{piece:?}");
        read(long(headers, piece));
    }
    read(long("<html>", "<ix:nonNumeric name=\"dei:A\">b c "));
    read(long("<html><table><tr>", "<td>)"));
    read(long("<html><p>Item 1. Business</p><table><tr><td>", &format!("<p>{}</p>", "words ".repeat(25))));
}

#[test]
fn a_link_that_nobody_closes_is_kept_once() {
    read(long(&format!("<html><a href=\"#{}\">", "b".repeat(LONG)), "<p>a"));
}

#[test]
fn repeated_labels_finish() {
    for piece in ["Item 1.<br>", "Item 1 (<br>", "Item 1,<br>", "Item 1 7<br>", "item 1 – the<br>"] {
        println!("{piece:?}");
        read(long("<html><p>", piece));
        // The caption may stand in the next paragraph: it is looked for there each time.
        read(format!("{}<p>{}", long("<html><p>", piece), "|".repeat(LONG)));
    }
    for piece in ["<hr><p>Part II, Item 7</p>", "<p>Item 7</p><p>12</p><hr>", "<p>Item 1A. Risk Factors</p>"]
    {
        println!("{piece:?}");
        read(format!("{}<p>{}", long("<html>", piece), "|".repeat(LONG)));
    }
}

#[test]
fn entries_of_contents_that_lead_to_one_place_finish() {
    let contents = long("<html><table>", "<tr><td><a href=\"#z\">Item 1.</a></td><td>3</td></tr>");
    read(format!("{contents}</table><a name=z></a><p>{}", long("", "Item 1.<br>")));
}

#[test]
fn a_sentence_over_many_pages_finishes() {
    read(long("<html><p><b>Item 1. Business</b></p><p>It goes on", "<p>and on</p><hr>"));
    let words = "a".repeat(LONG);
    read(long(&format!("<html><p><b>Item 1. Business</b></p><p>{words}"), "<p>Xyz and</p><hr>"));
}

#[test]
fn statements_that_begin_again_and_again_finish() {
    let pointer =
        "<html><p>Item 8. Financial Statements</p><p>See Item 15.</p><p>Item 15. Exhibits</p><p>List.</p>";
    read(long(pointer, "<p>Consolidated balance sheets</p>"));
}

#[test]
fn an_index_takes_no_page_twice() {
    let names = long("<html>", "<p>cross-reference index</p>");
    read(format!("{names}{}", long("<p>x</p>", "<p>Item 1. Business</p>")));
    let texts = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight"];
    let mut pages = String::new();
    for (text, page) in texts.iter().zip(1..) {
        let _ = write!(pages, "<p>{text}.</p><p>{page}</p><hr>");
    }
    let line = "<tr><td>Item 1.</td><td>Business</td><td>1-8</td></tr>";
    read(long(&format!("<html>{pages}<p>Cross-reference index</p><table>"), line));
    let lines = line.repeat(20);
    let ranges = long("<tr><td>Item 2.</td><td>Properties</td><td>", "1-8, ");
    let extraction =
        read(format!("<html>{pages}<p>Cross-reference index</p><table>{lines}{ranges}</td></tr></table>"));
    assert_eq!(extraction.items[&Item::I2].words, texts.len());
}

#[test]
fn as_many_looks_of_headings_as_there_may_be_finish() {
    let mut looks = String::from("<html><p><b>Item 1. Business</b></p>");
    for half_points in 4..255_u32 {
        for (tag, words) in [("b", "Words"), ("i", "Words"), ("u", "Words"), ("b", "WORDS"), ("i", "WORDS")] {
            let points = f64::from(half_points) / 2.0;
            let _ = write!(looks, "<p style=\"font-size:{points}pt\"><{tag}>{words}</{tag}></p>");
        }
    }
    let section = &read(long(&looks, "<p><u>WORDS</u></p>")).items[&Item::I1];
    assert!(section.headings.iter().all(|heading| heading.level <= 6));
}

/// The start, then a piece over and over.
fn long(start: &str, piece: &str) -> String {
    start.to_owned() + &piece.repeat(LONG / piece.len())
}
