#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fmt::Write as _;

use super::*;

/// The faults of these variables, one a line.
fn faults(pairs: &[(&str, &str)]) -> String {
    let variables = pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut shown = String::new();
    for fault in Config::read(&variables).err().map(|error| error.faults).unwrap_or_default() {
        writeln!(shown, "{} {}", fault.variable, fault.says).unwrap();
    }
    shown
}

fn config(pairs: &[(&str, &str)]) -> Config {
    Config::read(&pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()).unwrap()
}

#[test]
fn an_empty_environment_is_enough() {
    let config = config(&[]);
    assert_eq!(config.server.address().to_string(), "127.0.0.1:8000");
    assert_eq!(config.queue.jobs_at_once, 2);
    assert_eq!(config.analysis.quality_profile, "evidence");
    assert_eq!(config.storage.server_dir(), std::path::Path::new("data"));
    assert!(config.sec.user_agent.is_none() && config.callback.origins.is_empty());
}

#[test]
fn an_empty_value_counts_as_absent() {
    assert_eq!(
        config(&[("PORT", ""), ("WORKER_SECRET", " ")]).server.address().to_string(),
        "127.0.0.1:8000"
    );
}

#[test]
fn a_secret_opens_the_address() {
    let config = config(&[("WORKER_SECRET", "new-secret, old-secret"), ("PORT", "9000")]);
    assert_eq!(config.server.address().to_string(), "0.0.0.0:9000");
    assert_eq!(config.server.secrets.len(), 2);
}

#[test]
fn every_wrong_value_is_told_at_once() {
    insta::assert_snapshot!(faults(&[
        ("PORT", "70000"),
        ("WORKER_THREADS", "0"),
        ("SEC_USER_AGENT", "curl"),
        ("SEC_REQUESTS_PER_SECOND", "11"),
        ("CACHE_MAX_MB", "0"),
        ("ANALYZER", "gpt"),
        ("QUALITY_PROFILE", "strict"),
        ("CALLBACK_ORIGINS", "https://a.example/path"),
        ("CALLBACK_SECRET", "whsec_short"),
        ("LOG_FORMAT", "xml"),
        ("RUST_LOG", "info,,=="),
    ]));
}

#[test]
fn half_set_groups_are_refused() {
    let cases: &[&[(&str, &str)]] = &[
        &[("BIND", "0.0.0.0")],
        &[("SEC_WWW_URL", "http://localhost:1")],
        &[("SEC_DATA_URL", "http://localhost:1")],
        &[("ANALYZER", "claude")],
        &[("SUPABASE_URL", "https://x.supabase.co")],
        &[("SUPABASE_SERVICE_KEY", "sb_secret_x")],
    ];
    let shown: String = cases.iter().map(|pairs| faults(pairs)).collect();
    insta::assert_snapshot!(shown);
}

#[test]
fn no_fault_repeats_a_value() {
    let said = faults(&[("PORT", "hunter2"), ("CALLBACK_SECRET", "hunter2"), ("BIND", "hunter2")]);
    assert!(!said.is_empty() && !said.contains("hunter2"), "{said}");
}

#[test]
fn only_listed_origins_are_called() {
    let callback =
        config(&[("CALLBACK_ORIGINS", "https://project.supabase.co, http://127.0.0.1:9")]).callback;
    for (url, allowed) in [
        ("https://project.supabase.co/functions/v1/report-callback", true),
        ("https://project.supabase.co:443/x", true),
        ("http://127.0.0.1:9/done", true),
        ("http://project.supabase.co/x", false),
        ("https://project.supabase.co.evil.example/x", false),
        ("https://user@project.supabase.co/x", false),
        ("http://127.0.0.1:10/done", false),
        ("http://localhost:9/done", false),
        ("file:///etc/passwd", false),
    ] {
        assert_eq!(callback.allows(&url.parse().unwrap()), allowed, "{url}");
    }
}

#[test]
fn the_limit_on_the_cost_is_an_amount_above_zero() {
    let limit = |written| config(&[("MAX_REPORT_COST_USD", written)]).analysis.max_report_cost_usd;
    assert_eq!((limit("0.25"), limit("3"), limit("")), (Some(0.25), Some(3.0), None));
    for wrong in ["0", "-1", "nan", "inf", "$1", "1,50"] {
        assert_eq!(
            faults(&[("MAX_REPORT_COST_USD", wrong)]),
            "MAX_REPORT_COST_USD must be an amount in US dollars above zero, such as 0.25\n",
            "{wrong}"
        );
    }
}

#[test]
fn claude_is_asked_when_there_is_a_key_unless_somebody_chose() {
    let asks = |pairs: &[(&str, &str)]| config(pairs).analysis.claude_key().is_some();
    let key = ("ANTHROPIC_API_KEY", "key-of-a-test");
    assert!(asks(&[key]) && asks(&[key, ("ANALYZER", "claude")]));
    assert!(!asks(&[]) && !asks(&[key, ("ANALYZER", "extractive")]));
}
