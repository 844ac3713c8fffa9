use async_trait::async_trait;
use filing_model::{Report, Ticker};

use crate::{Failure, Lease, ReportSummary, ReuseKey, Settled, StoreError};

/// Where reports, refunds and errors land exactly once.
///
/// A job that failed, or whose report is bad, gives one token back to its user, once; a job without a user gives none,
/// and neither does one that was to be charged here and was not. If the job has a callback, the transaction that ends
/// it also writes the [`Delivery`](crate::Delivery). Settling a job again with the lease that settled it
/// returns the same and writes nothing; any lease but the latest gets [`StoreError::LeaseLost`] and writes nothing.
#[async_trait]
pub trait ReportStore: Send + Sync {
    /// Stores the report, pays the refund if `report.quality.is_valid` is false, completes the job: one transaction.
    async fn complete_report(&self, lease: &Lease, report: &Report) -> Result<Settled, StoreError>;

    /// The same for a report whose content is that of another one: the row says so and has no cost.
    ///
    /// `report` has an id of its own; `reused_from` is the id of the other one.
    async fn complete_reused_report(
        &self,
        lease: &Lease,
        report: &Report,
        reused_from: &str,
    ) -> Result<Settled, StoreError>;

    /// Writes the error log, pays the refund, fails the job: one transaction. Counts as a failed attempt.
    async fn fail_report_job(&self, lease: &Lease, failure: &Failure) -> Result<Settled, StoreError>;

    /// A report by its id.
    async fn report(&self, report_id: &str) -> Result<Option<Report>, StoreError>;

    /// The newest good report on the same two filings that was made in the same way.
    async fn reusable_report(&self, key: &ReuseKey) -> Result<Option<Report>, StoreError>;

    /// The latest reports, newest first.
    async fn reports(&self, limit: u32) -> Result<Vec<ReportSummary>, StoreError>;

    /// The latest reports that were asked for by this ticker, newest first.
    async fn reports_of(&self, ticker: &Ticker, limit: u32) -> Result<Vec<ReportSummary>, StoreError>;

    /// Tokens of a user: the sum of the ledger, 0 for one who is not in it.
    async fn balance(&self, user_id: &str) -> Result<i64, StoreError>;

    /// Gives tokens to a user and returns the new balance. Every call gives: it is not tied to a job.
    async fn grant(&self, user_id: &str, tokens: u32, description: &str) -> Result<i64, StoreError>;
}
