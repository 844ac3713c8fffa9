//! What happens to workers and database while jobs run.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use testkit::stack::Stack;
use tokio::time::sleep;

use crate::{Plan, fleet::Fleet};

/// How long the database stays away.
const OUTAGE: Duration = Duration::from_millis(1_500);

/// What was done to them.
#[derive(Debug, Default)]
pub(crate) struct Storm {
    killed: usize,
    redeployed: usize,
    restarted: usize,
}

impl Storm {
    /// A storm in which nothing happens shows nothing.
    pub(crate) fn must_have_raged(&self, plan: &Plan) {
        assert!(self.killed > 0 && self.restarted == plan.restarts.len(), "{self}");
    }
}

impl fmt::Display for Storm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { killed, redeployed, restarted } = self;
        write!(
            f,
            "storm: {killed} kill -9, {redeployed} SIGTERM, PostgreSQL ended and started {restarted} times"
        )
    }
}

/// Ends a worker every second and the database at its moments, until the storm is over.
pub(crate) async fn rage(
    fleet: Arc<Fleet>,
    stack: Arc<Stack>,
    restarts: &'static [Duration],
    length: Duration,
    mut random: fastrand::Rng,
) -> Storm {
    let (began, mut storm) = (Instant::now(), Storm::default());
    let database = tokio::spawn(async move {
        for at in restarts {
            sleep(at.saturating_sub(began.elapsed())).await;
            stack.stop_database().await.unwrap();
            sleep(OUTAGE).await;
            stack.start_database().await.unwrap();
        }
        restarts.len()
    });
    while began.elapsed() < length {
        sleep(Duration::from_secs_f64(0.5 + random.f64())).await;
        let (fleet, number) = (Arc::clone(&fleet), random.usize(..fleet.len()));
        let is_kill = storm.killed == 0 || random.u8(..5) > 0;
        let end = move || if is_kill { fleet.kill(number) } else { fleet.redeploy(number) };
        tokio::task::spawn_blocking(end).await.unwrap();
        storm.killed += usize::from(is_kill);
        storm.redeployed += usize::from(!is_kill);
    }
    storm.restarted = database.await.unwrap();
    storm
}
