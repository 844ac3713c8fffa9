//! Sweeps out what is older than it is kept.

use std::{sync::Arc, time::Duration};

use crate::{causes::causes, engine::Store};

const BETWEEN_SWEEPS: Duration = Duration::from_hours(1);

/// Removes old jobs, callbacks and answers of models, now and every hour. Several workers may do so at once.
pub(crate) async fn sweep(store: Arc<dyn Store>, days: u32) {
    if days == 0 {
        return;
    }
    loop {
        match store.remove_older_than(days).await {
            Ok(removed) if removed.jobs + removed.deliveries + removed.answers > 0 => {
                let (jobs, callbacks, answers) = (removed.jobs, removed.deliveries, removed.answers);
                tracing::info!(jobs, callbacks, answers, days, "removed for their age");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(error = causes(&error), "not all was removed that is old enough"),
        }
        tokio::time::sleep(BETWEEN_SWEEPS).await;
    }
}
