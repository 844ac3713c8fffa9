use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use crate::FetchError;

/// Whoever wants to be told why an answer takes long, such as a terminal.
pub trait FetchWatcher: Send + Sync {
    /// An attempt failed; after a pause there is another.
    fn repeats(&self, repetition: &Repetition);
}

/// An attempt that is about to be made, and why.
///
/// Shown as `sec.gov does not answer, attempt 3 of 5, again in 8 s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repetition {
    /// Who is asked; `sec.gov` for its hosts.
    pub host: String,
    /// What went wrong, going on after the host: `does not answer`.
    pub reason: String,
    /// The attempt to come; the first was 1.
    pub attempt: usize,
    /// The last there will be.
    pub attempts: usize,
    /// The time until then.
    pub pause: Duration,
}

impl fmt::Display for Repetition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, reason, attempt, attempts, pause } = self;
        write!(
            f,
            "{host} {reason}, attempt {attempt} of {attempts}, again in {} s",
            pause.as_secs_f64().ceil()
        )
    }
}

/// What went wrong, in words that go on after the host.
pub(super) fn reason(error: &FetchError) -> String {
    match error {
        FetchError::Transport { .. } => "does not answer".to_owned(),
        FetchError::TimedOut { .. } => "answers too slowly".to_owned(),
        FetchError::Cut { .. } => "broke off its answer".to_owned(),
        FetchError::RateLimited { .. } => "asks for a pause".to_owned(),
        FetchError::Status { status, .. } => format!("has trouble (status {status})"),
        other => other.to_string(),
    }
}

/// All who wait for one answer.
#[derive(Default)]
pub(super) struct Watchers(Mutex<Vec<Arc<dyn FetchWatcher>>>);

impl Watchers {
    pub(super) fn add(&self, watcher: &Arc<dyn FetchWatcher>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(watcher));
    }

    pub(super) fn tell(&self, repetition: &Repetition) {
        // They are called without the lock: one may ask for something itself.
        let watchers = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for watcher in &watchers {
            watcher.repeats(repetition);
        }
    }
}
