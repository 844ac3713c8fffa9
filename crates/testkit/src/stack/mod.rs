//! A Supabase in small: a real PostgreSQL with its roles, pgmq and our migrations, behind a REST interface.
//!
//! ```no_run
//! # async fn run() -> anyhow::Result<()> {
//! let stack = testkit::stack::Stack::start().await?;
//! let settings = (stack.url(), stack.service_key());
//! # Ok(()) }
//! ```
//!
//! Each stack has a cluster of its own, copied from one that is prepared once for all test processes; it is gone when
//! the stack is dropped. The server of PostgreSQL refuses root, so under root it runs as another user.
//!
//! The REST interface is a look-alike of PostgREST. Known differences: merge-duplicates does nothing, JSON null
//! as an argument of a function becomes an empty text, our own errors (`PTnnn`) come with status 500, an unknown
//! column, table or function has other codes, and a token that was accepted once is accepted for good.

mod cluster;
mod installed;
mod keys;
mod line;
mod migrations;
mod prepared;
mod rest;
mod truth;

use std::time::Duration;

use anyhow::{Context as _, Result};
use sqlx::{PgPool, postgres::PgPoolOptions};
use uuid::Uuid;

use self::{cluster::Cluster, rest::Rest};

pub use self::migrations::{Migration, migrations};

/// Connections of the tests' own pool; they are opened when needed.
const OWN_CONNECTIONS: u32 = 64;

/// What a stack is made of.
#[derive(Debug, Clone, Copy)]
pub struct StackOptions {
    /// Whether the database has our migrations; without, it is a new project on Supabase.
    pub migrated: bool,
    /// Whether a commit is on disk when it returns, as in production; tests of logic are faster without.
    pub durable: bool,
    /// Connections of the REST interface to the database.
    pub rest_connections: usize,
}

impl Default for StackOptions {
    fn default() -> Self {
        Self { migrated: true, durable: false, rest_connections: 10 }
    }
}

/// A running PostgreSQL and its REST interface; both end when this is dropped.
#[derive(Debug)]
pub struct Stack {
    database: PgPool,
    rest: Rest,
    // Last, so that nobody is connected any more.
    cluster: Cluster,
}

impl Stack {
    /// A migrated database that keeps nothing on disk longer than it must.
    pub async fn start() -> Result<Self> {
        Self::with(StackOptions::default()).await
    }

    /// The error says what to install when PostgreSQL is absent.
    pub async fn with(options: StackOptions) -> Result<Self> {
        let cluster = tokio::task::spawn_blocking(move || Cluster::start(options)).await??;
        let database = PgPoolOptions::new()
            .max_connections(OWN_CONNECTIONS)
            .acquire_timeout(Duration::from_secs(30))
            .connect(&cluster.url("supabase_admin"))
            .await
            .context("cannot connect to the database")?;
        let rest = Rest::start(cluster.port(), options.rest_connections).await?;
        Ok(Self { database, rest, cluster })
    }

    /// The address that `SUPABASE_URL` has: tables are under `/rest/v1`.
    pub fn url(&self) -> &str {
        self.rest.url()
    }

    /// A key of the old kind that passes by row level security.
    pub fn service_key(&self) -> String {
        keys::token("service_role", None)
    }

    /// A key of the new kind that passes by row level security; it goes into the header `apikey` alone.
    pub fn secret_key(&self) -> &'static str {
        keys::SECRET_KEY
    }

    /// The key of a stranger.
    pub fn anon_key(&self) -> String {
        keys::token("anon", None)
    }

    /// The token of a user who is logged in.
    pub fn user_key(&self, user_id: Uuid) -> String {
        keys::token("authenticated", Some(user_id))
    }

    /// The database, as one who may do anything.
    pub fn database(&self) -> &PgPool {
        &self.database
    }

    /// The address of the database for a role such as `postgres`, which owns the tables.
    pub fn database_url(&self, role: &str) -> String {
        self.cluster.url(role)
    }

    /// Runs our migrations, and lets the REST interface read the schema anew.
    pub async fn migrate(&self) -> Result<()> {
        migrations::run(&self.cluster.url("postgres")).await?;
        self.reload();
        Ok(())
    }

    /// Lets the REST interface read the schema anew.
    pub fn reload(&self) {
        self.rest.reload();
    }

    /// Cuts all connections of the REST interface, as a database that is restarted or overloaded does; how many.
    pub async fn cut_connections(&self) -> Result<i64> {
        let cut = sqlx::query_scalar(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'authenticator'",
        );
        Ok(cut.fetch_one(&self.database).await?)
    }

    /// Cuts one connection of the REST interface that is in the middle of something, if there is any.
    pub async fn cut_busy_connection(&self) -> Result<bool> {
        let cut = sqlx::query_scalar(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where usename = 'authenticator' and state <> 'idle' order by random() limit 1",
        );
        Ok(cut.fetch_optional(&self.database).await?.unwrap_or(false))
    }

    /// Everything that does not hold though every job has ended: two reports of one job, a token paid twice, a balance
    /// that is not its ledger's.
    pub async fn lies(&self) -> Result<Vec<String>> {
        truth::lies(&self.database).await
    }

    /// Ends the database at once, as a crash does.
    pub async fn stop_database(&self) -> Result<()> {
        self.cluster.stop().await
    }

    /// Starts the database again, on its old port.
    pub async fn start_database(&self) -> Result<()> {
        self.cluster.start_again().await
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        self.rest.stop();
    }
}
