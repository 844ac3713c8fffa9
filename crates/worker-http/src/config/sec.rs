use std::{num::NonZeroU32, time::Duration};

use url::Url;

use super::Reader;

/// sec.gov allows ten in total.
const MOST_REQUESTS_PER_SECOND: u32 = 10;

/// sec.gov listens again when the rate was under its limit for ten minutes; asking sooner prolongs it.
const BLOCK_SECONDS: u64 = 600;

/// How sec.gov is asked.
#[derive(Debug, Clone)]
pub(crate) struct SecConfig {
    /// `SEC_USER_AGENT`: company and contact; sec.gov refuses programs that do not say who they are.
    pub user_agent: Option<String>,
    /// `SEC_REQUESTS_PER_SECOND`; absent means the library's own choice.
    pub requests_per_second: Option<NonZeroU32>,
    /// `SEC_WWW_URL` and `SEC_DATA_URL`: a stand-in for `www.sec.gov` and `data.sec.gov`; both or neither.
    pub origins: Option<SecOrigins>,
    /// `SEC_BLOCK_SECONDS`: how long nobody asks after a refusal; less than ten minutes for a stand-in alone.
    pub block_pause: Duration,
}

/// Where documents and lists of filings come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SecOrigins {
    pub www: Url,
    pub data: Url,
}

impl SecConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let origins = origins(reader);
        let shortest = if origins.is_some() { 1 } else { BLOCK_SECONDS };
        Self {
            user_agent: user_agent(reader),
            requests_per_second: reader
                .is_set("SEC_REQUESTS_PER_SECOND")
                .then(|| reader.number("SEC_REQUESTS_PER_SECOND", 1..=MOST_REQUESTS_PER_SECOND, 1))
                .and_then(NonZeroU32::new),
            origins,
            block_pause: reader.seconds("SEC_BLOCK_SECONDS", shortest..=86_400, BLOCK_SECONDS),
        }
    }
}

fn user_agent(reader: &mut Reader<'_>) -> Option<String> {
    let user_agent = reader.text("SEC_USER_AGENT")?;
    if !user_agent.contains('@') || !user_agent.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        reader.fault(
            "SEC_USER_AGENT",
            "must name a company and a contact, such as: Your Company you@example.com",
        );
    }
    Some(user_agent)
}

fn origins(reader: &mut Reader<'_>) -> Option<SecOrigins> {
    match (reader.is_set("SEC_WWW_URL"), reader.is_set("SEC_DATA_URL")) {
        (true, false) => reader.fault("SEC_DATA_URL", "must be set too when SEC_WWW_URL is"),
        (false, true) => reader.fault("SEC_WWW_URL", "must be set too when SEC_DATA_URL is"),
        _ => {}
    }
    let (www, data) = (reader.base_url("SEC_WWW_URL"), reader.base_url("SEC_DATA_URL"));
    Some(SecOrigins { www: www?, data: data? })
}
