#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{collections::BTreeSet, fmt::Write as _, time::Duration};

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
        ("METRICS_OPEN", "yes"),
        ("SENTRY_DSN", "https://sentry.example/1"),
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
    let said = faults(&[
        ("PORT", "hunter2"),
        ("CALLBACK_SECRET", "hunter2"),
        ("BIND", "hunter2"),
        ("SENTRY_DSN", "hunter2"),
    ]);
    assert!(!said.is_empty() && !said.contains("hunter2"), "{said}");
}

#[test]
fn secrets_are_known_to_what_must_keep_them() {
    let telemetry = config(&[
        ("WORKER_SECRET", "new-secret, old-secret"),
        ("SENTRY_DSN", "https://key-of-sentry@sentry.example/1"),
        ("METRICS_OPEN", "on"),
        ("ANTHROPIC_MODEL", "no-secret"),
    ])
    .telemetry;
    let known: Vec<_> = telemetry.secrets.iter().map(secrecy::ExposeSecret::expose_secret).collect();
    for secret in ["new-secret", "old-secret", "key-of-sentry"] {
        assert!(known.contains(&secret), "{secret}");
    }
    assert!(!known.iter().any(|text| text.contains("no-secret")));
    assert!(telemetry.metrics_open && telemetry.sentry_host() == Some("sentry.example"));
    assert!(!format!("{telemetry:?}").contains("key-of-sentry"));
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

#[test]
fn callbacks_go_to_the_supabase_project_unless_others_are_listed() {
    let project = [("SUPABASE_URL", "https://x.supabase.co/rest/"), ("SUPABASE_SERVICE_KEY", "sb_secret_x")];
    let origins = |pairs: &[(&str, &str)]| -> Vec<String> {
        config(pairs).callback.origins.iter().map(url::Origin::ascii_serialization).collect()
    };
    assert_eq!(origins(&project), ["https://x.supabase.co"]);
    let listed = ("CALLBACK_ORIGINS", "https://a.example, http://127.0.0.1:9");
    assert_eq!(origins(&[project[0], project[1], listed]), ["https://a.example", "http://127.0.0.1:9"]);
    assert!(origins(&[]).is_empty());
    for wrong in
        ["https://a.example/x", "https://u@a.example", "https://:p@a.example", "ftp://a.example", "a"]
    {
        assert_eq!(
            faults(&[("CALLBACK_ORIGINS", wrong)]),
            "CALLBACK_ORIGINS must list addresses without a path, such as https://project.supabase.co\n",
            "{wrong}"
        );
    }
}

#[test]
fn strangers_are_called_back_only_when_that_is_switched_on() {
    assert!(!config(&[]).callback.any_https);
    assert!(!config(&[("CALLBACK_ANY_HTTPS", "off")]).callback.any_https);
    assert!(config(&[("CALLBACK_ANY_HTTPS", "on")]).callback.any_https);
    assert_eq!(faults(&[("CALLBACK_ANY_HTTPS", "maybe")]), "CALLBACK_ANY_HTTPS must be on or off\n");
}

#[test]
fn callbacks_are_signed_by_every_secret_that_is_listed() {
    let secret = |bytes: usize| format!("whsec_{}", base64_of_zeros(bytes));
    let signers = |written: &str| config(&[("CALLBACK_SECRET", written)]).callback.signers.len();
    assert_eq!(signers(""), 0);
    assert_eq!(signers(&secret(24)), 1);
    assert_eq!(signers(&format!("{}, {}", secret(32), secret(64))), 2);
    for wrong in [secret(23), secret(65), base64_of_zeros(24), format!("{},whsec_!", secret(24))] {
        let said = faults(&[("CALLBACK_SECRET", &wrong)]);
        assert!(said.starts_with("CALLBACK_SECRET must be whsec_ followed by"), "{wrong}: {said}");
        assert!(!said.contains("AAAA"), "{said}");
    }
}

fn base64_of_zeros(bytes: usize) -> String {
    let padding = (3 - bytes % 3) % 3;
    format!("{}{}", "A".repeat((bytes * 8).div_ceil(6)), "=".repeat(padding))
}

#[test]
fn callbacks_are_repeated_as_published_or_as_written() {
    let retry = |written| -> Vec<u64> {
        config(&[("CALLBACK_RETRY_SECONDS", written)]).callback.retry.iter().map(Duration::as_secs).collect()
    };
    assert_eq!(retry(""), [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    assert_eq!(retry("0, 1,604800"), [0, 1, 604_800]);
    for wrong in ["5,soon", "-1", "1.5", "604801"] {
        assert_eq!(
            faults(&[("CALLBACK_RETRY_SECONDS", wrong)]),
            "CALLBACK_RETRY_SECONDS must list whole seconds up to 604800, such as 5,300,1800\n",
            "{wrong}"
        );
    }
}

/// What stands in `.env.example`, the `#` before each line taken off.
fn example() -> Vec<(String, String)> {
    let written = include_str!("../../../../.env.example");
    let line = regex::Regex::new(r"(?m)^# ([A-Z][A-Z_0-9]+)=(.*)$").unwrap();
    line.captures_iter(written)
        .map(|found| (found[1].to_owned(), found[2].trim_matches('"').to_owned()))
        .collect()
}

/// The names that the sections of this folder ask for.
fn asked_for() -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/config");
    let name = regex::Regex::new(r#""([A-Z][A-Z_0-9]+)""#).unwrap();
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sections = files.filter(|path| path.is_file() && !path.ends_with("tests.rs"));
    let sources: Vec<_> = sections.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    sources.iter().flat_map(|text| name.captures_iter(text)).map(|found| found[1].to_owned()).collect()
}

#[test]
fn the_example_has_every_variable_once_and_no_other() {
    let named: Vec<String> = example().into_iter().map(|(name, _)| name).collect();
    let once: BTreeSet<String> = named.iter().cloned().collect();
    assert_eq!(named.len(), once.len());
    assert_eq!(once, asked_for());
}

#[test]
fn the_values_of_the_example_are_the_defaults() {
    let written: Variables = example().into_iter().collect();
    let (written, usual) = (Config::read(&written).unwrap(), config(&[]));
    assert_eq!(format!("{:?}", written.queue), format!("{:?}", usual.queue));
    assert_eq!(format!("{:?}", written.callback), format!("{:?}", usual.callback));
    assert_eq!(written.server.address(), usual.server.address());
    assert_eq!(written.server.pages, usual.server.pages);
    assert_eq!(written.storage.server_dir(), std::path::Path::new("./data"));
    assert_eq!(written.storage.cache_limit_bytes, usual.storage.cache_limit_bytes);
    assert_eq!(written.storage.retention_days, usual.storage.retention_days);
    assert_eq!(written.analysis.quality_profile, usual.analysis.quality_profile);
    assert_eq!(written.log.format, usual.log.format);
    assert_eq!(written.telemetry.metrics_open, usual.telemetry.metrics_open);
}
