//! What to do when filings or analyses cannot be had.

use std::fmt::Write as _;

use ai_analyze::AnalyzeError;
use filing_model::{Cik, Filing, FilingRef, Ticker};
use jiff::{Timestamp, civil::Date};
use sec_fetch::FetchError;

use super::{cache::span, fault::Fault};

const TWO_FILES: &str = "Two filings on disk work too:  worker-http compare OLDER NEWER";
const GOES_ON: &str = "What was fetched is kept: the same command goes on from there.";

/// Why there are no filings.
pub(super) fn fetch(error: &FetchError) -> Fault {
    use FetchError as E;
    match error {
        E::UnknownTicker { ticker, nearest, list_read_at } => unknown_ticker(ticker, nearest, *list_read_at),
        E::OnlyOneAnnualReport { company, filing, next_expected } => {
            only_one(company, filing, *next_expected)
        }
        E::ForeignPrivateIssuer { company, form, filing_date, .. } => Fault::failed(
            format!("{company} files Form {form}, not Form 10-K"),
            format!(
                "Foreign companies may report on Form {form}, whose Items differ. This program\n\
                 compares 10-Ks only. Its latest report was filed on {filing_date}."
            ),
        ),
        E::AssetBackedIssuer { company, .. } => Fault::failed(
            format!("{company} is an asset-backed issuer"),
            "Its 10-K has no risk factors, no discussion and no financial statements, so\n\
             there is nothing to compare.",
        ),
        E::NoAnnualReport { company, .. } => Fault::failed(
            format!("{company} has filed no 10-K"),
            format!("It may be new on the market, or report under another name.\n{TWO_FILES}"),
        ),
        E::MissingUserAgent => missing_user_agent(),
        E::BadUserAgent { reason, .. } => Fault::wrong_use(
            format!("SEC_USER_AGENT cannot be used: {reason}"),
            "It must name a company and a contact:\n\n  export SEC_USER_AGENT=\"Your Company you@example.com\"",
        ),
        E::NoSuchFiling { .. } | E::NotAnAnnualReport { .. } | E::SameFiling | E::WrongOrder { .. } => {
            picked_years(error)
        }
        E::NothingToCompareWith { .. } => picked_years(error),
        _ => trouble(error),
    }
}

/// Trouble on the way, or with what is kept on disk.
fn trouble(error: &FetchError) -> Fault {
    use FetchError as E;
    match error {
        E::NotARecording { path, reason } => Fault::failed(
            format!("{} is not a recording", path.display()),
            format!("{}.\nA recording is made by:  worker-http record TICKER --to DIR", capital(reason)),
        ),
        E::NotInRecording { path } => Fault::failed(
            format!("the recording has no {path}"),
            "It holds the companies it was made for, no others.",
        ),
        E::Offline { url } => Fault::failed(
            "what is needed is not in the cache",
            format!("With --offline nothing is fetched, and this was never fetched before:\n{url}"),
        ),
        E::Blocked { until } => Fault::failed(
            "sec.gov refuses our requests for now",
            format!(
                "Asking again sooner prolongs it; it ends at {} at the earliest.\n{GOES_ON}",
                clock(*until)
            ),
        ),
        E::Undeclared { until } => Fault::failed(
            "sec.gov takes us for a program that does not say who it is",
            format!(
                "SEC_USER_AGENT must name your company and a contact that is real. Asking again\n\
                 sooner prolongs the refusal; it ends at {} at the earliest.\n{GOES_ON}",
                clock(*until)
            ),
        ),
        E::RateLimited { until } => {
            Fault::failed("sec.gov asks for a pause", format!("It ends at {}. {GOES_ON}", clock(*until)))
        }
        E::Transport { url, .. } => unreachable(url, error),
        E::Status { url, status } if *status >= 500 => Fault::failed(
            "sec.gov has trouble",
            format!("It answered {status} for\n{url}\n\nTry again later. {GOES_ON}"),
        ),
        E::Cut { .. } => Fault::failed("the connection to sec.gov keeps breaking", GOES_ON),
        E::TimedOut { .. } => {
            Fault::failed("sec.gov answers too slowly", format!("Try again later. {GOES_ON}"))
        }
        E::Cache { path, source } => {
            Fault::failed(format!("{} cannot be used", path.display()), super::fault::sentence(source))
        }
        other => Fault::failed(other.to_string(), ""),
    }
}

fn unknown_ticker(ticker: &Ticker, nearest: &[(Ticker, String)], list_read_at: Option<Timestamp>) -> Fault {
    if let Ok(cik) = ticker.as_str().parse::<Cik>() {
        return Fault::failed(
            format!("EDGAR has no filer with the number {cik}"),
            format!("Check the CIK, or type the company's ticker.\n{TWO_FILES}"),
        );
    }
    let mut advice = String::new();
    for (index, (ticker, company)) in nearest.iter().enumerate() {
        let label = if index == 0 { "Near it:" } else { "" };
        let _ = writeln!(advice, "{label:<10}{:<6}{company}", ticker.as_str());
    }
    if !advice.is_empty() {
        advice.push('\n');
    }
    let missing = match list_read_at {
        Some(at) => format!(
            "The SEC's list was read {} ago; a company listed this week may be\nmissing.",
            span(Timestamp::now().duration_since(at))
        ),
        None => "A company listed this week may be missing from the SEC's list.".to_owned(),
    };
    let _ = write!(advice, "{missing}\n{TWO_FILES}");
    Fault::failed(format!("no company has the ticker {ticker}"), advice)
}

fn only_one(company: &str, filing: &Filing, next_expected: Option<Date>) -> Fault {
    let filing_ref = FilingRef::from(filing);
    let year = filing_ref.fiscal_year().map(|year| format!(" for fiscal {year}")).unwrap_or_default();
    let next =
        next_expected.map(|day| format!(" The next one is due in {}.", season(day))).unwrap_or_default();
    let url = filing_ref.url.unwrap_or_default();
    Fault::failed(
        format!("{company} has filed only one 10-K"),
        format!(
            "It was filed on {}{year}, so there is no year to compare\nit with.{next}\n\nTo read the one there is:\n{url}",
            filing.filing_date
        ),
    )
}

/// `early 2027`: no more is known of a day that nobody has set.
fn season(day: Date) -> String {
    let part = match day.month() {
        1..=4 => "early",
        5..=8 => "mid",
        _ => "late",
    };
    format!("{part} {}", day.year())
}

fn missing_user_agent() -> Fault {
    Fault::wrong_use(
        "SEC_USER_AGENT is not set",
        "sec.gov asks every program for a name and a contact. Set it once:\n\n  \
         export SEC_USER_AGENT=\"Your Company you@example.com\"\n\n\
         or put the line in a .env file here. To try without sec.gov:\n  worker-http demo",
    )
}

fn picked_years(error: &FetchError) -> Fault {
    Fault::failed(
        error.to_string(),
        "EDGAR's page of a filing shows its accession number, such as\n0000320193-25-000079.\n\
         Without --newer and --older the two latest 10-Ks are compared.",
    )
}

fn unreachable(url: &str, error: &FetchError) -> Fault {
    let host = url.split('/').nth(2).unwrap_or("sec.gov");
    let site = if host.ends_with("sec.gov") { "sec.gov" } else { host };
    let resolved =
        !causes(error).any(|cause| cause.contains("dns error") || cause.contains("failed to lookup"));
    let why = if resolved {
        format!("{host} did not answer, or the connection broke.")
    } else {
        format!("The name {host} could not be resolved; this machine seems to be\noffline.")
    };
    Fault::failed(
        format!("{site} cannot be reached"),
        format!("{why}\n\n{GOES_ON}\nWith a recording:  worker-http report TICKER --edgar DIR"),
    )
}

fn causes(error: &(dyn std::error::Error + 'static)) -> impl Iterator<Item = String> {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string)
}

/// Why there is no analysis.
pub(super) fn analyze(error: &AnalyzeError) -> Fault {
    const WITHOUT: &str = "Without a model:  --analyzer extractive, or ANALYZER=extractive";
    let advice = match error {
        AnalyzeError::Unauthorized { .. } => "Check ANTHROPIC_API_KEY.",
        AnalyzeError::OutOfCredit => "Nothing more is sent until the account is topped up.",
        AnalyzeError::RateLimited { .. }
        | AnalyzeError::Unavailable { .. }
        | AnalyzeError::Transport { .. } => "Try again later.",
        AnalyzeError::Config { .. } => {
            return Fault::wrong_use(
                error.to_string(),
                format!("ANTHROPIC_MODEL names the model, MAX_REPORT_COST_USD the limit.\n{WITHOUT}"),
            );
        }
        AnalyzeError::Unanswered { .. } => "The same command asks for the rest in another batch.",
        AnalyzeError::Ledger { .. } => "DATA_DIR chooses another folder.",
        _ => "",
    };
    Fault::failed(error.to_string(), format!("{advice}\n{WITHOUT}").trim_start().to_owned())
}

/// `14:32`, by the clock of this machine.
fn clock(until: Timestamp) -> String {
    until.to_zoned_datetime(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
