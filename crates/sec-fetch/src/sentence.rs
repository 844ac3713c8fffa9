use std::fmt::Write as _;

use filing_model::{Cik, Filing, Ticker};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::FetchError;

impl FetchError {
    /// For whoever asked for the report: what is the matter, and what to do.
    ///
    /// What is no concern of theirs, such as an address or a setting, is left to the message and its sources.
    pub fn sentence(&self) -> String {
        match self {
            Self::UnknownTicker { ticker, nearest, .. } => unknown_ticker(ticker, nearest),
            Self::OnlyOneAnnualReport { company, filing, next_expected } => {
                only_one(company, filing, *next_expected)
            }
            Self::ForeignPrivateIssuer { company, cik, form, filing_date } => format!(
                "{company} reports as a foreign private issuer, on Form {form} (last on {filing_date}), which is not \
                 covered: choose a company that files Form 10-K.{}",
                filings_at(*cik)
            ),
            Self::AssetBackedIssuer { company, cik } => format!(
                "{company} issues asset-backed securities, and its Form 10-K has no risk factors, discussion or \
                 financial statements to compare: choose another company.{}",
                filings_at(*cik)
            ),
            Self::NoAnnualReport { company, cik } => format!(
                "{company} has filed no annual report on Form 10-K: it may be a fund, a person or new on the market, \
                 or have taken over from a company whose ticker or CIK leads to the reports.{}",
                filings_at(*cik)
            ),
            Self::NoSuchFiling { .. }
            | Self::NotAnAnnualReport { .. }
            | Self::SameFiling
            | Self::WrongOrder { .. }
            | Self::NothingToCompareWith { .. } => self.on_chosen_years(),
            _ => self.on_trouble(),
        }
    }

    fn on_chosen_years(&self) -> String {
        match self {
            Self::NoSuchFiling { accession } => format!(
                "The company has no filing {accession}: copy the accession number from EDGAR's page of the filing."
            ),
            Self::NotAnAnnualReport { accession, form } => {
                format!("Filing {accession} is a Form {form}: choose an annual report, Form 10-K.")
            }
            Self::WrongOrder { newer, older } => format!(
                "Filing {older} reports on a later year than {newer}: choose them the other way round."
            ),
            Self::NothingToCompareWith { accession } => format!(
                "There is no annual report of another year to compare filing {accession} with: choose both filings."
            ),
            _ => "Both filings report on the same year: choose two years.".to_owned(),
        }
    }

    /// Nothing that was asked for wrongly.
    fn on_trouble(&self) -> String {
        match self {
            Self::Blocked { until } | Self::Undeclared { until } | Self::RateLimited { until } => {
                format!("The SEC takes no more requests from us before {}: ask again then.", minute(*until))
            }
            Self::NotFound { .. } => {
                "EDGAR lists a file of this company that it does not have: ask again tomorrow, or choose other years."
                    .to_owned()
            }
            Self::TooLarge { limit_bytes, .. } => format!(
                "A filing of this company is larger than the {} MB that are read: choose other years.",
                limit_bytes / 1_000_000
            ),
            Self::NotInRecording { .. } => {
                "The recording does not hold this company's reports: choose one that it was made for.".to_owned()
            }
            Self::Offline { .. } => {
                "This report needs what was never fetched, and nothing is fetched offline: ask again online."
                    .to_owned()
            }
            Self::Unreadable { .. } | Self::UnsafeName { .. } | Self::Redirected { .. } => {
                "EDGAR answered in a way that is not understood here: tell the operator of this service."
                    .to_owned()
            }
            Self::MissingUserAgent
            | Self::BadUserAgent { .. }
            | Self::BadAddress { .. }
            | Self::Client { .. }
            | Self::Cache { .. }
            | Self::NotARecording { .. } => {
                "This service is not set up to fetch filings: tell its operator.".to_owned()
            }
            _ => "The SEC's site did not answer as it should: ask again in some minutes.".to_owned(),
        }
    }
}

fn unknown_ticker(ticker: &Ticker, nearest: &[(Ticker, String)]) -> String {
    if let Ok(cik) = ticker.as_str().parse::<Cik>() {
        return format!(
            "EDGAR has no filer with the number {cik}: check the CIK, or type the company's ticker."
        );
    }
    let Some(((last, last_name), others)) = nearest.split_last() else {
        return format!(
            "No company has the ticker {ticker}: check it, or type the company's CIK, which those that are no longer \
             listed have too."
        );
    };
    let mut meant = String::new();
    for (index, (ticker, name)) in others.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let _ = write!(meant, "{comma}{ticker} ({name})");
    }
    let or = if others.is_empty() { "" } else { " or " };
    format!("No company has the ticker {ticker}: did you mean {meant}{or}{last} ({last_name})?")
}

fn only_one(company: &str, filing: &Filing, next_expected: Option<Date>) -> String {
    let next = next_expected.map_or_else(
        || "choose another company, or type the CIK of the one that it took over from".to_owned(),
        |day| format!("ask again after the next one, expected about {}", day.strftime("%B %Y")),
    );
    format!(
        "{company} has filed only one annual report (Form {} of {}), and a comparison needs two: {next}.",
        filing.form, filing.filing_date
    )
}

/// A sentence of its own, so that the address ends without a full stop that would be taken for a part of it.
fn filings_at(cik: Option<Cik>) -> String {
    cik.map(|cik| format!(" Its filings are at https://www.sec.gov/edgar/browse/?CIK={cik}"))
        .unwrap_or_default()
}

/// `10:32 UTC`, with the day: it may be tomorrow.
fn minute(until: Timestamp) -> String {
    until.to_zoned_datetime(TimeZone::UTC).strftime("%H:%M UTC on %Y-%m-%d").to_string()
}
