//! Which spans there were, for tests.

use std::sync::{Arc, Mutex, PoisonError};

use tracing::{Subscriber, span};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt as _},
    registry::{LookupSpan, Scope},
};

use super::JOB_SPAN;

/// Notes each span within a job by its name and the names around it.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    /// Notes what happens on this thread until the guard is dropped.
    pub(crate) fn watch(&self) -> tracing::subscriber::DefaultGuard {
        tracing::subscriber::set_default(tracing_subscriber::registry().with(self.clone()))
    }

    /// One span a line.
    pub(crate) fn lines(&self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Seen {
    fn on_new_span(&self, _: &span::Attributes<'_>, id: &span::Id, context: Context<'_, S>) {
        let around = context.span_scope(id).into_iter().flat_map(Scope::from_root);
        let names: Vec<_> = around.map(|span| span.name()).collect();
        if names.contains(&JOB_SPAN) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(names.join(":"));
        }
    }
}
