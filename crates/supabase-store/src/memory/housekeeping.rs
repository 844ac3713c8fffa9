use async_trait::async_trait;
use jiff::Timestamp;

use super::{Memory, tables::Tables};
use crate::{DeliveryState, Erased, Housekeeping, Removed, StoreError, clock::days_before, ending::Ending};

#[async_trait]
impl Housekeeping for Memory {
    async fn remove_older_than(&self, days: u32) -> Result<Removed, StoreError> {
        let mut tables = self.tables();
        let before = days_before(self.clock.now(), days);
        let is_old = |finished_at: Option<Timestamp>| finished_at.is_some_and(|at| at < before);
        let Tables { jobs, deliveries, answers, batches, .. } = &mut *tables;
        let removed_jobs = remove(jobs, |entry| {
            let is_pending = |delivery: &crate::Delivery| {
                delivery.job_id == entry.job.job_id && delivery.state == DeliveryState::Pending
            };
            is_old(entry.job.finished_at) && !deliveries.iter().any(|entry| is_pending(&entry.delivery))
        });
        batches.retain(|batch| batch.created_at >= before);
        Ok(Removed {
            jobs: removed_jobs,
            deliveries: remove(deliveries, |entry| is_old(entry.delivery.finished_at)),
            answers: remove(answers, |entry| entry.made_at < before),
        })
    }

    async fn erase_user(&self, user_id: &str) -> Result<Erased, StoreError> {
        let is_theirs = |owner: &Option<String>| owner.as_deref() == Some(user_id);
        let now = self.clock.now();
        let mut tables = self.tables();
        let theirs = tables.jobs.iter().map(|entry| &entry.job).filter(|job| is_theirs(&job.user_id));
        let open: Vec<_> = theirs.filter(|job| !job.state.is_final()).map(|job| job.job_id.clone()).collect();
        for job_id in open {
            tables.end(&job_id, None, &Ending::cancelled(), now);
        }
        let Tables { jobs, reports, deliveries, error_logs, .. } = &mut *tables;
        let mut emptied = 0;
        for entry in error_logs.iter_mut().filter(|entry| is_theirs(&entry.user_id)) {
            entry.user_id = None;
            emptied += 1;
        }
        deliveries.retain(|entry| {
            !jobs
                .iter()
                .any(|owner| is_theirs(&owner.job.user_id) && owner.job.job_id == entry.delivery.job_id)
        });
        Ok(Erased {
            reports: remove(reports, |entry| is_theirs(&entry.user_id)),
            jobs: remove(jobs, |entry| is_theirs(&entry.job.user_id)),
            error_logs: emptied,
        })
    }
}

/// Takes out what is to go, and says how much it was.
fn remove<T>(entries: &mut Vec<T>, goes: impl Fn(&T) -> bool) -> u64 {
    let before = entries.len();
    entries.retain(|entry| !goes(entry));
    (before - entries.len()) as u64
}
