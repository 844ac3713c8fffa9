use async_trait::async_trait;
use filing_model::Report;

use super::{LedgerLine, Memory, Tables};
use crate::{Failure, Lease, ReportStore, ReportSummary, Settled, StoreError, ending::Ending};

#[async_trait]
impl ReportStore for Memory {
    async fn complete_report(&self, lease: &Lease, report: &Report) -> Result<Settled, StoreError> {
        let mut tables = self.tables();
        let ticker = match tables.held(lease) {
            Ok(entry) => entry.job.ticker.clone(),
            Err(lost) => return tables.settled_before(lease).ok_or(lost),
        };
        if tables.reports.iter().any(|(stored, _)| stored.report_id == report.report_id) {
            return Err(StoreError::DuplicateReport { report_id: report.report_id.clone() });
        }
        let summary = ReportSummary::of(report, &ticker, self.clock.now());
        tables.reports.push((summary, report.clone()));
        self.settle(&mut tables, lease, &Ending::completed(report))
    }

    async fn fail_report_job(&self, lease: &Lease, failure: &Failure) -> Result<Settled, StoreError> {
        let mut tables = self.tables();
        if let Err(lost) = tables.held(lease) {
            return tables.settled_before(lease).ok_or(lost);
        }
        self.settle(&mut tables, lease, &Ending::failed(failure))
    }

    async fn report(&self, report_id: &str) -> Result<Option<Report>, StoreError> {
        let tables = self.tables();
        Ok(tables
            .reports
            .iter()
            .map(|(_, report)| report)
            .find(|report| report.report_id == report_id)
            .cloned())
    }

    async fn reports(&self, limit: u32) -> Result<Vec<ReportSummary>, StoreError> {
        let tables = self.tables();
        Ok(tables.reports.iter().rev().take(limit as usize).map(|(summary, _)| summary.clone()).collect())
    }

    async fn balance(&self, user_id: &str) -> Result<i64, StoreError> {
        Ok(self.tables().balance(user_id))
    }

    async fn grant(&self, user_id: &str, tokens: u32, _description: &str) -> Result<i64, StoreError> {
        let mut tables = self.tables();
        tables.ledger.push(LedgerLine { user_id: user_id.to_owned(), tokens: tokens.into() });
        Ok(tables.balance(user_id))
    }
}

impl Memory {
    fn settle(&self, tables: &mut Tables, lease: &Lease, ending: &Ending<'_>) -> Result<Settled, StoreError> {
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

    fn balance(&self, user_id: &str) -> i64 {
        self.ledger.iter().filter(|line| line.user_id == user_id).map(|line| line.tokens).sum()
    }
}
