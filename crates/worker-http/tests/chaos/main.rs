//! Workers that are killed, stopped and cut off from everything they ask, over and over: every job ends, every token is
//! where the ledger says, and every caller is told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "a test stops at the first surprise"
)]

mod callers;
mod claude;
mod edgar;
mod faults;
mod fleet;
mod receiver;
mod storm;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use testkit::stack::Stack;

use self::{claude::Claude, edgar::Edgar, fleet::Fleet, receiver::Receiver};

/// What sec.gov allows in a second, over all workers together. They are told to stay a little below it.
const EDGAR_LIMIT: usize = 10;
const EDGAR_SETTING: usize = 6;

/// How long everything may take to come to rest when the storm is over.
const PATIENCE: Duration = Duration::from_mins(4);

const SHORT_RESTARTS: [Duration; 1] = [Duration::from_secs(2)];
const LONG_RESTARTS: [Duration; 2] = [Duration::from_secs(15), Duration::from_secs(40)];

/// How much is asked, and of how many.
struct Plan {
    jobs: usize,
    workers: usize,
    companies: usize,
    /// The database is ended and started again at these moments.
    restarts: &'static [Duration],
    /// No worker is killed any more after so long.
    storm: Duration,
}

async fn play(plan: Plan, seed: u64) {
    println!("{} jobs, {} workers, {} companies, seed {seed}", plan.jobs, plan.workers, plan.companies);
    let began = Instant::now();
    let mut random = fastrand::Rng::with_seed(seed);
    let stack = Arc::new(Stack::start().await.expect("PostgreSQL starts"));
    callers::grant(&stack).await;
    let (edgar, claude, receiver) =
        (Edgar::start(plan.companies).await, Claude::start(true).await, Receiver::start(random.fork()).await);
    let fleet = Arc::new(Fleet::start(plan.workers, &stack, &edgar, &claude, &receiver));

    let storm = tokio::spawn(storm::rage(
        Arc::clone(&fleet),
        Arc::clone(&stack),
        plan.restarts,
        plan.storm,
        random.fork(),
    ));
    let asked = callers::ask(&plan, &fleet, &receiver, random.fork()).await;
    let storm = storm.await.unwrap();
    settle(&stack).await;
    fleet.stop();

    println!("{asked}\n{storm}\n{edgar}\n{claude}\n{receiver}");
    println!("{}\nall in {:.0} s", callers::ends(&stack).await, began.elapsed().as_secs_f64());
    assert_eq!(stack.lies().await.unwrap(), [""; 0], "the database tells no lie");
    assert_eq!(callers::jobs(&stack).await, asked.taken_in, "a job was lost or came from nowhere");
    receiver.must_have_told_all(&stack).await;
    edgar.must_have_been_spared();
    storm.must_have_raged(&plan);
}

/// Waits until nothing is left to do.
async fn settle(stack: &Stack) {
    let deadline = Instant::now() + PATIENCE;
    while callers::open(stack).await > 0 {
        assert!(Instant::now() < deadline, "not all came to rest: {}", callers::ends(stack).await);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_storm_loses_nothing() {
    let plan =
        Plan { jobs: 12, workers: 2, companies: 4, restarts: &SHORT_RESTARTS, storm: Duration::from_secs(5) };
    play(plan, fastrand::u64(..)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn three_hundred_jobs_survive_a_long_storm() {
    let plan = Plan {
        // Some come without a token, so that some more than three hundred are taken in.
        jobs: 330,
        workers: 3,
        companies: 60,
        restarts: &LONG_RESTARTS,
        storm: Duration::from_secs(75),
    };
    play(plan, fastrand::u64(..)).await;
}
