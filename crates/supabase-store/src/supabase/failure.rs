//! What answers mean that are none: PostgREST's error bodies, and whatever stands before it.

use std::fmt;

use reqwest::StatusCode;
use serde::Deserialize;
use tokio::task::JoinError;

use super::rest::Again;
use crate::{Cause, StoreError};

/// Longer than any message of ours and of PostgreSQL.
const LONGEST_MESSAGE: usize = 300;

/// What was asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place<'a> {
    Function(&'a str),
    Table(&'a str),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Function(name) => write!(f, "function {name}"),
            Self::Table(name) => write!(f, "table {name}"),
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct Failure {
    kind: Kind,
    source: Cause,
}

#[derive(Debug)]
enum Kind {
    /// One of our own errors, `PTnnn`, by its number.
    Own(u16),
    /// It may pass.
    Passing(Effect),
    Unauthorized,
    MissingFunction(String),
    MissingTable(String),
    Unreadable,
    Refused,
}

/// Whether what was asked has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Nothing,
    Unknown,
}

/// The shape of PostgREST's errors; the gateway's have the message alone. Details and hints may have rows in them.
#[derive(Deserialize)]
struct ErrorBody {
    code: Option<String>,
    message: Option<String>,
}

#[derive(Debug, thiserror::Error)]
enum AnswerError {
    #[error("status {status}, code {code}: {message}")]
    Database { status: u16, code: String, message: String },
    #[error("status {status}: {message}")]
    Gateway { status: u16, message: String },
    #[error("status {status} and no answer of the REST interface")]
    Foreign { status: u16 },
    #[error("{problem} at line {line}, column {column} of the answer")]
    Unreadable { problem: String, line: usize, column: usize },
    #[error("no request can be made of what was asked of {place}")]
    Unbuildable { place: String },
}

impl Failure {
    /// The connection failed, or took too long.
    pub(super) fn transport(error: reqwest::Error) -> Self {
        let effect = if error.is_connect() { Effect::Nothing } else { Effect::Unknown };
        Self { kind: Kind::Passing(effect), source: error.without_url().into() }
    }

    /// The runtime that drives the connections has ended.
    pub(super) fn gone(error: JoinError) -> Self {
        Self { kind: Kind::Passing(Effect::Unknown), source: error.into() }
    }

    /// It is no JSON, or not what we know. Only a name that is missing is told: anything else may quote the answer.
    pub(super) fn unreadable(error: &serde_json::Error) -> Self {
        let message = error.to_string();
        let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let problem = match missing {
            Some(name) => format!("`{name}` is missing"),
            None if error.is_data() => "something unexpected".to_owned(),
            None => "no JSON".to_owned(),
        };
        let error = AnswerError::Unreadable { problem, line: error.line(), column: error.column() };
        Self { kind: Kind::Unreadable, source: error.into() }
    }

    pub(super) fn unbuildable(place: Place<'_>) -> Self {
        let error = AnswerError::Unbuildable { place: place.to_string() };
        Self { kind: Kind::Refused, source: error.into() }
    }

    /// Judges an answer that is no success; `secret` is not told whatever the answer says.
    pub(super) fn of_answer(status: StatusCode, body: &[u8], place: Place<'_>, secret: &str) -> Self {
        let told = serde_json::from_slice::<ErrorBody>(body).ok();
        let message = told.as_ref().and_then(|body| body.message.as_deref()).unwrap_or_default();
        let safe =
            |text: &str| text.replace(secret, "<key>").chars().take(LONGEST_MESSAGE).collect::<String>();
        let message = safe(message);
        let number = status.as_u16();
        match told.and_then(|body| body.code).map(|code| safe(&code)) {
            Some(code) => Self {
                kind: of_code(&code, status, &message, place),
                source: AnswerError::Database { status: number, code, message }.into(),
            },
            None if !message.is_empty() => Self {
                kind: of_status(status),
                source: AnswerError::Gateway { status: number, message }.into(),
            },
            None => Self { kind: of_status(status), source: AnswerError::Foreign { status: number }.into() },
        }
    }

    pub(super) fn may_be_asked_again(&self, again: Again) -> bool {
        match self.kind {
            Kind::Passing(Effect::Nothing) => true,
            Kind::Passing(Effect::Unknown) => again == Again::Harmless,
            _ => false,
        }
    }

    /// What callers know it as; `own` says what one of our own errors means here.
    pub(super) fn meaning(self, own: impl FnOnce(u16) -> Option<StoreError>) -> StoreError {
        let source = self.source;
        match self.kind {
            Kind::Own(number) => own(number).unwrap_or(StoreError::Refused { source }),
            Kind::Passing(_) => StoreError::Unavailable { source },
            Kind::Unauthorized => StoreError::Unauthorized { source },
            Kind::MissingFunction(name) => StoreError::MissingFunction { name },
            Kind::MissingTable(name) => StoreError::MissingTable { name },
            Kind::Unreadable => StoreError::Corrupt { what: "answer", source },
            Kind::Refused => StoreError::Refused { source },
        }
    }
}

impl From<Failure> for StoreError {
    /// Where none of our own errors can come.
    fn from(failure: Failure) -> Self {
        failure.meaning(|_| None)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

/// By the code: SQLSTATE, or one of PostgREST's own
/// (<https://docs.postgrest.org/en/stable/references/errors.html>).
fn of_code(code: &str, status: StatusCode, message: &str, place: Place<'_>) -> Kind {
    if let Some(number) = code.strip_prefix("PT").and_then(|number| number.parse().ok()) {
        return Kind::Own(number);
    }
    match (code, place) {
        ("42883", _) => Kind::MissingFunction(named(message).unwrap_or_else(|| name(place))),
        ("42P01", _) => Kind::MissingTable(named(message).unwrap_or_else(|| name(place))),
        ("PGRST202" | "PGRST200", Place::Function(name)) => Kind::MissingFunction(name.to_owned()),
        ("PGRST205" | "PGRST200", Place::Table(name)) => Kind::MissingTable(name.to_owned()),
        ("PGRST301" | "PGRST302" | "PGRST303" | "42501", _) => Kind::Unauthorized,
        _ => of_class(code, status),
    }
}

fn of_class(code: &str, status: StatusCode) -> Kind {
    match code {
        // Serialization and deadlock: rolled back. Timeouts of statements and locks. Starting up. Read-only: the disk
        // is full, or another server takes over.
        "40001" | "40P01" | "57014" | "55P03" | "57P03" | "25006" => Kind::Passing(Effect::Nothing),
        // PostgREST has no connection to the database; too many connections, no memory, no disk.
        _ if code.starts_with("PGRST00") || code.starts_with("53") => Kind::Passing(Effect::Nothing),
        // The connection was cut, by an operator, a crash or a network: perhaps after the commit.
        "57P01" | "57P02" => Kind::Passing(Effect::Unknown),
        _ if code.starts_with("08") || code.starts_with("58") => Kind::Passing(Effect::Unknown),
        _ if ["22", "23", "42", "P0"].iter().any(|class| code.starts_with(class)) => Kind::Refused,
        _ => of_status(status),
    }
}

/// Without a code that we know: whatever stands before the database.
fn of_status(status: StatusCode) -> Kind {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Kind::Unauthorized,
        StatusCode::TOO_MANY_REQUESTS => Kind::Passing(Effect::Nothing),
        StatusCode::REQUEST_TIMEOUT => Kind::Passing(Effect::Unknown),
        status if status.is_server_error() => Kind::Passing(Effect::Unknown),
        _ => Kind::Refused,
    }
}

fn name(place: Place<'_>) -> String {
    let (Place::Function(name) | Place::Table(name)) = place;
    name.to_owned()
}

/// The name in `function pgmq.read(text, integer) does not exist` or `relation "public.reports" does not exist`.
fn named(message: &str) -> Option<String> {
    let missing = message.strip_suffix(" does not exist")?;
    let name = missing.strip_prefix("function ").or_else(|| missing.strip_prefix("relation "))?;
    let name = name.split('(').next()?.trim_matches('"');
    Some(name.strip_prefix("public.").unwrap_or(name).to_owned())
}
