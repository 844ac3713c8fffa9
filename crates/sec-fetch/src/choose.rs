//! Which two filings a report compares.

use std::{cmp::Reverse, collections::HashMap};

use filing_model::{AccessionNumber, Company, Filing};
use jiff::{Span, civil::Date};

use crate::{FetchError, FilingList, Pair, Years, names, notes::notes};

/// Two annual reports on periods that end this close together report on the same year: one of them has a slip in its
/// date, or was filed again. Transition reports are apart, since their periods may be as short as a month.
const DAYS_OF_ONE_PERIOD: i32 = 15;

/// An annual report fills a gap when it is this far from all others; 52 or 53 weeks and a slip are closer to a year.
const DAYS_TO_FILL_A_GAP: i32 = 300;

/// Whoever files 10-Ks owes one every year; a list of so many days without any belongs to someone who does not.
const DAYS_WITHOUT_ANY: i32 = 1200;

/// A former name still helps to know a company by for so long after it was given up.
const DAYS_A_NAME_IS_REMEMBERED: i32 = 3 * 366;

/// Industry (SIC) of issuers of asset-backed securities.
const ASSET_BACKED: &str = "6189";

/// Forms by which a company tells that it will not report any more.
const FAREWELLS: [&str; 3] = ["15-12B", "15-12G", "15-15D"];

/// What is known of amendments from their documents: whether one holds the whole report.
pub(crate) type Amendments = HashMap<AccessionNumber, bool>;

/// Chooses the two filings that a report compares; needs nothing but the company's list of filings, in any order.
///
/// - Annual reports are originals of 10-K and its former kinds 10-K405 and 10-KSB, one per period, the first filed.
///   The two with the latest periods are taken.
/// - An amendment is not taken by itself: most replace a part of the report alone. A note names it.
///   [`annual_pair`](crate::annual_pair) looks into one whose original is not listed, and lets it stand in if it is
///   the whole report.
/// - A transition report (10-KT) is taken; a note says that its period may be short.
/// - Periods that do not end about a year apart give a note.
/// - A company whose latest annual report is a 20-F or 40-F is a foreign private issuer; an issuer of asset-backed
///   securities (by its industry or its distribution reports 10-D, and without quarterly reports) has nothing in its
///   10-K to compare.
/// - Filings chosen by hand may be any annual report, amendments included, as long as they report on different periods.
pub fn choose(company: &Company, list: &FilingList, years: &Years) -> Result<Pair, FetchError> {
    choose_with(company, list, years, &Amendments::new())
}

/// Chooses with amendments that are known to hold the whole report.
pub(crate) fn choose_with(
    company: &Company,
    list: &FilingList,
    years: &Years,
    amendments: &Amendments,
) -> Result<Pair, FetchError> {
    let filings = &list.filings;
    if is_asset_backed(list) {
        return Err(FetchError::AssetBackedIssuer { company: described(company, list), cik: company.cik });
    }
    let reports = reports(filings, amendments);
    let (newer, older) = match (&years.newer, &years.older) {
        (None, None) => latest_two(company, list, &reports)?,
        (Some(newer), None) => before(by_number(filings, newer)?, &reports)?,
        (None, Some(older)) => latest_after(by_number(filings, older)?, &reports)?,
        (Some(newer), Some(older)) => (by_number(filings, newer)?, by_number(filings, older)?),
    };
    refuse_odd_order(newer, older)?;
    let notes = notes(newer, older, list, amendments);
    Ok(Pair { company: company.clone(), newer: newer.clone(), older: older.clone(), notes })
}

/// Whether older lists of filings could not change the choice of the latest two.
pub(crate) fn is_decided(filings: &[Filing]) -> bool {
    match originals(filings).len() {
        0 => latest_foreign(filings).is_some() || is_long_without_any(filings),
        found => found >= 2,
    }
}

/// Amendments that may stand in for a report that is not listed, the latest filed first: whether one is whole is
/// for its document to show.
pub(crate) fn stand_ins(filings: &[Filing]) -> Vec<&Filing> {
    let originals = originals(filings);
    let matters = |filing: &Filing| originals.get(1).is_none_or(|second| end(filing) > end(second));
    let fills_a_gap = |filing: &Filing| {
        let apart = |original: &&Filing| days_apart(end(original), end(filing)) >= DAYS_TO_FILL_A_GAP;
        originals.iter().all(apart)
    };
    let mut found: Vec<&Filing> = filings.iter().filter(|filing| is_amended_annual(filing)).collect();
    found.retain(|filing| matters(filing) && fills_a_gap(filing));
    found.sort_by_key(|filing| (Reverse(filing.filing_date), &filing.accession));
    found
}

/// Originals and what stands in for one, a report per period, the latest period first.
fn reports<'a>(filings: &'a [Filing], amendments: &Amendments) -> Vec<&'a Filing> {
    let mut reports = originals(filings);
    for filing in stand_ins(filings) {
        let is_whole = amendments.get(&filing.accession).is_some_and(|whole| *whole);
        if is_whole && !reports.iter().any(|report| is_same_period(report, filing)) {
            reports.push(filing);
        }
    }
    reports.sort_by_key(|filing| Reverse(end(filing)));
    reports
}

/// Annual reports as first filed, one per period, the latest period first.
fn originals(filings: &[Filing]) -> Vec<&Filing> {
    let mut in_turn: Vec<&Filing> = filings.iter().filter(|filing| is_original(filing)).collect();
    in_turn.sort_by_key(|filing| (filing.filing_date, &filing.accession));
    let mut reports: Vec<&Filing> = Vec::new();
    for filing in in_turn {
        if !reports.iter().any(|report| is_same_period(report, filing)) {
            reports.push(filing);
        }
    }
    reports.sort_by_key(|filing| Reverse(end(filing)));
    reports
}

fn is_original(filing: &Filing) -> bool {
    filing.form.is_annual() && !filing.form.is_amendment()
}

fn is_amended_annual(filing: &Filing) -> bool {
    filing.form.is_annual() && filing.form.is_amendment() && !filing.form.is_transition()
}

/// Filings without a period are placed by the day they were filed.
pub(crate) fn end(filing: &Filing) -> Date {
    filing.period_end.unwrap_or(filing.filing_date)
}

/// Whether both report on the same year.
pub(crate) fn is_same_period(one: &Filing, other: &Filing) -> bool {
    let is_transition = one.form.is_transition() || other.form.is_transition();
    days_apart(end(one), end(other)) <= if is_transition { 0 } else { DAYS_OF_ONE_PERIOD }
}

/// Endless where the calendar ends.
fn days_apart(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}

fn is_asset_backed(list: &FilingList) -> bool {
    let has = |base: &str| list.filings.iter().any(|filing| filing.form.base() == base);
    let by_industry = list.industry.as_deref() == Some(ASSET_BACKED) && list.filings.iter().any(is_original);
    (has("10-D") || by_industry) && !has("10-Q")
}

pub(crate) fn latest_foreign(filings: &[Filing]) -> Option<&Filing> {
    filings.iter().filter(|filing| filing.form.is_foreign_annual()).max_by_key(|filing| filing.filing_date)
}

fn is_long_without_any(filings: &[Filing]) -> bool {
    let days = || filings.iter().map(|filing| filing.filing_date);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return false };
    !filings.iter().any(|filing| filing.form.is_annual()) && days_apart(first, last) > DAYS_WITHOUT_ANY
}

fn latest_two<'a>(
    company: &Company,
    list: &FilingList,
    reports: &[&'a Filing],
) -> Result<(&'a Filing, &'a Filing), FetchError> {
    if let [newer, older, ..] = reports {
        return Ok((newer, older));
    }
    let only = reports.first();
    let foreign = latest_foreign(&list.filings);
    let (cik, company) = (company.cik, described(company, list));
    Err(match (foreign, only) {
        (Some(foreign), only) if only.is_none_or(|only| foreign.filing_date > only.filing_date) => {
            let (form, filing_date) = (foreign.form.clone(), foreign.filing_date);
            FetchError::ForeignPrivateIssuer { company, cik, form, filing_date }
        }
        (_, None) => FetchError::NoAnnualReport { company, cik },
        (_, Some(only)) => FetchError::OnlyOneAnnualReport {
            company,
            filing: Box::new((*only).clone()),
            next_expected: next_expected(only, &list.filings),
        },
    })
}

/// The name, with the one it had until lately: `Lucent Robotics Inc. (formerly HARBOR ACQUISITION CORP, until 2025)`.
fn described(company: &Company, list: &FilingList) -> String {
    let latest = list.filings.iter().map(|filing| filing.filing_date).max();
    let name = &company.name;
    let Some(former) = list.former_names.first().filter(|former| !same_name(&former.name, name)) else {
        return name.clone();
    };
    match (former.until, latest) {
        (Some(until), Some(latest)) if days_apart(until, latest) <= DAYS_A_NAME_IS_REMEMBERED => {
            format!("{name} (formerly {}, until {})", former.name, until.year())
        }
        _ => name.clone(),
    }
}

fn same_name(one: &str, other: &str) -> bool {
    names::essence(one) == names::essence(other)
}

/// A year after this period, and as many days later as this report took; nothing when the company said farewell or
/// that day has passed.
fn next_expected(filing: &Filing, filings: &[Filing]) -> Option<Date> {
    let end = end(filing);
    let delay = end.until(filing.filing_date).ok()?;
    let expected = end.checked_add(Span::new().years(1)).ok()?.checked_add(delay).ok()?;
    let is_past = |other: &Filing| {
        other.filing_date > expected
            || (other.filing_date >= filing.filing_date && FAREWELLS.contains(&other.form.as_str()))
    };
    (!filings.iter().any(is_past)).then_some(expected)
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

fn before<'a>(newer: &'a Filing, reports: &[&'a Filing]) -> Result<(&'a Filing, &'a Filing), FetchError> {
    let is_before = |filing: &&&Filing| end(filing) < end(newer) && !is_same_period(filing, newer);
    reports.iter().find(is_before).map(|older| (newer, *older)).ok_or_else(|| alone(newer))
}

fn latest_after<'a>(
    older: &'a Filing,
    reports: &[&'a Filing],
) -> Result<(&'a Filing, &'a Filing), FetchError> {
    let is_after = |filing: &&&Filing| end(filing) > end(older) && !is_same_period(filing, older);
    reports.first().filter(is_after).map(|newer| (*newer, older)).ok_or_else(|| alone(older))
}

fn alone(filing: &Filing) -> FetchError {
    FetchError::NothingToCompareWith { accession: filing.accession.clone() }
}

fn refuse_odd_order(newer: &Filing, older: &Filing) -> Result<(), FetchError> {
    if newer.accession == older.accession || is_same_period(newer, older) {
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
