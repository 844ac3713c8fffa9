//! Whatever the bytes are, the extraction ends, and what it says fits together.

use std::{fs, path::PathBuf};

use filing_model::Document;
use proptest::prelude::*;

/// A fixture of this size can be cut at every byte.
const SMALL: usize = 3_000;
/// More than any parser that looks back over everything would finish.
const LONG: usize = 5_000_000;

fn read(bytes: impl Into<Vec<u8>>) {
    testkit::assert_consistent(&section_extract::sections(&Document::new("a.htm", bytes)));
}

fn fixtures() -> Vec<PathBuf> {
    let entries = fs::read_dir(testkit::fixtures().join("html")).expect("the fixtures");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

#[test]
fn a_fixture_may_end_at_every_byte() {
    for path in fixtures() {
        let bytes = fs::read(&path).expect("a fixture");
        if bytes.len() > SMALL {
            continue;
        }
        println!("{}", path.display());
        for end in 0..=bytes.len() {
            read(&bytes[..end]);
        }
    }
}

#[test]
fn a_fixture_may_begin_at_every_byte() {
    for path in fixtures() {
        let bytes = fs::read(&path).expect("a fixture");
        if bytes.len() <= SMALL {
            println!("{}", path.display());
            (0..bytes.len()).step_by(3).for_each(|start| read(&bytes[start..]));
        }
    }
}

#[test]
fn a_character_of_several_bytes_may_stand_anywhere_in_a_heading() {
    for length in 0..200 {
        read(format!("<html><p><b>Item 2. {}’’ Properties</b></p><p>None.</p>", "a".repeat(length)));
        read(format!("Item 2. {}’’\n\nNone.", "a ".repeat(length)));
    }
}

#[test]
fn megabytes_of_the_same_finish() {
    let pieces = [
        "<div>",
        "<table><tr><td>",
        "<table>",
        "<b><p>",
        "</div>",
        "<a href=\"#a\" name=a>",
        "<ix:nonNumeric name=\"dei:A\">",
        "<font style=\"font-size:1pt;color:#fff\">",
        "<",
        "<!--",
        "<!",
        "&",
        "&#",
        "&amp",
        "\u{ad}",
        "<p a=\"",
        "<p>Item 1. Business</p>",
        "Item 1. Business\n",
        "<p>Item 1A. Risk Factors</p><p>Some words that fill a line of this paragraph.</p>",
        "<p><b>Sub-heading</b></p><p>17</p><hr>",
        "<PAGE>\n",
        "<DOCUMENT><TYPE>10-K<TEXT>",
        "a   b   1\n",
        "a ",
        "a",
        "\n",
        "\0",
        "\u{2014}",
    ];
    for piece in pieces {
        println!("{piece:?}");
        // With a little HTML around, so that it is read as such, and alone, which may be plain text.
        read(format!("<html><body><p>Item 1. Business</p>{}", piece.repeat(LONG / piece.len())));
        read(piece.repeat(LONG / piece.len()));
    }
}

/// Tags, texts and breaks of which documents consist, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let names = prop_oneof![
        Just("p"),
        Just("div"),
        Just("span"),
        Just("b"),
        Just("table"),
        Just("tr"),
        Just("td"),
        Just("a"),
        Just("li"),
        Just("font"),
        Just("center"),
        Just("script"),
        Just("ix:header"),
        Just("ix:nonNumeric"),
        Just("h1"),
        Just("TITLE"),
        Just("style"),
        Just("sup"),
    ];
    let attributes = prop_oneof![
        4 => Just(""),
        1 => Just(" style=\"font-weight:bold;text-align:center\""),
        1 => Just(" style=\"display:none\""),
        1 => Just(" style=\"page-break-after:always\""),
        1 => Just(" href=\"#x\""),
        1 => Just(" id=x"),
        1 => Just(" name='dei:AuditorName'"),
        1 => Just(" color=white"),
    ];
    let item = (0..23_usize).prop_map(|at| filing_model::Item::ALL[at]);
    let text = prop_oneof![
        item.clone().prop_map(|item| format!("Item {item}. {}", item.title())),
        item.clone().prop_map(|item| format!("ITEM {item}")),
        item.prop_map(|item| format!("see Item {item}, “{}”", item.title())),
        "[a-zA-Z0-9 .,;&$%()’—\u{a0}\u{ad}é]{0,60}",
        Just("None.".to_owned()),
        Just("12".to_owned()),
        Just("PART II".to_owned()),
        Just("SIGNATURES".to_owned()),
        Just("TABLE OF CONTENTS".to_owned()),
        Just("incorporated by reference to our proxy statement".to_owned()),
    ];
    prop_oneof![
        3 => (names.clone(), attributes).prop_map(|(name, attributes)| format!("<{name}{attributes}>")),
        3 => names.prop_map(|name| format!("</{name}>")),
        5 => text,
        1 => prop_oneof![Just("<br>"), Just("<hr>"), Just("\n"), Just("<!-- "), Just(" -->"), Just("<PAGE>\n"), Just("<")]
            .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tags_may_nest_at_random(pieces in prop::collection::vec(pieces(), 0..200)) {
        read(pieces.concat());
        read(format!("<html>{}", pieces.concat()));
    }

    #[test]
    fn bytes_may_be_anything(bytes in prop::collection::vec(any::<u8>(), 0..4_000)) {
        read(bytes);
    }

    #[test]
    fn bytes_may_be_damaged_anywhere(
        fixture in any::<prop::sample::Index>(),
        damages in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let fixtures = fixtures();
        let mut bytes = fs::read(fixture.get(&fixtures)).expect("a fixture");
        for (at, byte) in damages {
            *at.get_mut(&mut bytes) = byte;
        }
        read(bytes);
    }
}
