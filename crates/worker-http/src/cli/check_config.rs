use super::stdout;
use crate::config::{AnalyzerChoice, Config};

/// Says what is set; wrong settings never come this far.
pub(super) fn run(config: &Config) -> anyhow::Result<()> {
    for (what, how) in [
        ("Listens on", listens(config)),
        ("Jobs", jobs(config)),
        ("sec.gov", sec(config)),
        ("Analyzer", analyzer(config)),
        ("Checks", format!("profile {}", config.analysis.quality_profile)),
        ("Callbacks", callbacks(config)),
        ("Data", data(config)),
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
    match (config.analysis.analyzer, &config.analysis.api_key) {
        (None | Some(AnalyzerChoice::Claude), Some(_)) => "claude".to_owned(),
        (Some(AnalyzerChoice::Extractive), _) => "extractive, without a language model".to_owned(),
        (_, None) => "extractive, without a language model: ANTHROPIC_API_KEY is not set".to_owned(),
    }
}

fn callbacks(config: &Config) -> String {
    let signed =
        if config.callback.signer.is_some() { "signed" } else { "unsigned: CALLBACK_SECRET is not set" };
    let origins: Vec<_> = config.callback.origins.iter().map(url::Origin::ascii_serialization).collect();
    if origins.is_empty() {
        return "none: CALLBACK_ORIGINS is not set".to_owned();
    }
    format!("to {}, {signed}", origins.join(", "))
}

fn data(config: &Config) -> String {
    let user_dir =
        config.storage.user_dir().map_or_else(|_| "nowhere".to_owned(), |dir| dir.display().to_string());
    format!("{} (serve), {user_dir} (other commands)", config.storage.server_dir().display())
}
