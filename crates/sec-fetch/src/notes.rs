//! What a reader should know of the choice of two filings, a sentence each.

use filing_model::Filing;

use crate::{
    FilingList,
    choose::{Amendments, end, is_same_period, latest_foreign},
};

/// 52 or 53 weeks, and a few days.
const SHORTEST_YEAR: i32 = 350;
const LONGEST_YEAR: i32 = 380;

/// Beyond this a report between the two is missing; less is a fiscal year that was moved.
const LONGEST_MOVED_YEAR: i32 = 640;

/// Notice that an annual report will be late.
const LATE: &str = "NT 10-K";

pub(crate) fn notes(
    newer: &Filing,
    older: &Filing,
    list: &FilingList,
    amendments: &Amendments,
) -> Vec<String> {
    let filings = &list.filings;
    let mut notes = Vec::new();
    notes.extend(on_distance(newer, older));
    for (side, filing) in [("newer", newer), ("older", older)] {
        notes.extend(on_form(side, filing, amendments));
        notes.extend(on_other_versions(side, filing, filings));
    }
    notes.extend(on_parts_passed_over(older, filings, amendments));
    notes.extend(on_name(newer, older, list));
    notes.extend(on_foreign_reports(newer, filings));
    notes.extend(on_lateness(newer, filings));
    notes
}

fn on_distance(newer: &Filing, older: &Filing) -> Option<String> {
    let days = end(older).until(end(newer)).ok()?.get_days();
    let meaning = match days {
        ..SHORTEST_YEAR => "less than a year",
        SHORTEST_YEAR..=LONGEST_YEAR => return None,
        _ if days <= LONGEST_MOVED_YEAR => "more than a year, as when a fiscal year is moved",
        _ => "the reports are not of consecutive years",
    };
    Some(format!("The periods of the two reports end {days} days apart: {meaning}."))
}

fn on_form(side: &str, filing: &Filing, amendments: &Amendments) -> Option<String> {
    let form = &filing.form;
    if form.is_transition() {
        return Some(format!(
            "The {side} report is a transition report ({form}): its period may be shorter than a year."
        ));
    }
    if !form.is_amendment() {
        return None;
    }
    Some(if amendments.get(&filing.accession).is_some_and(|whole| *whole) {
        format!(
            "The {side} report is an amendment (Form {form} of {}) that holds the whole report; the one it amends is not listed.",
            filing.filing_date
        )
    } else {
        format!("The {side} report is an amendment ({form}): it may hold a part of the report alone.")
    })
}

/// Amendments, and reports filed twice.
fn on_other_versions(side: &str, filing: &Filing, filings: &[Filing]) -> Vec<String> {
    if filing.form.is_amendment() {
        return Vec::new();
    }
    let same_period = |other: &&Filing| other.form.is_annual() && is_same_period(other, filing);
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

/// Amendments of a year that is not compared because nothing but a part of its report is listed.
fn on_parts_passed_over(older: &Filing, filings: &[Filing], amendments: &Amendments) -> Vec<String> {
    let is_part = |filing: &&Filing| amendments.get(&filing.accession) == Some(&false);
    let passed_over = filings.iter().filter(is_part).filter(|filing| end(filing) > end(older));
    passed_over
        .map(|filing| {
            format!(
                "Form {} of {} on the period to {} is passed over: it is a part of a report that is not listed.",
                filing.form,
                filing.filing_date,
                end(filing)
            )
        })
        .collect()
}

fn on_name(newer: &Filing, older: &Filing, list: &FilingList) -> Option<String> {
    // The latest comes first; the name of that time is the last of those in use since.
    let in_use = list
        .former_names
        .iter()
        .take_while(|former| former.until.is_some_and(|until| until >= older.filing_date));
    let former = in_use.last()?;
    let until = former.until?;
    let which = if until >= newer.filing_date { "Both reports were" } else { "The older report was" };
    Some(format!("{which} filed under the company's former name, {} (until {until}).", former.name))
}

fn on_foreign_reports(newer: &Filing, filings: &[Filing]) -> Option<String> {
    let foreign = latest_foreign(filings).filter(|foreign| foreign.filing_date > newer.filing_date)?;
    Some(format!(
        "The company has since reported as a foreign private issuer on Form {} of {}, which is not covered.",
        foreign.form, foreign.filing_date
    ))
}

fn on_lateness(newer: &Filing, filings: &[Filing]) -> Option<String> {
    let notices = filings.iter().filter(|filing| filing.form.as_str() == LATE);
    let notice = notices.max_by_key(|notice| notice.filing_date)?;
    (notice.filing_date > newer.filing_date).then(|| {
        format!(
            "The company's next annual report is late, as its Form {LATE} of {} says.",
            notice.filing_date
        )
    })
}
