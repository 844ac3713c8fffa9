//! Whether a document ends as it began: a server behind the server may have cut it before it was measured.

/// What documents open at their beginning, and what closes it at their end.
const PAIRS: [(&[u8], &[u8]); 3] =
    [(b"<html", b"</html>"), (b"<sec-document>", b"</sec-document>"), (b"<document>", b"</document>")];

/// Declarations and comments may come before the root.
const BEGINNING: usize = 4 * 1024;

/// Scripts and comments may come after it.
const END: usize = 64 * 1024;

/// Whether what the document opens at its beginning is closed at its end. One that opens nothing, such as plain text,
/// has no end to look for.
pub(super) fn is_closed(document: &[u8]) -> bool {
    let beginning = document[..document.len().min(BEGINNING)].to_ascii_lowercase();
    let first = PAIRS
        .iter()
        .filter_map(|(opened, closed)| Some((find(&beginning, opened)?, closed)))
        .min_by_key(|(place, _)| *place);
    let Some((_, closed)) = first else { return true };
    let end = document[document.len().saturating_sub(END)..].to_ascii_lowercase();
    find(&end, closed).is_some()
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_opened_is_to_be_closed() {
        let cases = [
            ("<!DOCTYPE html><HTML lang='en'><p>10-K</p></HTML>\n", true),
            ("<?xml version='1.0'?><!-- made by hand --><html><p>10-K</p></html><script></script>", true),
            ("<html><p>10-K", false),
            ("<html><p>10-K</p></ht", false),
            ("<SEC-DOCUMENT>x.txt\n<DOCUMENT>\n<TYPE>10-K\n</DOCUMENT>\n</SEC-DOCUMENT>", true),
            ("<SEC-DOCUMENT>x.txt\n<DOCUMENT>\n<TYPE>10-K\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-13", false),
            ("<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n<html><p>10-K</p></html>", false),
            ("FORM 10-K\nItem 1. Business", true),
            ("<p>Item 1.", true),
            ("", true),
        ];
        for (document, closed) in cases {
            assert_eq!(is_closed(document.as_bytes()), closed, "{document}");
        }
    }

    #[test]
    fn an_end_in_the_middle_of_a_long_document_is_none() {
        let cut = format!("<html><p>see </html></p>{}", "Item 7. ".repeat(20_000));
        assert!(!is_closed(cut.as_bytes()));
    }
}
