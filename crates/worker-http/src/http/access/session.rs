//! People in front of a browser: they show a secret once and get a cookie for half a day.

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{ACCEPT, AUTHORIZATION, COOKIE, HOST, ORIGIN},
    },
};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use url::form_urlencoded::Serializer;

use super::{machine, seals::Seals};
use crate::http::Problem;

const NAME: &str = "worker_session";

/// What the cookie is signed as.
const SESSION: &str = "session";

/// How long somebody stays logged in. Until then a cookie that was stolen is good, unless its secret is taken out of use.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(12);

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Cookies of those who logged in.
pub(super) struct Sessions(Seals);

impl Sessions {
    /// Without secrets nobody logs in.
    pub(super) fn new(secrets: &[SecretString]) -> Self {
        Self(Seals::new("page sessions", secrets))
    }

    pub(super) fn are_none(&self) -> bool {
        self.0.are_none()
    }

    /// The `Set-Cookie` of a new session.
    pub(super) fn begin(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let expires = (Timestamp::now() + GOOD_FOR).as_second();
        let value = format!("{expires}.{}", self.0.seal(SESSION, expires)?);
        let secure = if is_from_loopback(headers) { "" } else { "; Secure" };
        let cookie = format!(
            "{NAME}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{secure}",
            GOOD_FOR.as_secs()
        );
        HeaderValue::from_str(&cookie).ok()
    }

    /// Whether the request has such a cookie, and is one that pages make. A change that another site asks for is refused.
    pub(super) fn admit(&self, request: &Request) -> Result<bool, Problem> {
        let (method, headers) = (request.method(), request.headers());
        if !is_of_pages(method, request.uri().path()) || !self.knows(headers) {
            return Ok(false);
        }
        if method.is_safe() || is_own_page(headers) {
            return Ok(true);
        }
        Err(Problem::of(StatusCode::FORBIDDEN, "Only the worker's own pages may ask for this"))
    }

    /// Where somebody is sent who opens a page without being let in; `None` for programs.
    pub(super) fn login(&self, request: &Request) -> Option<String> {
        let headers = request.headers();
        let accepts_pages = headers.get(ACCEPT).is_some_and(|accept| {
            accept
                .to_str()
                .is_ok_and(|kinds| kinds.split(',').any(|kind| kind.trim().starts_with("text/html")))
        });
        let is_person =
            request.method() == Method::GET && accepts_pages && !headers.contains_key(AUTHORIZATION);
        if self.are_none() || !is_person || !is_page(request.uri().path()) {
            return None;
        }
        let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
        Some(format!("/login?{}", Serializer::new(String::new()).append_pair("next", wanted).finish()))
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
        let mut values = cookies
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().strip_prefix(NAME)?.strip_prefix('='));
        values.any(|value| {
            value.split_once('.').is_some_and(|(expires, signature)| {
                expires.parse().is_ok_and(|expires| self.0.hold(SESSION, expires, signature))
            })
        })
    }
}

/// The `Set-Cookie` that ends a session.
pub(super) fn end() -> HeaderValue {
    HeaderValue::from_static("worker_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
}

/// Whether a page of this worker asks, by the word of the browser. Programs have a bearer instead.
pub(crate) fn is_own_page(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return site == "same-origin";
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    origin.and_then(|origin| origin.split_once("://")).is_some_and(|(_, origin)| Some(origin) == host)
}

/// Whether somebody may be sent there after logging in: a path of this worker, however a browser reads it.
pub(crate) fn is_local_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

/// The cookie then travels no network, and a browser would not send it back if it were for https alone.
fn is_from_loopback(headers: &HeaderMap) -> bool {
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    origin.is_some_and(|origin| origin.starts_with("http://") && machine::is_loopback(origin))
}

/// What a session is for; everything else needs the secret itself.
fn is_of_pages(method: &Method, path: &str) -> bool {
    match *method {
        Method::GET | Method::HEAD => {
            is_page(path) || path == "/jobs" || path == "/openapi.json" || path.starts_with("/jobs/")
        }
        Method::POST => {
            matches!(path, "/reports" | "/logout") || path.starts_with("/jobs/") && path.ends_with("/cancel")
        }
        Method::DELETE => path.starts_with("/jobs/"),
        _ => false,
    }
}

/// What people open.
fn is_page(path: &str) -> bool {
    path == "/" || ["/reports/", "/companies/", "/docs"].iter().any(|begin| path.starts_with(begin))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use axum::body::Body;

    use super::*;

    fn sessions(secrets: &[&str]) -> Sessions {
        let secrets: Vec<SecretString> = secrets.iter().map(|&secret| secret.into()).collect();
        Sessions::new(&secrets)
    }

    fn cookie(sessions: &Sessions) -> String {
        let cookie = sessions.begin(&HeaderMap::new()).unwrap();
        cookie.to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    fn opens(sessions: &Sessions, cookie: &str, method: Method, path: &str) -> bool {
        let request = Request::builder().method(method).uri(path).header(COOKIE, cookie);
        sessions.admit(&request.header(SEC_FETCH_SITE, "same-origin").body(Body::empty()).unwrap()).unwrap()
    }

    #[test]
    fn a_session_outlives_the_rotation_of_its_secret_but_not_its_time() {
        let old = sessions(&["old"]);
        let cookie = cookie(&old);
        for (secrets, known) in
            [(&["old"][..], true), (&["new", "old"], true), (&["new"], false), (&[], false)]
        {
            assert_eq!(opens(&sessions(secrets), &cookie, Method::GET, "/"), known, "{secrets:?}");
        }
        let past = Timestamp::now().as_second() - 1;
        let late = format!("{NAME}={past}.{}", old.0.seal(SESSION, past).unwrap());
        assert!(!opens(&old, &late, Method::GET, "/"));
        let later = cookie.replacen("=1", "=2", 1);
        assert!(later != cookie && !opens(&old, &later, Method::GET, "/"), "its end is signed");
    }

    #[test]
    fn a_link_to_a_report_is_no_session() {
        let secrets = ["s".into()];
        let expires = (Timestamp::now() + GOOD_FOR).as_second();
        let link = Seals::new("report links", &secrets).seal(SESSION, expires).unwrap();
        assert!(!opens(&sessions(&["s"]), &format!("{NAME}={expires}.{link}"), Method::GET, "/"));
    }

    #[test]
    fn a_session_is_for_pages_alone() {
        let sessions = sessions(&["s"]);
        let cookie = format!("other=1; {}; more=2", cookie(&sessions));
        for (method, path, opened) in [
            (Method::GET, "/reports/r.csv", true),
            (Method::GET, "/jobs/j/events", true),
            (Method::POST, "/jobs/j/cancel", true),
            (Method::DELETE, "/jobs/j", true),
            (Method::POST, "/generate-report", false),
            (Method::GET, "/metrics", false),
            (Method::PUT, "/reports", false),
        ] {
            assert_eq!(opens(&sessions, &cookie, method.clone(), path), opened, "{method} {path}");
        }
    }

    #[test]
    fn another_site_is_known_by_either_header() {
        let said = |site: Option<&'static str>, origin: Option<&'static str>| {
            let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("reports.example"))]);
            site.map(|site| headers.insert(SEC_FETCH_SITE, HeaderValue::from_static(site)));
            origin.map(|origin| headers.insert(ORIGIN, HeaderValue::from_static(origin)));
            is_own_page(&headers)
        };
        assert!(said(Some("same-origin"), None) && said(None, Some("https://reports.example")));
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!said(Some(site), Some("https://reports.example")), "{site}");
        }
        for origin in
            [None, Some("null"), Some("https://evil.example"), Some("https://reports.example.evil.example")]
        {
            assert!(!said(None, origin), "{origin:?}");
        }
    }

    #[test]
    fn only_paths_of_this_worker_are_local() {
        for path in ["/", "/reports/r?x=1#c-1", "/companies/BRK-B/history"] {
            assert!(is_local_path(path), "{path}");
        }
        for path in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\nb",
            "/\t/evil.example",
            "javascript:alert(1)",
        ] {
            assert!(!is_local_path(path), "{path}");
        }
    }
}
