use std::collections::BTreeMap;

use filing_model::{
    Analysis, ChangeCounts, Company, DISCLAIMER, FilingRef, Form, Item, NotSentWords, QualityReport, Report,
    SCHEMA_VERSION, SectionDiff, Status, WordCounts,
};
use jiff::civil::date;
use uuid::Uuid;

use crate::{Charge, Failure, NewJob};

/// The id of a user or a report by a name that tests can read: on Supabase these are UUIDs.
pub(crate) fn id(name: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string()
}

pub(crate) fn asked(job_id: &str, user: Option<&str>) -> NewJob {
    NewJob {
        job_id: job_id.into(),
        user_id: user.map(id),
        ticker: "ACME".parse().unwrap(),
        callback_url: Some("https://platform.example/callback".into()),
        charge: Charge::Caller,
    }
}

/// A job that this store charges for.
pub(crate) fn charged(job_id: &str, user: &str) -> NewJob {
    NewJob { charge: Charge::Worker, ..asked(job_id, Some(user)) }
}

pub(crate) fn failure() -> Failure {
    Failure {
        error_type: "edgar_unavailable".into(),
        message: "EDGAR does not answer".into(),
        causes: "request failed: connection refused".into(),
    }
}

pub(crate) fn good_report(report_id: &str) -> Report {
    let ticker = Some("ACME".parse().unwrap());
    Report {
        schema_version: SCHEMA_VERSION,
        report_id: id(report_id),
        ticker: ticker.clone(),
        company: Company { name: "Acme Widgets Inc.".into(), cik: "1234567".parse().ok(), ticker },
        newer: filing("0001234567-25-000010", 2025),
        older: filing("0001234567-24-000009", 2024),
        sections: vec![section(Item::I1A, Status::Found), section(Item::I10, Status::ByReference)],
        signals: Vec::new(),
        analysis: analysis(),
        quality: QualityReport {
            is_valid: true,
            profile: "evidence".into(),
            issues: Vec::new(),
            findings: Vec::new(),
        },
        notes: Vec::new(),
        made_on: date(2025, 3, 1),
        generation_time_seconds: 0.1 + 0.2,
        disclaimer: DISCLAIMER.into(),
    }
}

pub(crate) fn bad_report(report_id: &str) -> Report {
    let mut report = good_report(report_id);
    report.quality.is_valid = false;
    report.quality.issues = vec!["Item 7 of the newer filing was cut short".into()];
    report
}

fn filing(accession: &str, year: i16) -> FilingRef {
    FilingRef {
        accession: accession.parse().ok(),
        form: Some(Form::from("10-K")),
        filing_date: Some(date(year, 2, 14)),
        period_end: Some(date(year - 1, 12, 31)),
        url: None,
    }
}

fn section(item: Item, older_status: Status) -> SectionDiff {
    SectionDiff {
        item,
        title: item.title().into(),
        newer_status: Status::Found,
        older_status,
        not_compared: None,
        similarity: None,
        headings: Vec::new(),
        words: WordCounts::default(),
        counts: ChangeCounts::default(),
        changes: Vec::new(),
        unchanged: Vec::new(),
        notes: Vec::new(),
    }
}

fn analysis() -> Analysis {
    Analysis {
        analyzer: "extractive".into(),
        model: None,
        prompt_version: "1".into(),
        executive_summary: "Widgets became dearer.".into(),
        summaries: BTreeMap::from([("Item 1A".into(), "One risk is new.".into())]),
        findings: Vec::new(),
        dropped: Vec::new(),
        degraded: None,
        not_sent_words: NotSentWords::default(),
        total_tokens: 1200,
        total_cost_usd: Some(0.07),
        estimated_cost_usd: None,
    }
}
