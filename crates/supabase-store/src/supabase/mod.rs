//! Supabase: PostgreSQL behind its REST interface, called through the functions of our migrations.

mod config;
mod key;
mod rest;

mod answers;
mod deliveries;
mod edgar_slots;
mod housekeeping;
mod queue;
mod reports;

mod failure;
mod rows;
mod text;

use std::{fmt, sync::Arc};

pub use self::config::{DEFAULT_RETRY_PAUSES, DEFAULT_TIMEOUT, SupabaseConfig};
use self::rest::Rest;
use crate::{JobQueue as _, StoreError};

/// Keeps jobs, reports, ledger, callbacks and answers of models in a project on Supabase, for any number of workers.
///
/// The database needs the migrations in this crate's folder `supabase/migrations`. Times are the database's. Clones
/// share the connections.
#[derive(Clone)]
pub struct Supabase {
    rest: Arc<Rest>,
}

impl Supabase {
    /// A client for the project; nothing is sent yet, so [`check`](Self::check) tells whether it works.
    pub fn connect(config: SupabaseConfig) -> Result<Self, StoreError> {
        Ok(Self { rest: Arc::new(Rest::new(config)?) })
    }

    /// Asks the database for something small: whether it is there, has our functions, and takes the key.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.counts().await.map(drop)
    }
}

impl fmt::Debug for Supabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Supabase").field("url", &self.rest.url()).finish_non_exhaustive()
    }
}
