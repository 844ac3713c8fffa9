use std::{collections::BTreeMap, time::Duration};

use filing_model::{
    Analysis, Company, DISCLAIMER, FilingRef, NotSentWords, QualityReport, Report, SCHEMA_VERSION,
};
use supabase_store::{Supabase, SupabaseConfig};
use testkit::stack::Stack;
use uuid::Uuid;

/// A report that was made anew: each has an id of its own.
pub(crate) fn report(is_valid: bool) -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        report_id: Uuid::new_v4().to_string(),
        ticker: "ACME".parse().ok(),
        company: Company { name: "Acme Widgets Inc.".into(), cik: None, ticker: "ACME".parse().ok() },
        newer: FilingRef::default(),
        older: FilingRef::default(),
        sections: Vec::new(),
        signals: Vec::new(),
        analysis: Analysis {
            analyzer: "extractive".into(),
            model: None,
            prompt_version: "1".into(),
            executive_summary: "Widgets became dearer.".repeat(50),
            summaries: BTreeMap::new(),
            findings: Vec::new(),
            dropped: Vec::new(),
            degraded: None,
            not_sent_words: NotSentWords::default(),
            total_tokens: 0,
            total_cost_usd: Some(0.0),
            estimated_cost_usd: None,
        },
        quality: QualityReport { is_valid, profile: "seed".into(), issues: Vec::new(), findings: Vec::new() },
        notes: Vec::new(),
        made_on: jiff::civil::date(2025, 3, 1),
        generation_time_seconds: 1.5,
        disclaimer: DISCLAIMER.into(),
    }
}

/// A client that does not wait long: what fails fails often here.
pub(crate) fn client(url: &str, stack: &Stack) -> Supabase {
    let mut config =
        SupabaseConfig::new(url.parse().expect("the stack has an address"), stack.service_key().into());
    config.retry_pauses = vec![Duration::from_millis(5), Duration::from_millis(40)];
    Supabase::connect(config).expect("these settings are good")
}
