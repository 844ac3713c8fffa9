//! What the environment says. Nothing else in the project reads it.
//!
//! [`Config::read`] looks at every variable before anything starts and tells all faults at once. Each section is a
//! file of its own; each field's doc names its variable.

mod analysis;
mod callback;
mod log;
mod queue;
mod reader;
mod sec;
mod server;
mod storage;
mod telemetry;
mod variables;

use std::fmt;

use reader::Reader;

pub(crate) use {
    analysis::{AnalysisConfig, AnalyzerChoice},
    callback::CallbackConfig,
    log::{LogConfig, LogFormat},
    queue::QueueConfig,
    sec::SecConfig,
    server::ServerConfig,
    storage::{MEGABYTE, NoCacheFolder, StorageConfig, SupabaseProject},
    telemetry::TelemetryConfig,
    variables::Variables,
};

/// All settings, checked.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub server: ServerConfig,
    pub queue: QueueConfig,
    pub sec: SecConfig,
    pub analysis: AnalysisConfig,
    pub callback: CallbackConfig,
    pub storage: StorageConfig,
    pub log: LogConfig,
    pub telemetry: TelemetryConfig,
}

impl Config {
    /// Reads every section; an error lists everything that is wrong.
    pub(crate) fn read(variables: &Variables) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(variables);
        let config = Self {
            server: ServerConfig::read(&mut reader),
            queue: QueueConfig::read(&mut reader),
            sec: SecConfig::read(&mut reader),
            analysis: AnalysisConfig::read(&mut reader),
            callback: CallbackConfig::read(&mut reader),
            storage: StorageConfig::read(&mut reader),
            log: LogConfig::read(&mut reader),
            telemetry: TelemetryConfig::read(&mut reader),
        };
        reader.finish(config)
    }
}

/// Everything that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) struct ConfigError {
    pub faults: Vec<ConfigFault>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{} {}", if index == 0 { "" } else { "; " }, fault.variable, fault.says)?;
        }
        Ok(())
    }
}

/// One wrong setting. Its value is never shown: it may be a secret that was put in the wrong place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigFault {
    pub variable: &'static str,
    /// Goes on after the variable's name: `must be a number from 1 to 64`.
    pub says: String,
}

#[cfg(test)]
mod tests;
