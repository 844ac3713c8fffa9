//! How many jobs a second go through the store on one PostgreSQL, beside the bare queue in the same run.
//!
//! Three ways, one after the other on one database whose commits wait for the disk: pgmq alone (send, then read and
//! archive), our functions over a connection of PostgreSQL, and the client over the look-alike of the REST interface.
//! The difference between the last two is what HTTP and the look-alike cost. Jobs of the latter two are charged, make
//! a report and leave a callback.

mod bare;
mod client;
mod functions;
#[path = "../../tests/faults/reports.rs"]
mod reports;
mod truth;
mod way;

use anyhow::{Context as _, Result, bail};
use testkit::stack::{Stack, StackOptions};
use uuid::Uuid;

use self::way::Way;

const USAGE: &str = "bench-store [--jobs COUNT] [--workers COUNT]";

/// Enough that they seldom wait for each other's balance.
const USERS: usize = 100;

/// How much is done, and by how many at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) jobs: usize,
    pub(crate) workers: usize,
}

impl Size {
    fn asked(arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut size = Self { jobs: 10_000, workers: 4 };
        let mut arguments = arguments.into_iter();
        while let Some(name) = arguments.next() {
            let number = arguments.next().context(USAGE)?.parse().context(USAGE)?;
            match name.as_str() {
                "--jobs" => size.jobs = number,
                "--workers" => size.workers = number,
                _ => bail!(USAGE),
            }
        }
        Ok(size)
    }
}

/// Who asks for a job.
pub(crate) fn user_of(job: usize) -> Uuid {
    Uuid::from_u128((job % USERS) as u128 + 1)
}

#[tokio::main]
async fn main() -> Result<()> {
    let size = Size::asked(std::env::args().skip(1))?;
    let stack = Stack::with(StackOptions { durable: true, ..StackOptions::default() }).await?;
    truth::grant(&stack, size).await?;
    println!("{} jobs, {} workers, {}", size.jobs, size.workers, truth::version(&stack).await?);

    let bare = way::run(&bare::Bare::new(&stack).await?, size).await?;
    println!("{:<36} {bare}", "pgmq alone: send; read, archive");
    let functions = way::run(&functions::Functions::new(&stack), size).await?;
    println!("{:<36} {functions}", "functions: start; lease, complete");
    truth::check(&stack, functions::PREFIX, size).await?;
    let client = way::run(&client::Client::new(&stack), size).await?;
    println!("{:<36} {client}", "client: enqueue; lease, complete");
    truth::check(&stack, client::PREFIX, size).await?;

    println!(
        "functions take {:.1} times as long as pgmq alone, the client over the look-alike {:.1} times as long as functions",
        functions.seconds() / bare.seconds(),
        client.seconds() / functions.seconds()
    );
    Ok(())
}
