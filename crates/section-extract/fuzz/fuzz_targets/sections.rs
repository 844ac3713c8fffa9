//! Any bytes are a document: no panic, no hang, and an answer that holds what is promised of every answer.
//!
//! The first byte says what the others are: `h` the body of an HTML page, `p` plain text of the 1990s, `s` a full
//! submission, `x` a 10-K with its annual report as an exhibit. Otherwise all bytes, the first too, are the document.

#![no_main]

use filing_model::{Document, Exhibit};
use libfuzzer_sys::fuzz_target;

#[path = "../../../testkit/src/consistent.rs"]
mod consistent;

/// Parts the main document from the exhibit.
const PART: u8 = 0x1e;
/// Used when no main document is given: it leads to the exhibit.
const POINTERS: &[u8] =
    b"<html><p><b>Item 7. Management's Discussion and Analysis</b></p><p>See \"Review of the year\" in \
    Exhibit 13.</p><p><b>Item 8. Financial Statements</b></p><p>Incorporated by reference to Exhibit 13.</p>";
/// Longer documents are read once.
const READ_TWICE: usize = 4 * 1024;

fuzz_target!(|bytes: &[u8]| {
    let document = document(bytes);
    let extraction = section_extract::sections(&document);
    consistent::assert_consistent(&extraction);
    if bytes.len() < READ_TWICE {
        assert!(extraction == section_extract::sections(&document), "the same document gives another answer");
    }
});

fn document(bytes: &[u8]) -> Document {
    const NAME: &str = "fuzz.htm";
    match bytes {
        [b'h', body @ ..] => Document::new(NAME, [b"<html><body>", body].concat()),
        [b'p', body @ ..] => {
            Document::new(NAME, [b"<PAGE>\n", body, b"\n\n                -2-\n<PAGE>\n"].concat())
        }
        [b's', body @ ..] => Document::new(NAME, submission(body)),
        [b'x', body @ ..] => {
            let (main, annual_report) = parted(body);
            let bytes = annual_report.to_vec();
            let exhibits = vec![Exhibit { kind: "EX-13".into(), name: "fuzz-13.htm".into(), bytes }];
            Document { exhibits, ..Document::new(NAME, main) }
        }
        _ => Document::new(NAME, bytes),
    }
}

fn submission(body: &[u8]) -> Vec<u8> {
    let (main, annual_report) = parted(body);
    [
        b"<SEC-HEADER>\nCONFORMED SUBMISSION TYPE: 10-K\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n",
        main,
        b"\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-13\n<TEXT>\n",
        annual_report,
        b"\n</TEXT>\n</DOCUMENT>\n",
    ]
    .concat()
}

fn parted(body: &[u8]) -> (&[u8], &[u8]) {
    body.iter().position(|byte| *byte == PART).map_or((POINTERS, body), |at| (&body[..at], &body[at + 1..]))
}
