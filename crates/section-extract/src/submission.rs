//! Full submissions (`.txt` from EDGAR): several documents in one file.

use std::borrow::Cow;

/// One `<DOCUMENT>` of a submission.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    /// Such as `10-K` or `EX-13`.
    pub(crate) kind: &'a str,
    pub(crate) text: &'a str,
}

/// The documents of a submission; `None` when the text is a single document.
pub(crate) fn split(text: &str) -> Option<Vec<Part<'_>>> {
    let start = text.find("<DOCUMENT>")?;
    let parts: Vec<Part<'_>> = text[start..].split("<DOCUMENT>").skip(1).filter_map(part).collect();
    (!parts.is_empty()).then_some(parts)
}

fn part(text: &str) -> Option<Part<'_>> {
    let after = &text[text.find("<TYPE>")? + 6..];
    let kind = after[..after.find(['\n', '\r', '<']).unwrap_or(after.len())].trim();
    let body = after.find("<TEXT>").map_or("", |at| &after[at + 6..]);
    let body = body.rfind("</TEXT>").map_or(body, |end| &body[..end]);
    Some(Part { kind, text: body })
}

/// The main document of what was fetched, and the annual report if it came along as Exhibit 13.
pub(crate) fn main_document(text: &str) -> (Cow<'_, str>, Vec<Part<'_>>) {
    let Some(mut parts) = split(text) else { return (Cow::Borrowed(text), Vec::new()) };
    let main = parts
        .iter()
        .position(|part| part.kind.starts_with("10-K") || part.kind.starts_with("10K"))
        .unwrap_or(0);
    let main = parts.remove(main);
    (Cow::Borrowed(main.text), parts)
}
