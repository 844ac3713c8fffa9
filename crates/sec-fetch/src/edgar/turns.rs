use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use crate::layout::EdgarPath;

/// One fetch at a time per object, so that several jobs on one company ask EDGAR once.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<EdgarPath, Weak<Turn>>>);

type Turn = tokio::sync::Mutex<()>;

impl Turns {
    /// What to lock before fetching the object.
    pub(super) fn of(&self, path: &EdgarPath) -> Arc<Turn> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = turns.get(path).and_then(Weak::upgrade) {
            return turn;
        }
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::new(Turn::default());
        turns.insert(path.clone(), Arc::downgrade(&turn));
        turn
    }
}
