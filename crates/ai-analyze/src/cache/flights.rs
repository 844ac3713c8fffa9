use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

/// One call under way. Whoever holds the lock asks; the answer is left to those in line.
pub(super) type Flight = tokio::sync::Mutex<Option<crate::ModelAnswer>>;

/// The calls under way, by their keys.
///
/// A flight lives as long as somebody is part of it. One who gives up lets go of the lock, and the next in line has it.
#[derive(Debug, Default)]
pub(super) struct Flights(Mutex<HashMap<String, Weak<Flight>>>);

impl Flights {
    /// The call that is under way with this key, or a new one.
    pub(super) fn join(&self, key: &str) -> Arc<Flight> {
        let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = flights.get(key).and_then(Weak::upgrade) {
            return flight;
        }
        flights.retain(|_, flight| flight.strong_count() > 0);
        let flight = Arc::default();
        flights.insert(key.to_owned(), Arc::downgrade(&flight));
        flight
    }
}
