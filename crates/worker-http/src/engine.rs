//! Where jobs, reports, callbacks and the answers of models are kept: one place, so that they change together.

use std::sync::Arc;

use ai_analyze::AnswerStore;
use sec_fetch::Slots;
use supabase_store::{Deliveries, EdgarSlots, Housekeeping, JobQueue, ModelAnswers, ReportStore};
use uuid::Uuid;

use crate::{answers, edgar_slots};

/// What the worker asks of a store.
pub(crate) trait Store: JobQueue + ReportStore + Deliveries + Housekeeping {}

impl<T: JobQueue + ReportStore + Deliveries + Housekeeping> Store for T {}

/// Which names jobs, users and reports may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ids {
    /// 1 to 64 letters, digits, `-` and `_`; a caller may leave them out.
    Words,
    /// UUIDs, as the tables on Supabase have them.
    Uuids,
}

impl Ids {
    /// Whether something may be one.
    pub(crate) fn fits(self, id: &str) -> bool {
        match self {
            Self::Words => !id.contains('\0'),
            Self::Uuids => id.parse::<Uuid>().is_ok(),
        }
    }
}

/// A store, and what else is kept in it.
#[derive(Clone)]
pub(crate) struct Engine {
    /// A word for operators.
    pub name: &'static str,
    pub ids: Ids,
    pub store: Arc<dyn Store>,
    pub answers: Arc<dyn AnswerStore>,
    pub slots: Arc<dyn Slots>,
}

impl Engine {
    /// One whose store keeps everything.
    pub(crate) fn of<S>(name: &'static str, ids: Ids, store: S) -> Self
    where
        S: Store + ModelAnswers + EdgarSlots + Clone + 'static,
    {
        Self {
            name,
            ids,
            answers: answers::of(store.clone()),
            slots: edgar_slots::of(store.clone()),
            store: Arc::new(store),
        }
    }

    /// One that forgets everything, with the store that it is on.
    #[cfg(test)]
    pub(crate) fn in_memory() -> (Self, Arc<supabase_store::Memory>) {
        let store = Arc::new(supabase_store::Memory::new());
        let engine = Self {
            name: "memory",
            ids: Ids::Words,
            answers: answers::for_this_run(),
            slots: edgar_slots::out_of_reach("nothing is asked".to_owned()),
            store: store.clone(),
        };
        (engine, store)
    }
}
