use std::{error::Error, io, path::PathBuf};

use filing_model::{AccessionNumber, Cik, Filing, Form, Ticker};
use jiff::{Timestamp, civil::Date};

/// Why there is no filing, no pair of filings or no document.
///
/// Messages are fragments that name what was asked for; [`sentence`](Self::sentence) says it to a user, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// No company trades under this symbol, or no filer has this number.
    #[error("no company with ticker `{ticker}`")]
    UnknownTicker {
        /// What was asked for.
        ticker: Ticker,
        /// Up to three symbols that may have been meant, with the names of their companies; the likeliest first.
        nearest: Vec<(Ticker, String)>,
        /// When the SEC's list was read, if that is known.
        list_read_at: Option<Timestamp>,
    },
    /// A change report needs two annual reports.
    #[error("{company} has filed only one annual report ({} of {})", filing.form, filing.filing_date)]
    OnlyOneAnnualReport {
        /// The company's name, and the one it had until lately.
        company: String,
        /// The one there is.
        filing: Box<Filing>,
        /// About when the next one is due, if the company takes as long as last time; nothing when it seems to have
        /// stopped.
        next_expected: Option<Date>,
    },
    /// Its annual reports are on another form, which has other Items.
    #[error(
        "{company} is a foreign private issuer: its annual report is on Form {form} (filed {filing_date})"
    )]
    ForeignPrivateIssuer {
        /// The company's name, and the one it had until lately.
        company: String,
        /// Its number.
        cik: Option<Cik>,
        /// 20-F or 40-F.
        form: Form,
        /// When the latest of them was filed.
        filing_date: Date,
    },
    /// Its 10-K has no risk factors, no discussion and no financial statements to compare.
    #[error("{company} is an asset-backed issuer")]
    AssetBackedIssuer {
        /// The issuer's name.
        company: String,
        /// Its number.
        cik: Option<Cik>,
    },
    /// No annual report on any form that is known here.
    #[error("{company} has filed no annual report")]
    NoAnnualReport {
        /// The company's name, and the one it had until lately.
        company: String,
        /// Its number.
        cik: Option<Cik>,
    },
    /// A filing chosen by hand is not among the company's.
    #[error("the company has no filing {accession}")]
    NoSuchFiling {
        /// What was asked for.
        accession: AccessionNumber,
    },
    /// A filing chosen by hand is on another form.
    #[error("filing {accession} is a {form}, not an annual report")]
    NotAnAnnualReport {
        /// What was asked for.
        accession: AccessionNumber,
        /// The form it is.
        form: Form,
    },
    /// The same filing was chosen twice, or a filing and its own amendment.
    #[error("both filings report on the same year")]
    SameFiling,
    /// The filings chosen by hand are the wrong way round.
    #[error("filing {older} was to be the older one, but its period ends after that of {newer}")]
    WrongOrder {
        /// Asked for as the newer one.
        newer: AccessionNumber,
        /// Asked for as the older one.
        older: AccessionNumber,
    },
    /// One filing was chosen by hand and there is no other to compare it with.
    #[error("no annual report to compare with {accession}")]
    NothingToCompareWith {
        /// What was asked for.
        accession: AccessionNumber,
    },
    /// Not a folder in EDGAR's layout, or one of its files cannot be read.
    #[error("{} is not a recording of EDGAR: {reason}", path.display())]
    NotARecording {
        /// The folder or file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The recording does not hold this answer.
    #[error("the recording has no {path}")]
    NotInRecording {
        /// Relative to the recording.
        path: String,
    },
    /// The cache does not hold this answer and the network may not be used.
    #[error("offline, and {url} is not in the cache")]
    Offline {
        /// What would have been fetched.
        url: String,
    },
    /// EDGAR wants to know who asks.
    #[error("no User-Agent for sec.gov")]
    MissingUserAgent,
    /// EDGAR would not accept this User-Agent.
    #[error("`{user_agent}` does not serve as User-Agent for sec.gov: {reason}")]
    BadUserAgent {
        /// What was given.
        user_agent: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// An address to fetch from that no request can be made of.
    #[error("`{url}` is not an http address")]
    BadAddress {
        /// What was given.
        url: String,
    },
    /// The HTTP client could not be set up.
    #[error("no HTTP client")]
    Client {
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// EDGAR refuses our requests; asking again sooner prolongs it, so nothing is sent until then.
    #[error("EDGAR refuses requests until {until}")]
    Blocked {
        /// When requests are sent again.
        until: Timestamp,
    },
    /// EDGAR takes us for a program that does not say who it is; nothing is sent until then.
    #[error("EDGAR refuses requests until {until}: it takes us for an undeclared automated tool")]
    Undeclared {
        /// When requests are sent again.
        until: Timestamp,
    },
    /// EDGAR asks for a pause without calling it a block; nothing is sent until then.
    #[error("EDGAR asks to wait until {until}")]
    RateLimited {
        /// When requests are sent again.
        until: Timestamp,
    },
    /// EDGAR has no such object.
    #[error("EDGAR has no {url}")]
    NotFound {
        /// What was asked for.
        url: String,
    },
    /// Larger than the configured limit.
    #[error("{url} is larger than {limit_bytes} bytes")]
    TooLarge {
        /// What was asked for.
        url: String,
        /// The limit.
        limit_bytes: u64,
    },
    /// The answer ended before its announced end, several times.
    #[error("the answer to {url} was cut short")]
    Cut {
        /// What was asked for.
        url: String,
    },
    /// The answer did not come to its end in time.
    #[error("the answer to {url} did not come in time")]
    TimedOut {
        /// What was asked for.
        url: String,
    },
    /// EDGAR names another address, which is not on sec.gov, or leads in a circle.
    #[error("{url} leads to `{to}`, where nothing is fetched from")]
    Redirected {
        /// What was asked for.
        url: String,
        /// Where it leads.
        to: String,
    },
    /// JSON that is malformed or of another shape than EDGAR's.
    #[error("the answer to {url} is not what EDGAR answers")]
    Unreadable {
        /// The address; within a recording the path.
        url: String,
        /// Where it is wrong.
        source: serde_json::Error,
    },
    /// EDGAR names a file that would lie outside its filing's folder.
    #[error("`{name}` is not a plain file name")]
    UnsafeName {
        /// The name.
        name: String,
    },
    /// No answer: no network, no such host, a broken connection, a time-out.
    #[error("request to {url} failed")]
    Transport {
        /// What was asked for.
        url: String,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// An HTTP status that is no answer.
    #[error("{url} answered with status {status}")]
    Status {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The cache, or the folder to record into, cannot be read or written.
    #[error("cannot use {}", path.display())]
    Cache {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl FetchError {
    /// Whether the same call may well succeed within a minute.
    ///
    /// False for what has an end of its own, see [`blocked_until`](Self::blocked_until).
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Transport { .. } | Self::TimedOut { .. } | Self::Cut { .. } => true,
            Self::Status { status, .. } => *status >= 500,
            _ => false,
        }
    }

    /// When requests are sent again, after EDGAR refused them or asked for a pause.
    pub fn blocked_until(&self) -> Option<Timestamp> {
        match self {
            Self::Blocked { until } | Self::Undeclared { until } | Self::RateLimited { until } => {
                Some(*until)
            }
            _ => None,
        }
    }

    /// Whether the answer is final and lies in what was asked for: nothing failed, there is no such report to be had.
    pub fn is_user_error(&self) -> bool {
        matches!(
            self,
            Self::UnknownTicker { .. }
                | Self::OnlyOneAnnualReport { .. }
                | Self::ForeignPrivateIssuer { .. }
                | Self::AssetBackedIssuer { .. }
                | Self::NoAnnualReport { .. }
                | Self::NoSuchFiling { .. }
                | Self::NotAnAnnualReport { .. }
                | Self::SameFiling
                | Self::WrongOrder { .. }
                | Self::NothingToCompareWith { .. }
        )
    }

    /// Whether EDGAR, or the recording, answered that there is no such object.
    pub(crate) fn is_absence(&self) -> bool {
        matches!(self, Self::NotFound { .. } | Self::NotInRecording { .. })
    }
}
