//! Every concrete type of the chain, named once.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use ai_analyze::{
    AnalyzeError, Analyzer, AnswerStore, Asking, BatchConfig, BatchModel, Cached, Claude, ClaudeConfig,
    ClaudeModel, Extractive,
};
use quality::Profile;
use sec_fetch::{Edgar, FetchConfig, FetchError, Recording, Slots};
use section_diff::Aligned;
use supabase_store::{Sqlite, StoreError, Supabase, SupabaseConfig};

use crate::{
    answers,
    batches::Batches,
    causes::causes,
    config::{AnalysisConfig, Config, StorageConfig, SupabaseProject},
    edgar_slots,
    engine::{Engine, Ids},
    pipeline::Pipeline,
    source::Source,
};

/// The stages, with the analyzer of the settings. Its model is asked only what has no answer here.
pub(crate) fn pipeline(
    config: &AnalysisConfig,
    answers: Arc<dyn AnswerStore>,
) -> Result<Pipeline, AnalyzeError> {
    let Some(claude) = claude_config(config) else { return Ok(stages(config, Extractive::new())) };
    let model = Cached::new(ClaudeModel::new(claude)?, answers);
    Ok(stages(config, Claude::with_model(model, asking(config))?))
}

/// The same for a command, which keeps answers in the data folder.
pub(crate) async fn command_pipeline(
    config: &AnalysisConfig,
    storage: &StorageConfig,
) -> Result<Pipeline, AnalyzeError> {
    check(config)?;
    let answers = match storage.user_dir() {
        Ok(data_dir) if config.claude_key().is_some() => answers::in_folder(&data_dir).await,
        _ => answers::for_this_run(),
    };
    pipeline(config, answers)
}

/// The same at the price of batches, with the model that gathers them; `None` when no model is asked.
pub(crate) fn batch_pipeline(
    config: &AnalysisConfig,
    batches: &Arc<Batches>,
) -> Result<Option<(Pipeline, Arc<BatchModel>)>, AnalyzeError> {
    let Some(claude) = claude_config(config) else { return Ok(None) };
    let ledger = Arc::clone(batches);
    let model = Arc::new(BatchModel::new(ClaudeModel::new(claude)?, ledger, batch_config()));
    let cached = Cached::new(Arc::clone(&model), answers::of(batches.store().clone()));
    Ok(Some((stages(config, Claude::with_model(cached, asking(config))?), model)))
}

/// Refuses settings that no analyzer can be made of.
pub(crate) fn check(config: &AnalysisConfig) -> Result<(), AnalyzeError> {
    pipeline(config, answers::for_this_run()).map(drop)
}

fn stages(config: &AnalysisConfig, analyzer: impl Analyzer + 'static) -> Pipeline {
    let profile = Profile::by_name(config.quality_profile).expect("config allows known profiles only");
    Pipeline { differ: Arc::new(Aligned), analyzer: Arc::new(analyzer), profile: Arc::new(profile) }
}

fn claude_config(config: &AnalysisConfig) -> Option<ClaudeConfig> {
    let mut claude = ClaudeConfig::new(config.claude_key()?.clone());
    if let Some(base_url) = &config.base_url {
        claude.base_url.clone_from(base_url);
    }
    Some(claude)
}

fn asking(config: &AnalysisConfig) -> Asking {
    let mut asking = Asking { max_cost_usd: config.max_report_cost_usd, ..Asking::default() };
    config.model().clone_into(&mut asking.model);
    asking
}

/// Filings are fetched one after the other, so calls come seconds apart; all who are expected are not waited for longer.
fn batch_config() -> BatchConfig {
    BatchConfig { quiet: Duration::from_secs(30), ..BatchConfig::default() }
}

/// Where the worker keeps what it knows: Supabase when it is set, else SQLite in the data folder.
pub(crate) async fn engine(storage: &StorageConfig, data_dir: &Path) -> Result<Engine, StoreError> {
    match &storage.supabase {
        Some(project) => supabase(project).await,
        None => Ok(sqlite(data_dir).await?),
    }
}

/// SQLite in a folder, which is made if need be.
pub(crate) async fn sqlite(data_dir: &Path) -> Result<Engine, StoreError> {
    Ok(Engine::of("SQLite", Ids::Words, Sqlite::open(database(data_dir)).await?))
}

/// A project that cannot be reached now may be back in a minute; one that misses a function or takes no key is not.
async fn supabase(project: &SupabaseProject) -> Result<Engine, StoreError> {
    let store = Supabase::connect(SupabaseConfig::new(project.url.clone(), project.key.clone()))?;
    match store.check().await {
        Err(error) if error.is_transient() => {
            tracing::warn!(error = causes(&error), "Supabase cannot be reached yet");
        }
        checked => checked?,
    }
    Ok(Engine::of("Supabase", Ids::Uuids, store))
}

/// A recording when a folder is named, else sec.gov through the cache.
pub(crate) async fn source(
    config: &Config,
    recording: Option<&Path>,
    data_dir: &Path,
    offline: bool,
) -> Result<Source, FetchError> {
    match recording {
        Some(folder) => Ok(Source::at_hand(Recording::open(folder)?)),
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
    fetch.block_pause = config.sec.block_pause;
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
