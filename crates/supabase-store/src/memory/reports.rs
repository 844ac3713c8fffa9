use async_trait::async_trait;
use filing_model::{Report, Ticker};

use super::{
    Memory,
    tables::{ErrorEntry, ReportEntry, Tables},
};
use crate::{
    Failure, Lease, ReportStore, ReportSummary, ReuseKey, Settled, StoreError,
    ending::{Ending, new_id},
};

#[async_trait]
impl ReportStore for Memory {
    async fn complete_report(&self, lease: &Lease, report: &Report) -> Result<Settled, StoreError> {
        let mut tables = self.tables();
        let entry = match tables.held(lease) {
            Ok(entry) => ReportEntry {
                job_id: entry.job.job_id.clone(),
                user_id: entry.job.user_id.clone(),
                summary: ReportSummary::of(report, &entry.job.ticker, self.clock.now()),
                report: report.clone(),
            },
            Err(lost) => return tables.settled_before(lease).ok_or(lost),
        };
        let mut ending = Ending::completed(report);
        if let Some(before) = tables.reports.iter().find(|stored| stored.job_id == entry.job_id) {
            ending.report_id = Some(before.report.report_id.clone());
        } else if tables.reports.iter().any(|stored| stored.report.report_id == report.report_id) {
            return Err(StoreError::DuplicateReport { report_id: report.report_id.clone() });
        } else {
            tables.reports.push(entry);
        }
        self.settle(&mut tables, lease, &ending)
    }

    /// The same: nothing here is a cost.
    async fn complete_reused_report(
        &self,
        lease: &Lease,
        report: &Report,
        _reused_from: &str,
    ) -> Result<Settled, StoreError> {
        self.complete_report(lease, report).await
    }

    async fn fail_report_job(&self, lease: &Lease, failure: &Failure) -> Result<Settled, StoreError> {
        let mut tables = self.tables();
        let (job_id, user_id) = match tables.held(lease) {
            Ok(entry) => (entry.job.job_id.clone(), entry.job.user_id.clone()),
            Err(lost) => return tables.settled_before(lease).ok_or(lost),
        };
        let before = tables.error_logs.iter().find(|entry| entry.job_id == job_id);
        let id = before.map_or_else(new_id, |entry| entry.id.clone());
        if before.is_none() {
            tables.error_logs.push(ErrorEntry { id: id.clone(), job_id, user_id });
        }
        self.settle(&mut tables, lease, &Ending::failed(failure, id))
    }

    async fn report(&self, report_id: &str) -> Result<Option<Report>, StoreError> {
        let tables = self.tables();
        let mut reports = tables.reports.iter().map(|entry| &entry.report);
        Ok(reports.find(|report| report.report_id == report_id).cloned())
    }

    async fn reusable_report(&self, key: &ReuseKey) -> Result<Option<Report>, StoreError> {
        let tables = self.tables();
        let mut newest_first = tables.reports.iter().rev().map(|entry| &entry.report);
        let is_it = |report: &&Report| report.quality.is_valid && ReuseKey::of(report).as_ref() == Some(key);
        Ok(newest_first.find(is_it).cloned())
    }

    async fn reports(&self, limit: u32) -> Result<Vec<ReportSummary>, StoreError> {
        let tables = self.tables();
        Ok(tables.reports.iter().rev().take(limit as usize).map(|entry| entry.summary.clone()).collect())
    }

    async fn reports_of(&self, ticker: &Ticker, limit: u32) -> Result<Vec<ReportSummary>, StoreError> {
        let tables = self.tables();
        let newest_first = tables.reports.iter().rev().map(|entry| &entry.summary);
        let of_ticker = newest_first.filter(|summary| summary.ticker == *ticker);
        Ok(of_ticker.take(limit as usize).cloned().collect())
    }

    async fn balance(&self, user_id: &str) -> Result<i64, StoreError> {
        Ok(self.tables().balance(user_id))
    }

    async fn grant(&self, user_id: &str, tokens: u32, _description: &str) -> Result<i64, StoreError> {
        let mut tables = self.tables();
        tables.grant(user_id, tokens);
        Ok(tables.balance(user_id))
    }
}

impl Memory {
    fn settle(&self, tables: &mut Tables, lease: &Lease, ending: &Ending) -> Result<Settled, StoreError> {
        let job = tables.end(&lease.job.job_id, Some(lease.attempt), ending, self.clock.now());
        job.as_ref().map(Settled::of).ok_or(StoreError::NoSuchJob)
    }
}

impl Tables {
    /// How this very lease settled its job, if it did.
    fn settled_before(&mut self, lease: &Lease) -> Option<Settled> {
        let entry = self.entry(&lease.job.job_id)?;
        (entry.settled_by == Some(lease.attempt)).then(|| Settled::of(&entry.job))
    }
}
