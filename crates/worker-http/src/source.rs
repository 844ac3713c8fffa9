//! Where filings come from.

use std::sync::Arc;

use sec_fetch::{Edgar, FetchWatcher, FilingSource};

/// sec.gov, or what stands in for it.
#[derive(Clone)]
pub(crate) enum Source {
    Edgar(Edgar),
    /// One that lets nobody wait, such as a recording.
    AtHand(Arc<dyn FilingSource>),
}

impl Source {
    pub(crate) fn at_hand(source: impl FilingSource + 'static) -> Self {
        Self::AtHand(Arc::new(source))
    }

    /// The same for somebody who wants to be told when sec.gov makes us wait.
    pub(crate) fn watched_by(&self, watcher: Arc<dyn FetchWatcher>) -> Arc<dyn FilingSource> {
        match self {
            Self::Edgar(edgar) => Arc::new(edgar.watched_by(watcher)),
            Self::AtHand(source) => Arc::clone(source),
        }
    }
}
