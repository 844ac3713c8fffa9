//! Every concrete type of the chain, named once.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ai_analyze::{AnalyzeError, Analyzer, Asking, Claude, ClaudeConfig, Extractive};
use quality::Profile;
use sec_fetch::{Edgar, FetchConfig, FetchError, FetchWatcher, FilingSource, Recording, Slots};
use section_diff::Aligned;

use crate::{
    config::{AnalysisConfig, AnalyzerChoice, Config},
    edgar_slots,
    pipeline::Pipeline,
};

/// The stages, with this analyzer.
pub(crate) fn pipeline(config: &AnalysisConfig) -> Result<Pipeline, AnalyzeError> {
    let profile = Profile::by_name(config.quality_profile).expect("config allows known profiles only");
    Ok(Pipeline { differ: Arc::new(Aligned), analyzer: analyzer(config)?, profile: Arc::new(profile) })
}

/// Claude when there is a key, unless somebody chose.
fn analyzer(config: &AnalysisConfig) -> Result<Arc<dyn Analyzer>, AnalyzeError> {
    match (config.analyzer, &config.api_key) {
        (None | Some(AnalyzerChoice::Claude), Some(key)) => {
            let mut claude = ClaudeConfig::new(key.clone());
            if let Some(base_url) = &config.base_url {
                claude.base_url.clone_from(base_url);
            }
            let mut asking = Asking { max_cost_usd: config.max_report_cost_usd, ..Asking::default() };
            if let Some(model) = &config.model {
                asking.model.clone_from(model);
            }
            Ok(Arc::new(Claude::new(claude, asking)?))
        }
        _ => Ok(Arc::new(Extractive::new())),
    }
}

/// Where filings come from.
pub(crate) enum Source {
    Edgar(Edgar),
    Recording(Recording),
}

impl Source {
    /// The same for somebody who wants to be told when sec.gov makes us wait.
    pub(crate) fn watched_by(&self, watcher: Arc<dyn FetchWatcher>) -> Arc<dyn FilingSource> {
        match self {
            Self::Edgar(edgar) => Arc::new(edgar.watched_by(watcher)),
            Self::Recording(recording) => Arc::new(recording.clone()),
        }
    }
}

/// A recording when a folder is named, else sec.gov through the cache.
pub(crate) async fn source(
    config: &Config,
    recording: Option<&Path>,
    data_dir: &Path,
    offline: bool,
) -> Result<Source, FetchError> {
    match recording {
        Some(folder) => Ok(Source::Recording(Recording::open(folder)?)),
        None if offline => Ok(Source::Edgar(Edgar::new(offline_config(config, data_dir))?)),
        None => Ok(Source::Edgar(edgar(config, data_dir, None).await?)),
    }
}

/// sec.gov, or what stands in for it, through the cache; at a pace that all processes on the data folder share.
pub(crate) async fn edgar(
    config: &Config,
    data_dir: &Path,
    slots: Option<Arc<dyn Slots>>,
) -> Result<Edgar, FetchError> {
    // Before anything is made in the folder.
    let user_agent = config.sec.user_agent.as_deref().ok_or(FetchError::MissingUserAgent)?;
    let slots = match slots {
        Some(slots) => slots,
        None => edgar_slots::in_folder(data_dir).await,
    };
    Edgar::with_slots(fetch_config(user_agent, config, data_dir), slots)
}

fn offline_config(config: &Config, data_dir: &Path) -> FetchConfig {
    // Nothing is sent, so nobody need say who they are.
    FetchConfig { offline: true, ..fetch_config("", config, data_dir) }
}

fn fetch_config(user_agent: &str, config: &Config, data_dir: &Path) -> FetchConfig {
    let mut fetch = FetchConfig::new(user_agent);
    fetch.cache_dir = Some(cache_dir(data_dir));
    fetch.cache_limit_bytes = config.storage.cache_limit_bytes;
    if let Some(requests_per_second) = config.sec.requests_per_second {
        fetch.requests_per_second = requests_per_second;
    }
    if let Some(origins) = &config.sec.origins {
        fetch.www_url = origins.www.clone();
        fetch.data_url = origins.data.clone();
    }
    fetch
}

/// Where fetched documents are kept.
pub(crate) fn cache_dir(data_dir: &Path) -> PathBuf {
    data_dir.join("edgar")
}

/// Where jobs and reports are kept.
pub(crate) fn database(data_dir: &Path) -> PathBuf {
    data_dir.join("worker.sqlite")
}
