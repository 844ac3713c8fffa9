//! Callers and workers that are killed, cut off or lose their database in the middle of what they do: whatever
//! happens, each job has one report or one error, and every token is where the ledger says.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test stops at the first surprise")]

mod caller;
mod chaos;
mod proxy;
mod reports;
mod truth;
mod worker;

use std::{
    ops::Add,
    sync::{Arc, atomic::AtomicBool},
};

use testkit::stack::Stack;
use tokio::task::JoinSet;
use uuid::Uuid;

use self::{caller::Caller, chaos::Tally, worker::Worker};

const CALLERS: usize = 2;
const WORKERS: usize = 4;
const USERS: u128 = 8;

/// Fewer than a user asks for, so that some come too late.
const TOKENS_PER_USER_AND_RUN: f64 = 0.005;

/// What all of them share.
struct Scene {
    stack: Stack,
    tally: Tally,
    runs: usize,
    /// Whether no further job comes.
    all_asked: AtomicBool,
}

impl Scene {
    fn users() -> impl Iterator<Item = Uuid> {
        (1..=USERS).map(Uuid::from_u128)
    }
}

async fn play(runs: usize, seed: u64) {
    println!("{runs} runs, seed {seed}");
    let stack = Stack::start().await.expect("PostgreSQL starts");
    let scene = Arc::new(Scene { stack, tally: Tally::default(), runs, all_asked: AtomicBool::new(false) });
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "small numbers")]
    let granted = (runs as f64 * TOKENS_PER_USER_AND_RUN) as i32;
    truth::grant(&scene.stack, granted).await;

    let mut random = fastrand::Rng::with_seed(seed);
    let mut workers = JoinSet::new();
    for number in 0..WORKERS {
        workers.spawn(Worker::new(&scene, number, random.fork()).await.run());
    }
    let mut callers = JoinSet::new();
    for number in 0..CALLERS {
        callers.spawn(Caller::new(&scene, number, random.fork()).await.run());
    }
    let asked = callers.join_all().await.into_iter().reduce(Add::add).unwrap_or_default();
    scene.all_asked.store(true, std::sync::atomic::Ordering::SeqCst);
    workers.join_all().await;

    println!("{asked:?} of {runs} jobs; {}", scene.tally);
    truth::check(&scene.stack, asked, granted).await;
    scene.tally.must_have_hit(runs);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_or_paid_twice() {
    play(60, fastrand::u64(..)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn nothing_is_lost_or_paid_twice_in_a_thousand_runs() {
    play(1_200, fastrand::u64(..)).await;
}
