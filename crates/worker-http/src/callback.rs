//! Tells callers how their jobs ended. Each callback is leased, tried and noted, as jobs are: the transaction that ended
//! the job wrote it, so a worker that dies on the way loses none.
//!
//! [`guard`] says which addresses may be called, [`poster`] makes one attempt, [`schedule`] says when the next one is due.

mod guard;
mod outcome;
mod poster;
mod public;
mod resolver;
mod schedule;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use serde_json::Value;
use supabase_store::{Delivery, DeliveryOutcome, StoreError, Tried};
use tokio::{
    sync::{Notify, Semaphore, watch},
    task::JoinSet,
};

use self::{
    outcome::PostOutcome,
    poster::{Posted, Poster},
};
use crate::{
    causes::causes,
    config::CallbackConfig,
    engine::Store,
    http::Links,
    queue::Phase,
    telemetry::metrics::{self, CallbackTry},
};

pub(crate) use self::guard::Guard;

/// Longer than an attempt takes.
const LEASE_SECONDS: u32 = 60;

/// Receivers that answer slowly must not hold up the others.
const AT_ONCE: usize = 8;

/// Callbacks that other workers left, and those whose pause is over, are found this late at most.
const POLL: Duration = Duration::from_secs(2);

/// A store that fails is left alone for a while.
const AFTER_STORE_ERROR: Duration = Duration::from_secs(5);

/// An attempt is noted again this often: what is not noted is made again.
const NOTE_PAUSES: [Duration; 3] =
    [Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(5)];

/// Makes the callbacks that are due.
pub(crate) struct Deliverer {
    /// Noted beside a callback, for operators.
    pub name: String,
    pub store: Arc<dyn Store>,
    pub poster: Poster,
    pub retry: Vec<Duration>,
    pub links: Links,
    pub phase: watch::Receiver<Phase>,
    /// Rung when a job ended.
    pub ended: Arc<Notify>,
}

impl Deliverer {
    pub(crate) fn new(
        name: String,
        store: Arc<dyn Store>,
        config: &CallbackConfig,
        links: Links,
        phase: watch::Receiver<Phase>,
        ended: Arc<Notify>,
    ) -> reqwest::Result<Self> {
        Ok(Self {
            name,
            store,
            poster: Poster::new(config)?,
            retry: config.retry.clone(),
            links,
            phase,
            ended,
        })
    }

    /// The callback that has been due for longest.
    async fn lease(&self) -> Result<Option<Delivery>, StoreError> {
        self.store.lease_delivery(&self.name, LEASE_SECONDS).await
    }

    /// Makes one attempt and notes what came of it.
    async fn attempt(&self, delivery: &Delivery) -> Option<DeliveryOutcome> {
        let posted = self.poster.post(&delivery.url, &delivery.id, &self.body(delivery)).await;
        let tried = self.judge(delivery, &posted);
        match self.note(delivery, &tried).await {
            Ok(_) => Some(tried.outcome),
            Err(error) => {
                // It is leased again when this lease ends; the receiver knows the repetition by its id.
                tracing::warn!(delivery_id = delivery.id, error = causes(&error), "an attempt was not noted");
                None
            }
        }
    }

    /// What was stored when the job ended, with a link to its report that opens without a secret for a while. The same
    /// in every attempt.
    fn body(&self, delivery: &Delivery) -> String {
        let Ok(Value::Object(mut body)) = serde_json::from_str(&delivery.body) else {
            return delivery.body.clone();
        };
        let link = body
            .get("report_id")
            .and_then(Value::as_str)
            .and_then(|id| self.links.to(id, delivery.created_at));
        match link {
            Some(link) => {
                body.insert("report_url".to_owned(), link.into());
                Value::Object(body).to_string()
            }
            None => delivery.body.clone(),
        }
    }

    fn judge(&self, delivery: &Delivery, posted: &Posted) -> Tried {
        metrics::callback_tried(match &posted.outcome {
            PostOutcome::Delivered => CallbackTry::Delivered,
            PostOutcome::Gone => CallbackTry::Gone,
            PostOutcome::Refused(_) => CallbackTry::Refused,
            PostOutcome::Failed { .. } => CallbackTry::Failed,
        });
        let (outcome, error) = match &posted.outcome {
            PostOutcome::Delivered => (DeliveryOutcome::Delivered, None),
            PostOutcome::Gone => (DeliveryOutcome::Gone, Some("the receiver wants no more".to_owned())),
            PostOutcome::Refused(refusal) => {
                (DeliveryOutcome::Failed, Some(format!("not sent: callback_url {refusal}")))
            }
            PostOutcome::Failed { error, .. } => (self.again(delivery, posted), Some(error.clone())),
        };
        tell(delivery, outcome, error.as_deref());
        Tried {
            outcome,
            status: posted.status,
            error,
            milliseconds: u32::try_from(posted.took.as_millis()).unwrap_or(u32::MAX),
        }
    }

    fn again(&self, delivery: &Delivery, posted: &Posted) -> DeliveryOutcome {
        match schedule::next_pause(delivery.attempts + 1, &self.retry, &posted.outcome, fastrand::f64()) {
            Some(pause) => DeliveryOutcome::Retry {
                // Up, so that a fraction of a second is not at once.
                after_seconds: u32::try_from(pause.as_millis().div_ceil(1000)).unwrap_or(u32::MAX),
            },
            None => DeliveryOutcome::Failed,
        }
    }

    async fn note(&self, delivery: &Delivery, tried: &Tried) -> Result<Delivery, StoreError> {
        for pause in NOTE_PAUSES {
            match self.store.note_attempt(delivery, tried).await {
                Err(error) if error.is_transient() => tokio::time::sleep(pause).await,
                noted => return noted,
            }
        }
        self.store.note_attempt(delivery, tried).await
    }
}

fn tell(delivery: &Delivery, outcome: DeliveryOutcome, error: Option<&str>) {
    let (delivery_id, attempt) = (&delivery.id, delivery.attempts + 1);
    match outcome {
        DeliveryOutcome::Delivered => {
            tracing::info!(delivery_id, attempt, "callback delivered");
        }
        DeliveryOutcome::Retry { after_seconds } => {
            tracing::warn!(delivery_id, attempt, error, after_seconds, "callback failed, to be tried again");
        }
        DeliveryOutcome::Gone => {
            tracing::warn!(delivery_id, attempt, "callback refused for good");
        }
        DeliveryOutcome::Failed => {
            metrics::callback_given_up();
            tracing::error!(delivery_id, attempt, error, "callback given up");
        }
    }
}

/// Makes callbacks until this process ends; while it drains, those of the jobs that still end are made, too.
pub(crate) async fn run(deliverer: Arc<Deliverer>) {
    let (mut phase, turns) = (deliverer.phase.clone(), Arc::new(Semaphore::new(AT_ONCE)));
    let mut attempts = JoinSet::new();
    loop {
        let Ok(turn) = Arc::clone(&turns).acquire_owned().await else { return };
        while attempts.try_join_next().is_some() {}
        let pause = match deliverer.lease().await {
            Ok(Some(delivery)) => {
                let deliverer = Arc::clone(&deliverer);
                attempts.spawn(async move {
                    let _turn = turn;
                    deliverer.attempt(&delivery).await
                });
                continue;
            }
            Ok(None) => POLL,
            Err(error) => {
                tracing::error!(error = causes(&error), "the store failed");
                AFTER_STORE_ERROR
            }
        };
        if *phase.borrow_and_update() == Phase::Ending {
            attempts.join_all().await;
            return;
        }
        tokio::select! {
            () = deliverer.ended.notified() => {}
            () = tokio::time::sleep(pause) => {}
            _ = phase.changed() => {}
        }
    }
}
