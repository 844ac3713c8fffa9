use tokio::sync::oneshot;

use super::Answer;
use crate::{ModelAnswer, Usage, claude::failure};

/// A call that somebody waits for.
pub(super) struct Asked {
    /// As it is sent.
    pub(super) body: String,
    waiters: Vec<oneshot::Sender<Answer>>,
}

impl Asked {
    pub(super) fn new(body: String) -> Self {
        Self { body, waiters: Vec::new() }
    }

    pub(super) fn join(&mut self, waiter: oneshot::Sender<Answer>) {
        self.waiters.push(waiter);
    }

    /// How many wait.
    pub(super) fn count(&self) -> usize {
        self.waiters.iter().filter(|waiter| !waiter.is_closed()).count()
    }

    pub(super) fn is_awaited(&self) -> bool {
        self.count() > 0
    }

    /// The first who still waits gets the result with what it took, the others without: it is counted once.
    pub(super) fn answer(self, result: Answer) {
        let mut next = result;
        for waiter in self.waiters {
            let copy = without_usage(&next);
            if let Err(unread) = waiter.send(next) {
                // It does not wait any more.
                next = unread;
            } else {
                next = copy;
            }
        }
    }
}

fn without_usage(result: &Answer) -> Answer {
    match result {
        Ok(answer) => Ok(ModelAnswer { usage: Usage::default(), ..answer.clone() }),
        Err(error) => Err(failure::copy(error)),
    }
}
