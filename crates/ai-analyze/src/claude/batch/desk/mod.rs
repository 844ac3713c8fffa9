//! Who waits for what, what is still to be sent, and where the rest is.

mod asked;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::oneshot;

use self::asked::Asked;
use super::{ledger::OpenBatch, model::BatchProgress};
use crate::{AnalyzeError, ModelAnswer, claude::failure};

pub(super) type Answer = Result<ModelAnswer, AnalyzeError>;

/// All calls that are not answered, by their keys.
#[derive(Default)]
pub(super) struct Desk {
    asked: BTreeMap<String, Asked>,
    /// To be sent, in the order in which they came.
    gathered: Vec<String>,
    is_gathering: bool,
    /// In which batch a call is.
    places: BTreeMap<String, String>,
    open: BTreeMap<String, Open>,
    /// All batches that were ever open here.
    known: BTreeSet<String>,
    /// Answers that came when nobody waited.
    kept: BTreeMap<String, ModelAnswer>,
    /// Callers who will wait at the same time.
    pub(super) expected: usize,
    answered: usize,
    failed: usize,
}

/// A batch that was sent.
struct Open {
    /// Calls whose answers were not handed over.
    left: BTreeSet<String>,
    /// Somebody asks how far it is.
    is_followed: bool,
    /// It was sent by an earlier process, or so it seems: what failed in it has not been tried by those who wait now.
    is_found: bool,
}

/// What is to be done about a new call.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Somebody else takes care.
    Nothing,
    /// Those who gather look again.
    Tell,
    /// Begin to gather.
    Gather,
    /// See how far this batch is.
    Follow(String),
}

/// Calls that leave together.
#[derive(Debug, Default)]
pub(super) struct Parcel {
    pub(super) keys: Vec<String>,
    pub(super) bodies: Vec<String>,
    bytes: usize,
}

impl Desk {
    /// An answer that came earlier, and the batch that can be forgotten with it.
    pub(super) fn take_kept(&mut self, key: &str) -> Option<(ModelAnswer, Option<String>)> {
        let answer = self.kept.remove(key)?;
        Some((answer, self.hand_over(key)))
    }

    /// Makes the next one who asks for this call get a new answer. Says which batch can be forgotten with it.
    pub(super) fn drop_place(&mut self, key: &str) -> Option<String> {
        // Others who wait for it get what they came for.
        if self.asked.contains_key(key) {
            return None;
        }
        self.kept.remove(key);
        self.hand_over(key)
    }

    pub(super) fn ask(&mut self, key: String, body: String, waiter: oneshot::Sender<Answer>) -> Next {
        let is_new = !self.asked.contains_key(&key);
        let asked = self.asked.entry(key.clone()).or_insert_with(|| Asked::new(body));
        asked.join(waiter);
        match self.places.get(&key).and_then(|id| Some((id, self.open.get_mut(id)?))) {
            Some((_, open)) if open.is_followed => Next::Tell,
            Some((id, open)) => {
                open.is_followed = true;
                Next::Follow(id.clone())
            }
            None if is_new => self.gather(key),
            None => Next::Tell,
        }
    }

    fn gather(&mut self, key: String) -> Next {
        self.gathered.push(key);
        if std::mem::replace(&mut self.is_gathering, true) { Next::Tell } else { Next::Gather }
    }

    /// Nobody is left who could ask for more.
    pub(super) fn all_wait(&self) -> bool {
        let waiting: usize = self.asked.values().map(Asked::count).sum();
        self.expected > 0 && waiting >= self.expected
    }

    /// All that was gathered, without what nobody waits for any more. Whoever comes now is gathered anew.
    pub(super) fn take_gathered(&mut self, most_requests: usize, most_bytes: usize) -> Vec<Parcel> {
        self.is_gathering = false;
        let mut parcels = Vec::new();
        let mut parcel = Parcel::default();
        for key in std::mem::take(&mut self.gathered) {
            let Some(asked) = self.asked.get(&key) else { continue };
            if !asked.is_awaited() {
                self.asked.remove(&key);
                continue;
            }
            // A comma is one byte, too.
            let bytes = asked.body.len() + 1;
            let is_full = parcel.keys.len() >= most_requests || parcel.bytes + bytes > most_bytes;
            if is_full && !parcel.keys.is_empty() {
                parcels.push(std::mem::take(&mut parcel));
            }
            parcel.bytes += bytes;
            parcel.bodies.push(asked.body.clone());
            parcel.keys.push(key);
        }
        parcels.extend(Some(parcel).filter(|parcel| !parcel.keys.is_empty()));
        parcels
    }

    /// A batch of the ledger. Nobody follows it until somebody asks for one of its calls.
    pub(super) fn find(&mut self, batch: OpenBatch) {
        self.place(&batch.id, batch.keys, true, false);
    }

    /// A batch that was sent; its caller follows it.
    pub(super) fn sent(&mut self, id: &str, keys: Vec<String>, is_found: bool) {
        self.place(id, keys, is_found, true);
    }

    fn place(&mut self, id: &str, keys: Vec<String>, is_found: bool, is_followed: bool) {
        self.places.extend(keys.iter().map(|key| (key.clone(), id.to_owned())));
        self.known.insert(id.to_owned());
        let left = keys.into_iter().collect();
        self.open.insert(id.to_owned(), Open { left, is_followed, is_found });
    }

    pub(super) fn knows(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    /// Those who wait for these calls learn that there is no answer.
    pub(super) fn fail(&mut self, keys: &[String], error: &AnalyzeError) {
        for key in keys {
            if let Some(asked) = self.asked.remove(key) {
                self.failed += 1;
                asked.answer(Err(failure::copy(error)));
            }
        }
    }

    /// The same for all who wait for a batch, which stays open.
    pub(super) fn fail_batch(&mut self, id: &str, error: &AnalyzeError) {
        let Some(open) = self.open.get_mut(id) else { return };
        open.is_followed = false;
        let keys: Vec<String> = open.left.iter().cloned().collect();
        self.fail(&keys, error);
    }

    /// Whether to go on following a batch. Calls that nobody waits for are let go.
    pub(super) fn is_awaited(&mut self, id: &str) -> bool {
        let Some(open) = self.open.get_mut(id) else { return false };
        for key in &open.left {
            if self.asked.get(key).is_some_and(|asked| !asked.is_awaited()) {
                self.asked.remove(key);
            }
        }
        open.is_followed = open.left.iter().any(|key| self.asked.contains_key(key));
        open.is_followed
    }

    /// A result of a batch.
    pub(super) fn deliver(&mut self, id: &str, key: &str, result: Answer) -> Next {
        let Some(open) = self.open.get(id) else { return Next::Nothing };
        if !open.left.contains(key) {
            return Next::Nothing;
        }
        let is_awaited = self.asked.get(key).is_some_and(Asked::is_awaited);
        match result {
            Err(error) if is_awaited && open.is_found && error.is_transient() => {
                self.hand_over(key);
                return self.gather(key.to_owned());
            }
            Ok(answer) if !is_awaited => {
                self.asked.remove(key);
                self.kept.insert(key.to_owned(), answer);
            }
            result => {
                if let Some(asked) = self.asked.remove(key) {
                    *(if result.is_ok() { &mut self.answered } else { &mut self.failed }) += 1;
                    asked.answer(result);
                }
                self.hand_over(key);
            }
        }
        Next::Nothing
    }

    /// All results were delivered, so what is missing does not come.
    pub(super) fn end(&mut self, id: &str) -> Next {
        let Some(open) = self.open.get(id) else { return Next::Nothing };
        let missing: Vec<String> =
            open.left.iter().filter(|key| !self.kept.contains_key(*key)).cloned().collect();
        let unanswered = || Err(AnalyzeError::Unanswered { outcome: "missing".into() });
        let next = missing.iter().map(|key| self.deliver(id, key, unanswered())).fold(Next::Nothing, later);
        if let Some(open) = self.open.get_mut(id) {
            open.is_followed = false;
        }
        next
    }

    /// The provider knows the batch no more: what somebody waits for is sent anew.
    pub(super) fn lose(&mut self, id: &str) -> Next {
        let Some(open) = self.open.remove(id) else { return Next::Nothing };
        let mut next = Next::Nothing;
        for key in open.left {
            self.places.remove(&key);
            if self.asked.contains_key(&key) {
                next = later(next, self.gather(key));
            }
        }
        next
    }

    /// Whether nothing of the batch is left to hand over.
    pub(super) fn is_done(&mut self, id: &str) -> bool {
        let is_done = self.open.get(id).is_some_and(|open| open.left.is_empty());
        if is_done {
            self.open.remove(id);
        }
        is_done
    }

    pub(super) fn progress(&self) -> BatchProgress {
        BatchProgress {
            waiting: self.asked.len(),
            sent: self.asked.keys().filter(|key| self.places.contains_key(*key)).count(),
            answered: self.answered,
            failed: self.failed,
        }
    }

    /// The call is in no batch any more. Says which batch is done with it.
    fn hand_over(&mut self, key: &str) -> Option<String> {
        let id = self.places.remove(key)?;
        let open = self.open.get_mut(&id)?;
        open.left.remove(key);
        // While it is followed, the follower ends it.
        let is_done = open.left.is_empty() && !open.is_followed;
        is_done.then(|| {
            self.open.remove(&id);
            id
        })
    }
}

/// What is to be done when both are.
fn later(one: Next, other: Next) -> Next {
    if one == Next::Gather || other == Next::Nothing { one } else { other }
}
