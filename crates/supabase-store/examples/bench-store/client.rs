use anyhow::Result;
use supabase_store::{Charge, JobQueue as _, NewJob, ReportStore as _, Supabase};
use testkit::stack::Stack;

use crate::{
    Way,
    reports::{client, report},
    user_of,
};

pub(crate) const PREFIX: &str = "client";

/// The client, over HTTP.
#[derive(Clone)]
pub(crate) struct Client(Supabase);

impl Client {
    pub(crate) fn new(stack: &Stack) -> Self {
        Self(client(stack.url(), stack))
    }
}

impl Way for Client {
    async fn start(&self, job: usize) -> Result<()> {
        let job = NewJob {
            job_id: format!("{PREFIX}-{job}"),
            user_id: Some(user_of(job).to_string()),
            ticker: "ACME".parse()?,
            callback_url: Some("https://platform.example/callback".into()),
            charge: Charge::Worker,
        };
        self.0.enqueue(&job).await?;
        Ok(())
    }

    async fn work(&self, worker: usize) -> Result<Option<String>> {
        let Some(lease) = self.0.lease(&format!("worker-{worker}"), 30).await? else { return Ok(None) };
        self.0.complete_report(&lease, &report(true)).await?;
        Ok(Some(lease.job.job_id))
    }
}
