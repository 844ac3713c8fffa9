use async_trait::async_trait;
use filing_model::{Report, Ticker};
use jiff::Timestamp;

use super::{
    Sqlite, Write, commit, document,
    ending::{end, job_row, not_held},
    error::database,
    ledger::{self, BALANCE},
    report_row::Row,
    rows::ReportRow,
};
use crate::{
    Failure, Job, Lease, ReportStore, ReportSummary, ReuseKey, Settled, StoreError,
    ending::{Ending, new_id},
};

const LOG_ERROR: &str = "
    insert into error_logs (id, job_id, user_id, ticker, error_type, error_message, stack_trace, created_at)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    on conflict (job_id) do update
    set error_type = excluded.error_type, error_message = excluded.error_message,
        stack_trace = excluded.stack_trace, status = 'open'";

const GRANT: &str = "
    insert into token_transactions (id, user_id, transaction_type, tokens_amount, description, created_at)
    values (?1, ?2, 'grant', ?3, ?4, ?5)";

const REPORT_OF_JOB: &str = "select id from reports where job_id = ?1";

const ERROR_OF_JOB: &str = "select id from error_logs where job_id = ?1";

const FIND: &str = "select cast(document as blob) from report_documents where report_id = ?1";

const REUSE: &str = "
    select cast(document as blob) from reports join report_documents on report_id = id
    where extraction_success and newer_accession = ?1 and older_accession = ?2
      and analyzer = ?3 and model is ?4 and prompt_version = ?5
    order by sequence desc limit 1";

const LIST: &str = "
    select id, ticker, company_name, newer_filing_date, older_filing_date, newer_accession, older_accession,
           extraction_success, created_at
    from reports order by sequence desc limit ?1";

const LIST_OF_TICKER: &str = "
    select id, ticker, company_name, newer_filing_date, older_filing_date, newer_accession, older_accession,
           extraction_success, created_at
    from reports where ticker = ?1 order by sequence desc limit ?2";

#[async_trait]
impl ReportStore for Sqlite {
    async fn complete_report(&self, lease: &Lease, report: &Report) -> Result<Settled, StoreError> {
        self.complete(lease, report, None).await
    }

    async fn complete_reused_report(
        &self,
        lease: &Lease,
        report: &Report,
        reused_from: &str,
    ) -> Result<Settled, StoreError> {
        self.complete(lease, report, Some(reused_from)).await
    }

    async fn fail_report_job(&self, lease: &Lease, failure: &Failure) -> Result<Settled, StoreError> {
        let mut write = self.write().await?;
        let now = self.clock.now();
        // An operator may have let it be tried again, and it failed again.
        let before = id_of(&mut write, ERROR_OF_JOB, lease).await?;
        let ending = Ending::failed(failure, before.unwrap_or_else(new_id));
        let Some(job) = end(&mut write, &lease.job.job_id, Some(lease), &ending, now).await? else {
            return settled_before(&mut write, lease).await;
        };
        log_error(&mut write, &job, failure, now).await?;
        commit(write).await?;
        Ok(Settled::of(&job))
    }

    async fn report(&self, report_id: &str) -> Result<Option<Report>, StoreError> {
        let found = sqlx::query_scalar(FIND).bind(report_id);
        let document: Option<Vec<u8>> = found.fetch_optional(&self.readers).await.map_err(database)?;
        unpacked(document).await
    }

    async fn reusable_report(&self, key: &ReuseKey) -> Result<Option<Report>, StoreError> {
        let key = key.clone();
        let document = self.at_home(move |store| async move { store.document_of_pair(&key).await }).await?;
        unpacked(document).await
    }

    async fn reports(&self, limit: u32) -> Result<Vec<ReportSummary>, StoreError> {
        let rows: Vec<ReportRow> =
            sqlx::query_as(LIST).bind(limit).fetch_all(&self.readers).await.map_err(database)?;
        rows.into_iter().map(ReportSummary::try_from).collect()
    }

    async fn reports_of(&self, ticker: &Ticker, limit: u32) -> Result<Vec<ReportSummary>, StoreError> {
        let rows: Vec<ReportRow> = sqlx::query_as(LIST_OF_TICKER)
            .bind(ticker.as_str())
            .bind(limit)
            .fetch_all(&self.readers)
            .await
            .map_err(database)?;
        rows.into_iter().map(ReportSummary::try_from).collect()
    }

    async fn balance(&self, user_id: &str) -> Result<i64, StoreError> {
        sqlx::query_scalar(BALANCE).bind(user_id).fetch_one(&self.readers).await.map_err(database)
    }

    async fn grant(&self, user_id: &str, tokens: u32, description: &str) -> Result<i64, StoreError> {
        let mut write = self.write().await?;
        sqlx::query(GRANT)
            .bind(new_id())
            .bind(user_id)
            .bind(tokens)
            .bind(description)
            .bind(self.clock.now().as_microsecond())
            .execute(&mut *write)
            .await
            .map_err(database)?;
        let balance = ledger::balance(&mut write, user_id).await?;
        commit(write).await?;
        Ok(balance)
    }
}

impl Sqlite {
    async fn document_of_pair(&self, key: &ReuseKey) -> Result<Option<Vec<u8>>, StoreError> {
        sqlx::query_scalar(REUSE)
            .bind(key.newer_accession.as_str())
            .bind(key.older_accession.as_str())
            .bind(&key.analyzer)
            .bind(&key.model)
            .bind(&key.prompt_version)
            .fetch_optional(&self.readers)
            .await
            .map_err(database)
    }

    async fn complete(
        &self,
        lease: &Lease,
        report: &Report,
        reused_from: Option<&str>,
    ) -> Result<Settled, StoreError> {
        let (ending, row) = (Ending::completed(report), Row::of(report, reused_from)?);
        let lease = lease.clone();
        self.at_home(move |store| async move { store.settle(&lease, ending, row).await }).await
    }

    async fn settle(&self, lease: &Lease, mut ending: Ending, row: Row) -> Result<Settled, StoreError> {
        let mut write = self.write().await?;
        let now = self.clock.now();
        // Once removed by age and asked for again, a job has its report already.
        let before = id_of(&mut write, REPORT_OF_JOB, lease).await?;
        let is_new = before.is_none();
        ending.report_id = before.or(ending.report_id);
        let Some(job) = end(&mut write, &lease.job.job_id, Some(lease), &ending, now).await? else {
            return settled_before(&mut write, lease).await;
        };
        if is_new {
            row.store(&mut write, &job, now).await?;
        }
        commit(write).await?;
        Ok(Settled::of(&job))
    }
}

/// What a job left when it ended before.
async fn id_of(write: &mut Write, query: &'static str, lease: &Lease) -> Result<Option<String>, StoreError> {
    let found = sqlx::query_scalar(query).bind(&lease.job.job_id);
    found.fetch_optional(&mut **write).await.map_err(database)
}

/// Megabytes of JSON: too long for a thread that serves others.
async fn unpacked(document: Option<Vec<u8>>) -> Result<Option<Report>, StoreError> {
    let Some(document) = document else { return Ok(None) };
    let unpacked = tokio::task::spawn_blocking(move || document::unpack(&document)).await;
    unpacked.map_err(|error| StoreError::Unavailable { source: error.into() })?.map(Some)
}

/// How this very lease settled its job before, or why it may not settle it now.
async fn settled_before(write: &mut Write, lease: &Lease) -> Result<Settled, StoreError> {
    match job_row(write, &lease.job.job_id).await? {
        Some(row) if row.was_settled_by(lease) => Ok(Settled::of(&row.try_into()?)),
        _ => Err(not_held(write, lease).await),
    }
}

async fn log_error(
    write: &mut Write,
    job: &Job,
    failure: &Failure,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(LOG_ERROR)
        .bind(&job.error_log_id)
        .bind(&job.job_id)
        .bind(&job.user_id)
        .bind(job.ticker.as_str())
        .bind(&failure.error_type)
        .bind(&failure.message)
        .bind(&failure.causes)
        .bind(now.as_microsecond())
        .execute(&mut **write)
        .await
        .map_err(database)?;
    Ok(())
}
