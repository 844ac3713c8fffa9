//! What the account may still ask for, as the last answers told.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{DATE, HeaderMap};
use tokio::time::Instant;

use crate::{ModelCall, claude::prompt::estimated_tokens};

/// Tokens that an answer usually has, thinking included. What it may have at most says little: it is counted as it is written.
const USUAL_ANSWER: u64 = 4_000;

/// What one call takes from the limits, by our own estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::claude) struct Need {
    /// Limits are per model.
    pub(super) model: String,
    pub(super) input: u64,
    pub(super) output: u64,
}

impl Need {
    pub(in crate::claude) fn of(call: &ModelCall) -> Self {
        Self {
            model: call.model.clone(),
            input: (estimated_tokens(&call.system) + estimated_tokens(&call.prompt)) as u64,
            output: u64::from(call.max_tokens).min(USUAL_ANSWER),
        }
    }

    fn of_kind(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Requests => 1,
            Kind::Tokens => self.input + self.output,
            Kind::Input => self.input,
            Kind::Output => self.output,
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Requests,
    Tokens,
    Input,
    Output,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Requests, Self::Tokens, Self::Input, Self::Output];

    fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Tokens => "tokens",
            Self::Input => "input-tokens",
            Self::Output => "output-tokens",
        }
    }
}

/// One limit of one model.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// In all; as much as anybody can wait for.
    limit: u64,
    remaining: u64,
    /// When it is full again.
    reset: Instant,
}

/// The limits of one model; those that no answer told are none.
#[derive(Debug, Default)]
pub(super) struct Limits([Option<Bucket>; 4]);

impl Limits {
    /// Takes what a call needs, or says when there will be enough.
    ///
    /// The provider fills up steadily. Waiting for the time when all is there leaves room for what others of the same account
    /// take meanwhile.
    pub(super) fn take(&mut self, need: &Need, now: Instant) -> Result<(), Instant> {
        let mut until = None;
        for (bucket, kind) in self.0.iter_mut().zip(Kind::ALL) {
            if bucket.is_some_and(|bucket| bucket.reset <= now) {
                *bucket = None;
            }
            // A need above the limit is let go when the bucket is full: the provider then says what it thinks of it.
            let short = bucket.filter(|bucket| bucket.remaining < need.of_kind(kind).min(bucket.limit));
            until = until.max(short.map(|bucket| bucket.reset));
        }
        if let Some(until) = until {
            return Err(until);
        }
        self.subtract(need);
        Ok(())
    }

    /// Heeds the headers of an answer. It was given before the provider saw `under_way`.
    pub(super) fn update<'a>(
        &mut self,
        headers: &HeaderMap,
        now: Instant,
        under_way: impl Iterator<Item = &'a Need>,
    ) {
        for (bucket, kind) in self.0.iter_mut().zip(Kind::ALL) {
            *bucket = told(headers, kind, now).or(*bucket);
        }
        under_way.for_each(|need| self.subtract(need));
    }

    fn subtract(&mut self, need: &Need) {
        for (bucket, kind) in self.0.iter_mut().zip(Kind::ALL) {
            if let Some(bucket) = bucket {
                bucket.remaining = bucket.remaining.saturating_sub(need.of_kind(kind));
            }
        }
    }
}

fn told(headers: &HeaderMap, kind: Kind, now: Instant) -> Option<Bucket> {
    let text = |what: &str| {
        headers.get(format!("anthropic-ratelimit-{}-{what}", kind.name()))?.to_str().ok().map(str::trim)
    };
    let reset: Timestamp = text("reset")?.parse().ok()?;
    // By the provider's own clock where it tells the time: ours may be wrong.
    let told_at = date(headers).unwrap_or_else(Timestamp::now);
    let left = Duration::try_from(told_at.duration_until(reset)).unwrap_or_default();
    Some(Bucket {
        limit: text("limit").and_then(|limit| limit.parse().ok()).unwrap_or(u64::MAX),
        remaining: text("remaining")?.parse().ok()?,
        reset: now + left,
    })
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let text = headers.get(DATE)?.to_str().ok()?;
    jiff::fmt::rfc2822::parse(text).ok().map(|date| date.timestamp())
}

#[cfg(test)]
pub(super) mod tests {
    use reqwest::header::HeaderName;

    use super::*;

    pub(in crate::claude::gate) fn need(input: u64) -> Need {
        Need { model: "m".into(), input, output: 100 }
    }

    /// Headers of an answer at noon: `input-tokens 50000 200 30` has a limit of 50,000, 200 remain, full in 30 s.
    pub(in crate::claude::gate) fn headers(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, "Tue, 24 Nov 2026 12:00:00 GMT".parse().expect("a date"));
        let noon: Timestamp = "2026-11-24T12:00:00Z".parse().expect("noon");
        for line in lines {
            let words: Vec<&str> = line.split(' ').collect();
            let reset = noon + Duration::from_secs(words[3].parse().expect("seconds"));
            for (what, value) in [("limit", words[1]), ("remaining", words[2]), ("reset", &reset.to_string())]
            {
                let name: HeaderName =
                    format!("anthropic-ratelimit-{}-{what}", words[0]).parse().expect("a name");
                headers.insert(name, value.parse().expect("a value"));
            }
        }
        headers
    }

    fn told_at(now: Instant, lines: &[&str]) -> Limits {
        let mut limits = Limits::default();
        limits.update(&headers(lines), now, [].iter());
        limits
    }

    #[test]
    fn every_limit_is_waited_for_until_it_is_full_again() {
        let now = Instant::now();
        let wait = |line: &str, input: u64| {
            told_at(now, &[line]).take(&need(input), now).map_err(|until| (until - now).as_secs())
        };
        assert_eq!(wait("requests 50 0 12", 1), Err(12));
        assert_eq!(wait("requests 50 1 12", 1), Ok(()));
        assert_eq!(wait("tokens 80000 999 30", 900), Err(30));
        assert_eq!(wait("input-tokens 50000 999 30", 1_000), Err(30));
        assert_eq!(wait("input-tokens 50000 1000 30", 1_000), Ok(()));
        assert_eq!(wait("output-tokens 8000 99 30", 1), Err(30));
        assert_eq!(wait("input-tokens 50000 50000 30", 90_000), Ok(()), "more than the limit is never there");
        assert_eq!(wait("input-tokens 50000 0 0", 1_000), Ok(()), "it is over");
    }

    #[test]
    fn what_was_let_go_is_gone_until_the_reset() {
        let now = Instant::now();
        let mut limits = told_at(now, &["requests 50 2 10", "input-tokens 50000 5000 30"]);
        assert!(limits.take(&need(4_000), now).is_ok());
        assert_eq!(limits.take(&need(4_000), now), Err(now + Duration::from_secs(30)));
        assert!(limits.take(&need(1_000), now).is_ok());
        assert_eq!(limits.take(&need(0), now), Err(now + Duration::from_secs(10)));
        assert!(limits.take(&need(90_000), now + Duration::from_secs(30)).is_ok());
    }

    #[test]
    fn calls_under_way_are_not_yet_in_what_the_provider_tells() {
        let now = Instant::now();
        let mut limits = Limits::default();
        limits.update(&headers(&["input-tokens 50000 9000 30"]), now, [need(5_000)].iter());
        assert!(limits.take(&need(5_000), now).is_err());
        assert!(limits.take(&need(4_000), now).is_ok());
    }
}
