use std::sync::LazyLock;

use axum::{
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_SECURITY_POLICY, RETRY_AFTER},
    },
    response::{Html, IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::http::Problem;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The style and the script of these pages by their hash, and nothing else; they ask nobody but this worker.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; connect-src 'self'; img-src data:; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    HeaderValue::from_str(&policy).expect("hashes and words are ASCII")
});

fn hash(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source.as_bytes())))
}

/// A page of the worker.
#[derive(Default)]
pub(super) struct Page {
    pub title: &'static str,
    /// At the right of the line on top.
    pub aside: Markup,
    pub body: Markup,
    /// Without script this address is looked at again after a while.
    pub looks_again: Option<String>,
    pub has_script: bool,
}

impl Page {
    pub(super) fn into_html(self) -> String {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width,initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    // Browsers would ask for one.
                    link rel="icon" href="data:,";
                    @if let Some(address) = &self.looks_again {
                        noscript { meta http-equiv="refresh" content={ "5;url=" (address) }; }
                    }
                    title { (self.title) ": 10-K change report" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { "Skip to the content" }
                    div.wrap {
                        header.mast { b { "10-K change report" } (self.aside) }
                        main id="main" { h1 { (self.title) } (self.body) }
                    }
                    @if self.has_script { script { (PreEscaped(SCRIPT)) } }
                }
            }
        }
        .into_string()
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        ([(CONTENT_SECURITY_POLICY, POLICY.clone())], Html(self.into_html())).into_response()
    }
}

/// The page with the status of what went wrong, which it tells in words.
pub(super) fn with_status(problem: &Problem, page: Page) -> Response {
    let (status, _, retry_after) = problem.told();
    let mut headers = HeaderMap::new();
    if let Some(seconds) = retry_after {
        headers.insert(RETRY_AFTER, seconds.into());
    }
    (status, headers, page).into_response()
}

/// The same when there is nothing to show but the problem.
pub(super) fn of_problem(title: &'static str, problem: &Problem) -> Response {
    let body = html! {
        p.lede { (problem.told().1) "." }
        p { a href="/" { "Jobs and reports" } }
    };
    with_status(problem, Page { title, body, ..Page::default() })
}

/// A refusal of what a form sent, which no page of ours sends.
pub(super) fn foreign() -> Problem {
    Problem::of(StatusCode::FORBIDDEN, "Only the worker's own pages may ask for this")
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
