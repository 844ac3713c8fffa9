use anyhow::{Context as _, Result};
use sqlx::PgPool;
use testkit::stack::Stack;

use crate::Way;

/// The queue by itself.
#[derive(Clone)]
pub(crate) struct Bare(PgPool);

impl Bare {
    pub(crate) async fn new(stack: &Stack) -> Result<Self> {
        sqlx::query("select pgmq.create('bare')").execute(stack.database()).await?;
        Ok(Self(stack.database().clone()))
    }
}

impl Way for Bare {
    async fn start(&self, job: usize) -> Result<()> {
        sqlx::query("select pgmq.send('bare', jsonb_build_object('job_id', $1))")
            .bind(job.to_string())
            .execute(&self.0)
            .await?;
        Ok(())
    }

    async fn work(&self, _worker: usize) -> Result<Option<String>> {
        let read = "select msg_id, message ->> 'job_id' from pgmq.read('bare', 30, 1)";
        let Some((id, job)) = sqlx::query_as::<_, (i64, String)>(read).fetch_optional(&self.0).await? else {
            return Ok(None);
        };
        let archived: bool =
            sqlx::query_scalar("select pgmq.archive('bare', $1)").bind(id).fetch_one(&self.0).await?;
        archived.then_some(Some(job)).context("a message was archived twice")
    }
}
