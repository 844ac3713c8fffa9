use super::Reader;

/// How log lines are written.
#[derive(Debug, Clone)]
pub(crate) struct LogConfig {
    /// `LOG_FORMAT`.
    pub format: LogFormat,
    /// `RUST_LOG`, such as `info` or `worker_http=debug`; absent means the command's own choice.
    pub filter: Option<String>,
}

/// How one log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl LogConfig {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let formats = [("text", LogFormat::Text), ("json", LogFormat::Json)];
        let filter = reader.text("RUST_LOG");
        if filter.as_ref().is_some_and(|filter| tracing_subscriber::EnvFilter::try_new(filter).is_err()) {
            reader.fault("RUST_LOG", "must be a filter such as info or worker_http=debug");
        }
        Self { format: reader.choice("LOG_FORMAT", &formats).unwrap_or(LogFormat::Text), filter }
    }

    /// Whether errors are shown with all their causes.
    pub(crate) fn shows_causes(&self) -> bool {
        self.filter.as_ref().is_some_and(|filter| filter.contains("debug") || filter.contains("trace"))
    }
}
