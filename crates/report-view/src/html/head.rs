//! The head of the document, with what the browser may do.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::history;

pub(super) const STYLE: &str = include_str!("../page/page.css");
pub(super) const SCRIPT: &str = include_str!("../page/page.js");

static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src '{}' '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(history::STYLE),
        hash(SCRIPT)
    )
});

/// The Content-Security-Policy of every page, report and history: our styles and our script by hash, nothing else, no network.
///
/// The page carries it in a `<meta>`; a server can send it as a header and add `frame-ancestors`, which a `<meta>` cannot say.
pub fn content_security_policy() -> &'static str {
    &POLICY
}

fn hash(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source.as_bytes())))
}

/// What stands in the head of every page.
pub(crate) fn document_head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta http-equiv="Content-Security-Policy" content=(content_security_policy());
        meta name="viewport" content="width=device-width,initial-scale=1";
        meta name="color-scheme" content="light dark";
        meta name="referrer" content="no-referrer";
        title { (title) }
        style { (PreEscaped(STYLE)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_cannot_end_their_element() {
        for style in [STYLE, history::STYLE] {
            assert!(!style.to_lowercase().contains("</style"));
        }
        assert!(!SCRIPT.to_lowercase().contains("</script") && !SCRIPT.contains("<!--"));
    }
}
