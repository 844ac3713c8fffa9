//! The head of the document, with what the browser may do.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::Page;
use crate::facts;

pub(super) const STYLE: &str = include_str!("../page/page.css");
pub(super) const SCRIPT: &str = include_str!("../page/page.js");

static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
});

/// The Content-Security-Policy of every page: its own style and script by hash, nothing else, no network.
///
/// The page carries it in a `<meta>`; a server can send it as a header and add `frame-ancestors`, which a `<meta>` cannot say.
pub fn content_security_policy() -> &'static str {
    &POLICY
}

fn hash(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source.as_bytes())))
}

pub(super) fn head(page: &Page<'_>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(content_security_policy());
            meta name="viewport" content="width=device-width,initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (facts::title(page.report)) }
            style { (PreEscaped(STYLE)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_cannot_end_their_element() {
        assert!(!STYLE.to_lowercase().contains("</style"));
        assert!(!SCRIPT.to_lowercase().contains("</script") && !SCRIPT.contains("<!--"));
    }
}
