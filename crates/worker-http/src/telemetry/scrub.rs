//! What leaves for Sentry holds no secret, no person and no text of a filing.

use regex::{Captures, Regex};
use secrecy::{ExposeSecret as _, SecretString};
use sentry::protocol::{Event, Value};

/// Longer texts are cut: what an error says is short, and what is long may be a filing.
const LONGEST_CHARS: usize = 1000;

/// Shorter ones would tear words apart.
const SHORTEST_SECRET: usize = 4;

/// Fields whose value is nobody's business.
#[rustfmt::skip]
const PRIVATE_FIELDS: &[&str] = &[
    "api_key", "authorization", "body", "cookie", "email", "headers", "ip", "ip_address", "password", "prompt", "secret",
    "token", "user", "user_id",
];

/// Fields whose ids help and name nobody.
const OPEN_IDS: &[&str] = &["job_id", "report_id", "error_log_id"];

/// What is taken out wherever it stands, in this order.
#[rustfmt::skip]
const SHAPES: &[(&str, &str)] = &[
    (r"(?i-u)\b(bearer|basic)[ ]+[a-z0-9._~+/=-]{8,}", "${1} [secret]"),
    (r"(?-u)\bsb_(?:secret|publishable)_[A-Za-z0-9_-]+", "[secret]"),
    (r"(?-u)\beyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)*", "[secret]"),
    (r"(?-u)\bsk-[A-Za-z0-9_-]{8,}", "[secret]"),
    (r"(?-u)\bwhsec_[A-Za-z0-9+/=_-]+", "[secret]"),
    (r"(?-u)://[A-Za-z0-9._~%!$&'()*+,;=:-]+@", "://[secret]@"),
    (
        r#"(?i-u)\b([a-z0-9_-]*(?:password|secret|token|api[_-]?key|authorization|signature|cookie)["']?[ ]?[=:][ ]?(?:Some\()?["']?)[a-z0-9._~%+/=,-]+"#,
        "${1}[secret]",
    ),
    (r#"(?i-u)\b(user[_ -]?(?:id)?["']?[ ]?[=:][ ]?(?:Some\()?["']?)[a-z0-9_-]+"#, "${1}[user]"),
    (r#"(?i-u)\b(user[ ]+(?:id[ ]+)?["'`]?)([a-z0-9_-]*[0-9][a-z0-9_-]*)"#, "${1}[user]"),
    (r"(?-u)[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "[email]"),
];

const UUID: &str = r"(?i-u)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b";

/// Takes out of events what must not leave.
pub(super) struct Scrubber {
    secrets: Vec<SecretString>,
    shapes: Vec<(Regex, &'static str)>,
    uuid: Regex,
}

impl Scrubber {
    /// Knows the secrets of the settings and what others look like.
    pub(super) fn new(secrets: &[SecretString]) -> Self {
        let mut secrets = secrets.to_vec();
        // One secret may be the beginning of another.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        let compiled = |pattern| Regex::new(pattern).expect("patterns are fixed");
        Self {
            secrets,
            shapes: SHAPES.iter().map(|&(pattern, instead)| (compiled(pattern), instead)).collect(),
            uuid: compiled(UUID),
        }
    }

    /// The event as it may leave.
    pub(super) fn event(&self, event: Event<'static>) -> Event<'static> {
        let bare = Event {
            event_id: event.event_id,
            level: event.level,
            timestamp: event.timestamp,
            platform: event.platform.clone(),
            release: event.release.clone(),
            environment: event.environment.clone(),
            sdk: event.sdk.clone(),
            ..Event::default()
        };
        let Some(scrubbed) = self.rewritten(event) else {
            return Event { message: Some("an error that cannot be shown".into()), ..bare };
        };
        // Only what is listed goes on.
        Event {
            message: scrubbed.message,
            logger: scrubbed.logger,
            exception: scrubbed.exception,
            contexts: scrubbed.contexts,
            tags: scrubbed.tags,
            extra: scrubbed.extra,
            ..bare
        }
    }

    fn rewritten(&self, event: Event<'static>) -> Option<Event<'static>> {
        let mut written = serde_json::to_value(event).ok()?;
        self.value("", &mut written);
        serde_json::from_value(written).ok()
    }

    /// `field` is the name that the value has.
    fn value(&self, field: &str, value: &mut Value) {
        // Fields of spans have the name of the span before them.
        let field = field.rsplit(':').next().unwrap_or(field);
        match value {
            Value::Object(fields) => {
                fields.iter_mut().for_each(|(name, value)| self.value(name, value));
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(field, value)),
            value if PRIVATE_FIELDS.contains(&field.to_ascii_lowercase().as_str()) => {
                *value = "[removed]".into();
            }
            Value::String(text) => *text = self.text(field, text),
            _ => {}
        }
    }

    fn text(&self, field: &str, text: &str) -> String {
        let mut text = without_quotation(text).to_owned();
        for secret in &self.secrets {
            let secret = secret.expose_secret();
            if secret.len() >= SHORTEST_SECRET && text.contains(secret) {
                text = text.replace(secret, "[secret]");
            }
        }
        for (shape, instead) in &self.shapes {
            text = shape.replace_all(&text, *instead).into_owned();
        }
        if !OPEN_IDS.contains(&field) {
            text = self.uuid.replace_all(&text, |_: &Captures<'_>| "[id]").into_owned();
        }
        cut(text)
    }
}

/// A panic over an index into a text quotes that text, which may be a filing's.
fn without_quotation(text: &str) -> &str {
    let quotes = text.contains("byte index") || text.contains("when slicing");
    let begin = text.find('`').filter(|_| quotes);
    begin.map_or(text, |begin| &text[..begin])
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST_CHARS) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrubbed(field: &str, text: &str) -> String {
        let secrets = ["hunter2-and-more", "hunter2", "ab"].map(SecretString::from);
        Scrubber::new(&secrets).text(field, text)
    }

    #[test]
    fn what_must_not_leave_is_taken_out() {
        for (text, expected) in [
            ("401 for hunter2-and-more, then hunter2", "401 for [secret], then [secret]"),
            ("key sb_secret_Abc-12_x refused", "key [secret] refused"),
            ("token eyJhbGciOiJI.eyJzdWIiOiIx.c2ln-x", "token [secret]"),
            ("x-api-key: sk-ant-api03-Abc_1-2", "x-api-key: [secret]"),
            ("signed with whsec_C2FVsBQIhrscChlQIMV+b/==", "signed with [secret]"),
            ("Authorization: Bearer abcdefgh.12", "Authorization: [secret] [secret]"),
            ("sent with bearer abcdefgh.12 to it", "sent with bearer [secret] to it"),
            ("postgres://postgres:pass@localhost/x", "postgres://[secret]@localhost/x"),
            ("https://a.example/cb?token=abc123&job=1", "https://a.example/cb?token=[secret]&job=1"),
            ("password = \"open sesame\"", "password = \"[secret] sesame\""),
            ("mail to Jane.Doe+1@mail.example.com.", "mail to [email]."),
            ("user_id: Some(\"u-17\"), ticker", "user_id: Some(\"[user]\"), ticker"),
            ("no balance of user u-17 left", "no balance of user [user] left"),
            ("row 6F9619FF-8B86-D011-B42D-00CF4FC964FF", "row [id]"),
        ] {
            assert_eq!(scrubbed("message", text), expected);
        }
    }

    #[test]
    fn what_tells_an_operator_something_stays() {
        for text in [
            "the store failed: database is locked",
            "https://data.sec.gov/submissions/CIK0000320193.json answered 503 at risk-management-level-2",
            "worker_http::queue::step",
            "the user asked for about 3 reports, 12 total_tokens: 5",
        ] {
            assert_eq!(scrubbed("message", text), text);
        }
        let id = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        assert_eq!(scrubbed("job_id", id), id);
    }

    #[test]
    fn a_panic_over_a_text_does_not_quote_it() {
        let text = "é of a filing".repeat(3);
        let index = text.len() - 1;
        let panic = std::panic::catch_unwind(|| text[1..index].len()).expect_err("1 is within é");
        let message = panic.downcast_ref::<String>().expect("it is formatted");
        assert!(message.contains("of a filing"), "{message}");
        let shown = scrubbed("value", message);
        assert!(!shown.contains("filing") && shown.contains("byte index 1"), "{shown}");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(scrubbed("value", &"é ".repeat(5000)).chars().count(), LONGEST_CHARS + 3);
    }
}
