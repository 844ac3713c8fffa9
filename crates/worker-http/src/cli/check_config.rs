use ai_analyze::{Rate, Usage, cost_usd};
use jiff::{Timestamp, tz::TimeZone};

use super::stdout;
use crate::{
    app,
    config::{AnalysisConfig, AnalyzerChoice, Config},
    dollars::dollars,
};

/// Says what is set; settings that are wrong by themselves never come this far.
pub(super) fn run(config: &Config) -> anyhow::Result<()> {
    app::check(&config.analysis)?;
    for (what, how) in [
        ("Listens on", listens(config)),
        ("Jobs", jobs(config)),
        ("sec.gov", sec(config)),
        ("Analyzer", analyzer(config)),
        ("Checks", format!("profile {}", config.analysis.quality_profile)),
        ("Callbacks", callbacks(config)),
        ("Data", data(config)),
        ("Seeing", seeing(config)),
    ] {
        stdout::line(&format!("{what:<12}{how}"))?;
    }
    Ok(())
}

fn listens(config: &Config) -> String {
    let guard = match config.server.secrets.len() {
        0 => "this machine alone may ask".to_owned(),
        1 => "with a bearer secret".to_owned(),
        several => format!("with {several} bearer secrets"),
    };
    format!("{}, {guard}", config.server.address())
}

fn jobs(config: &Config) -> String {
    let queue = &config.queue;
    format!("{} at once, {} attempts of {} s", queue.jobs_at_once, queue.attempts, queue.timeout.as_secs())
}

fn sec(config: &Config) -> String {
    let who = config.sec.user_agent.as_ref().map_or_else(
        || "SEC_USER_AGENT is not set: only recordings and the cache can be read".to_owned(),
        |user_agent| format!("asked as \"{user_agent}\""),
    );
    match &config.sec.origins {
        Some(origins) => format!("{who}, at {} and {}", origins.www, origins.data),
        None => who,
    }
}

fn analyzer(config: &Config) -> String {
    let analysis = &config.analysis;
    match (analysis.claude_key(), analysis.analyzer) {
        (Some(_), _) => claude(analysis),
        (None, Some(AnalyzerChoice::Extractive)) => "extractive, without a language model".to_owned(),
        (None, _) => "extractive, without a language model: ANTHROPIC_API_KEY is not set".to_owned(),
    }
}

fn claude(analysis: &AnalysisConfig) -> String {
    let today = Timestamp::now().to_zoned_datetime(TimeZone::UTC).date();
    let price = cost_usd(analysis.model(), Usage::default(), Rate::Standard, today);
    let limit = match (analysis.max_report_cost_usd, price) {
        (Some(limit), _) => format!("at most {} a report", dollars(limit)),
        (None, Some(_)) => "no limit on the cost of a report".to_owned(),
        (None, None) => "whose price is not known: what a report costs is not told".to_owned(),
    };
    format!("claude, {}, {limit}", analysis.model())
}

fn callbacks(config: &Config) -> String {
    let callback = &config.callback;
    let signed = match callback.signers.len() {
        0 => "unsigned: CALLBACK_SECRET is not set".to_owned(),
        1 => "signed".to_owned(),
        several => format!("signed with {several} secrets"),
    };
    let mut origins: Vec<_> = callback.origins.iter().map(url::Origin::ascii_serialization).collect();
    if callback.any_https {
        origins.push("any public https address".to_owned());
    }
    if origins.is_empty() {
        return "none: CALLBACK_ORIGINS is not set".to_owned();
    }
    format!("to {}, {signed}, {} attempts", origins.join(", "), callback.retry.len() + 1)
}

fn data(config: &Config) -> String {
    let user_dir =
        config.storage.user_dir().map_or_else(|_| "nowhere".to_owned(), |dir| dir.display().to_string());
    format!("{} (serve), {user_dir} (other commands)", config.storage.server_dir().display())
}

fn seeing(config: &Config) -> String {
    let telemetry = &config.telemetry;
    let metrics = if telemetry.metrics_open { "/metrics open to everybody" } else { "/metrics guarded" };
    match telemetry.sentry_host() {
        Some(host) => format!("{metrics}, errors reported to {host}"),
        None => format!("{metrics}, errors logged alone: SENTRY_DSN is not set"),
    }
}
