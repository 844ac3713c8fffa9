//! Every concrete type of the chain, named once.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use ai_analyze::{AnalyzeError, Analyzer, Claude, ClaudeConfig, Extractive};
use quality::Profile;
use sec_fetch::{Edgar, FetchConfig, FetchError, FilingSource, Recording};
use section_diff::Aligned;

use crate::{
    config::{AnalysisConfig, AnalyzerChoice, SecConfig},
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
            if let Some(model) = &config.model {
                claude.model.clone_from(model);
            }
            if let Some(base_url) = &config.base_url {
                claude.base_url.clone_from(base_url);
            }
            Ok(Arc::new(Claude::new(claude)?))
        }
        _ => Ok(Arc::new(Extractive::new())),
    }
}

/// A recording when a folder is named, else sec.gov through the cache.
pub(crate) fn source(
    config: &SecConfig,
    recording: Option<&Path>,
    data_dir: &Path,
    offline: bool,
) -> Result<Arc<dyn FilingSource>, FetchError> {
    match recording {
        Some(folder) => Ok(Arc::new(Recording::open(folder)?)),
        None => Ok(Arc::new(edgar(config, data_dir, offline)?)),
    }
}

/// sec.gov, or what stands in for it, through the cache.
pub(crate) fn edgar(config: &SecConfig, data_dir: &Path, offline: bool) -> Result<Edgar, FetchError> {
    let user_agent = match &config.user_agent {
        Some(user_agent) => user_agent.as_str(),
        // Nothing is sent, so nobody need say who they are.
        None if offline => "worker-http offline@localhost.invalid",
        None => return Err(FetchError::MissingUserAgent),
    };
    let mut fetch = FetchConfig::new(user_agent);
    fetch.cache_dir = Some(cache_dir(data_dir));
    fetch.offline = offline;
    if let Some(requests_per_second) = config.requests_per_second {
        fetch.requests_per_second = requests_per_second;
    }
    if let Some(origins) = &config.origins {
        fetch.www_url = origins.www.clone();
        fetch.data_url = origins.data.clone();
    }
    Edgar::new(fetch)
}

/// Where fetched documents are kept.
pub(crate) fn cache_dir(data_dir: &Path) -> PathBuf {
    data_dir.join("edgar")
}

/// Where jobs and reports are kept.
pub(crate) fn database(data_dir: &Path) -> PathBuf {
    data_dir.join("worker.sqlite")
}
