//! Which two filings a report compares.

use std::{cmp::Reverse, collections::HashSet, ops::RangeInclusive};

use filing_model::{AccessionNumber, Company, Filing};
use jiff::{Span, civil::Date};

use crate::{FetchError, Pair, Years};

/// A year of 52 or 53 weeks, and a few days.
const DAYS_OF_A_YEAR: RangeInclusive<i32> = 350..=380;

/// Chooses the two filings that a report compares; needs nothing but the company's list of filings, in any order.
///
/// - Annual reports are originals of 10-K and its former kinds 10-K405 and 10-KSB, one per period, the first filed.
///   The two with the latest periods are taken.
/// - An amendment is never taken by itself: most replace a part of the report alone. A note names it.
/// - A transition report (10-KT) is taken; a note says that its period is short.
/// - Periods that do not end about a year apart give a note.
/// - A company whose latest annual report is a 20-F or 40-F is a foreign private issuer; an issuer of asset-backed
///   securities (distribution reports 10-D, no quarterly reports) has nothing in its 10-K to compare.
/// - Filings chosen by hand may be any annual report, amendments included, as long as they report on different periods.
pub fn choose(company: &Company, filings: &[Filing], years: &Years) -> Result<Pair, FetchError> {
    if is_asset_backed(filings) {
        return Err(FetchError::AssetBackedIssuer { company: company.name.clone() });
    }
    let originals = originals(filings);
    let (newer, older) = match (&years.newer, &years.older) {
        (None, None) => latest_two(company, filings, &originals)?,
        (Some(newer), None) => before(by_number(filings, newer)?, &originals)?,
        (None, Some(older)) => latest_after(by_number(filings, older)?, &originals)?,
        (Some(newer), Some(older)) => (by_number(filings, newer)?, by_number(filings, older)?),
    };
    refuse_odd_order(newer, older)?;
    let notes = notes(newer, older, filings);
    Ok(Pair { company: company.clone(), newer: newer.clone(), older: older.clone(), notes })
}

/// Whether older lists of filings could not change the choice of the latest two.
pub(crate) fn is_decided(filings: &[Filing]) -> bool {
    match originals(filings).len() {
        0 => latest_foreign(filings).is_some(),
        found => found >= 2,
    }
}

/// Annual reports as first filed, one per period, the latest period first.
fn originals(filings: &[Filing]) -> Vec<&Filing> {
    let mut reports: Vec<&Filing> = filings.iter().filter(|filing| is_original(filing)).collect();
    reports.sort_by_key(|filing| (Reverse(end(filing)), filing.filing_date, &filing.accession));
    let mut periods = HashSet::new();
    reports.retain(|filing| periods.insert(end(filing)));
    reports
}

fn is_original(filing: &Filing) -> bool {
    filing.form.is_annual() && !filing.form.is_amendment()
}

/// Filings without a period are placed by the day they were filed.
fn end(filing: &Filing) -> Date {
    filing.period_end.unwrap_or(filing.filing_date)
}

fn is_asset_backed(filings: &[Filing]) -> bool {
    let has = |base: &str| filings.iter().any(|filing| filing.form.base() == base);
    has("10-D") && !has("10-Q")
}

fn latest_foreign(filings: &[Filing]) -> Option<&Filing> {
    filings.iter().filter(|filing| filing.form.is_foreign_annual()).max_by_key(|filing| filing.filing_date)
}

fn latest_two<'a>(
    company: &Company,
    filings: &[Filing],
    originals: &[&'a Filing],
) -> Result<(&'a Filing, &'a Filing), FetchError> {
    let company = company.name.clone();
    if let [newer, older, ..] = originals {
        return Ok((newer, older));
    }
    let only = originals.first();
    let foreign = latest_foreign(filings);
    match foreign.filter(|foreign| only.is_none_or(|only| foreign.filing_date > only.filing_date)) {
        Some(foreign) => Err(FetchError::ForeignPrivateIssuer {
            company,
            form: foreign.form.clone(),
            filing_date: foreign.filing_date,
        }),
        None => Err(only.map_or_else(
            || FetchError::NoAnnualReport { company: company.clone() },
            |only| FetchError::OnlyOneAnnualReport {
                company: company.clone(),
                filing: Box::new((*only).clone()),
                next_expected: next_expected(only),
            },
        )),
    }
}

/// A year after this period, and as many days later as this report took.
fn next_expected(filing: &Filing) -> Option<Date> {
    let end = end(filing);
    let delay = end.until(filing.filing_date).ok()?;
    end.checked_add(Span::new().years(1)).ok()?.checked_add(delay).ok()
}

fn by_number<'a>(filings: &'a [Filing], accession: &AccessionNumber) -> Result<&'a Filing, FetchError> {
    let filing = filings
        .iter()
        .find(|filing| filing.accession == *accession)
        .ok_or_else(|| FetchError::NoSuchFiling { accession: accession.clone() })?;
    if filing.form.is_annual() {
        return Ok(filing);
    }
    Err(FetchError::NotAnAnnualReport { accession: accession.clone(), form: filing.form.clone() })
}

fn before<'a>(newer: &'a Filing, originals: &[&'a Filing]) -> Result<(&'a Filing, &'a Filing), FetchError> {
    let older = originals.iter().find(|filing| end(filing) < end(newer));
    older.map(|older| (newer, *older)).ok_or_else(|| alone(newer))
}

fn latest_after<'a>(
    older: &'a Filing,
    originals: &[&'a Filing],
) -> Result<(&'a Filing, &'a Filing), FetchError> {
    let newer = originals.first().filter(|filing| end(filing) > end(older));
    newer.map(|newer| (*newer, older)).ok_or_else(|| alone(older))
}

fn alone(filing: &Filing) -> FetchError {
    FetchError::NothingToCompareWith { accession: filing.accession.clone() }
}

fn refuse_odd_order(newer: &Filing, older: &Filing) -> Result<(), FetchError> {
    if newer.accession == older.accession || end(newer) == end(older) {
        return Err(FetchError::SameFiling);
    }
    if end(older) > end(newer) {
        return Err(FetchError::WrongOrder {
            newer: newer.accession.clone(),
            older: older.accession.clone(),
        });
    }
    Ok(())
}

fn notes(newer: &Filing, older: &Filing, filings: &[Filing]) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(note_on_distance(newer, older));
    for (side, filing) in [("newer", newer), ("older", older)] {
        notes.extend(note_on_form(side, filing));
        notes.extend(notes_on_other_versions(side, filing, filings));
    }
    notes.extend(note_on_foreign_reports(newer, filings));
    notes
}

fn note_on_distance(newer: &Filing, older: &Filing) -> Option<String> {
    let days = end(older).until(end(newer)).ok()?.get_days();
    if DAYS_OF_A_YEAR.contains(&days) {
        return None;
    }
    let meaning = if days < *DAYS_OF_A_YEAR.start() {
        "less than a year"
    } else {
        "the reports are not of consecutive years"
    };
    Some(format!("The periods of the two reports end {days} days apart: {meaning}."))
}

fn note_on_form(side: &str, filing: &Filing) -> Option<String> {
    if filing.form.is_transition() {
        return Some(format!(
            "The {side} report is a transition report ({}): its period is shorter than a year.",
            filing.form
        ));
    }
    let partial = "it may hold a part of the report alone";
    filing
        .form
        .is_amendment()
        .then(|| format!("The {side} report is an amendment ({}): {partial}.", filing.form))
}

/// Amendments, and reports filed twice.
fn notes_on_other_versions(side: &str, filing: &Filing, filings: &[Filing]) -> Vec<String> {
    if filing.form.is_amendment() {
        return Vec::new();
    }
    let same_period = |other: &&Filing| other.form.is_annual() && end(other) == end(filing);
    let others = filings.iter().filter(same_period).filter(|other| other.accession != filing.accession);
    others
        .map(|other| {
            let what = if other.form.is_amendment() { "amends it" } else { "reports on the same period" };
            format!(
                "The {side} report is compared as first filed; Form {} of {} {what}.",
                other.form, other.filing_date
            )
        })
        .collect()
}

fn note_on_foreign_reports(newer: &Filing, filings: &[Filing]) -> Option<String> {
    let foreign = latest_foreign(filings).filter(|foreign| foreign.filing_date > newer.filing_date)?;
    Some(format!(
        "The company has since reported as a foreign private issuer on Form {} of {}, which is not covered.",
        foreign.form, foreign.filing_date
    ))
}
