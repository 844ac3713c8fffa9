use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use filing_model::Report;
use supabase_store::{Failure, JobQueue as _, Lease, ReportStore as _, Settled, StoreError, Supabase};

use crate::{
    Scene,
    chaos::strike,
    proxy::Proxy,
    reports::{client, report},
};

/// A worker that died holds its job for so long.
const LEASE_SECONDS: u32 = 2;

/// How a job is to end.
enum End {
    Complete(Box<Report>),
    Fail(Failure),
}

impl End {
    fn new(random: &mut fastrand::Rng) -> Self {
        match random.u8(..4) {
            0 | 1 => Self::Complete(Box::new(report(true))),
            2 => Self::Complete(Box::new(report(false))),
            _ => Self::Fail(Failure {
                error_type: "edgar_error".into(),
                message: "EDGAR does not answer".into(),
                causes: "connection refused".into(),
            }),
        }
    }

    async fn settle(&self, store: &Supabase, lease: &Lease) -> Result<Settled, StoreError> {
        match self {
            Self::Complete(report) => store.complete_report(lease, report).await,
            Self::Fail(failure) => store.fail_report_job(lease, failure).await,
        }
    }
}

/// Leases jobs and ends them.
pub(crate) struct Worker {
    scene: Arc<Scene>,
    name: String,
    proxy: Proxy,
    store: Supabase,
    random: fastrand::Rng,
}

impl Worker {
    pub(crate) async fn new(scene: &Arc<Scene>, number: usize, random: fastrand::Rng) -> Self {
        let proxy = Proxy::to(scene.stack.url()).await;
        let store = client(&proxy.url(), &scene.stack);
        Self { scene: Arc::clone(scene), name: format!("worker-{number}"), proxy, store, random }
    }

    /// Until all jobs have ended.
    pub(crate) async fn run(mut self) {
        let mut left_behind = Vec::new();
        loop {
            match self.store.lease(&self.name, LEASE_SECONDS).await {
                Ok(Some(lease)) => left_behind.extend(self.work(lease).await),
                Ok(None) if self.is_over().await => break,
                Ok(None) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(error) => assert!(error.is_transient(), "{error:?}"),
            }
        }
        for lease in left_behind {
            self.come_back(&lease).await;
        }
    }

    /// Ends a job; the lease when it was left behind, so that nobody here knows how it ended.
    async fn work(&mut self, lease: Lease) -> Option<Lease> {
        if lease.attempt > 1 {
            self.is_fenced_out(&lease).await;
        }
        let end = End::new(&mut self.random);
        let Scene { stack, tally, .. } = &*self.scene;
        let settling = end.settle(&self.store, &lease);
        let first = strike(settling, &self.proxy, stack, tally, &mut self.random).await.answer();
        if first.is_none() && self.random.bool() {
            return Some(lease);
        }
        let mut settled = first.unwrap_or_else(|| Err(StoreError::Unavailable { source: "killed".into() }));
        // What it asks for now may differ: a report made anew has another id, or it fails this time.
        while let Err(error) = settled {
            if matches!(error, StoreError::LeaseLost { .. }) {
                return None;
            }
            assert!(error.is_transient(), "{error:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
            settled = End::new(&mut self.random).settle(&self.store, &lease).await;
        }
        None
    }

    /// Whoever had the job before may come back while it is worked on, and must not write.
    async fn is_fenced_out(&mut self, lease: &Lease) {
        let before = Lease { attempt: lease.attempt - 1, ..lease.clone() };
        loop {
            match End::new(&mut self.random).settle(&self.store, &before).await {
                Err(StoreError::LeaseLost { .. }) => return,
                Err(error) if error.is_transient() => {}
                settled => panic!("{settled:?}"),
            }
        }
    }

    /// A worker that was thought dead ends its job once more.
    async fn come_back(&mut self, lease: &Lease) {
        let before = self.store.job(&lease.job.job_id).await.unwrap().unwrap();
        match End::new(&mut self.random).settle(&self.store, lease).await {
            Ok(settled) => {
                assert_eq!((settled.report_id, settled.refunded), (before.report_id, before.refunded));
            }
            Err(error) => assert!(matches!(error, StoreError::LeaseLost { .. }), "{error:?}"),
        }
    }

    async fn is_over(&self) -> bool {
        // In this order: a job that comes in between is seen.
        let all_asked = self.scene.all_asked.load(Ordering::SeqCst);
        let open = sqlx::query_scalar("select count(*) from report_jobs where finished_at is null");
        let open: i64 = open.fetch_one(self.scene.stack.database()).await.unwrap();
        all_asked && open == 0
    }
}
