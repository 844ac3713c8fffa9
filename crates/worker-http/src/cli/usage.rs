/// The command was given in a way that cannot work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UsageError {
    #[error("only one format can go to stdout")]
    OneFormatOnStdout,
    #[error("--newer and --older go with one ticker")]
    YearsOfOneTicker,
    #[error("ANTHROPIC_API_KEY is not set")]
    NoModelKey,
}

impl UsageError {
    /// What to do instead.
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::OneFormatOnStdout => "Name one, such as --format json, or write files with --out DIR.",
            Self::YearsOfOneTicker => "Call it once for each ticker.",
            Self::NoModelKey => "Set it for --analyzer claude. Without a model:  --analyzer extractive",
        }
    }
}
