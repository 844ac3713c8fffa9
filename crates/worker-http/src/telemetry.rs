//! Log lines on stderr.

use tracing_subscriber::EnvFilter;

use crate::config::{LogConfig, LogFormat};

/// Starts logging; `usual` is the level when `RUST_LOG` is not set.
pub(crate) fn start(config: &LogConfig, usual: &str) {
    let filter = EnvFilter::new(config.filter.as_deref().unwrap_or(usual));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let lines = lines.with_ansi(console::colors_enabled_stderr());
    // A second start in one process, as in tests, keeps the first.
    let _ = match config.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    };
}
