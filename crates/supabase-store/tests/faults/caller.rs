use std::{ops::Add, sync::Arc, time::Duration};

use supabase_store::{Charge, Enqueued, JobQueue as _, NewJob, StoreError, Supabase};

use crate::{
    CALLERS, Scene,
    chaos::{Struck, strike},
    proxy::Proxy,
    reports::client,
};

/// How many jobs were asked for with which outcome.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) taken_in: usize,
    /// Refused for want of tokens while an earlier call was perhaps under way still: a refund between the two lets that
    /// one, the later to arrive, take the job in.
    pub(crate) perhaps: usize,
}

impl Add for Asked {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { taken_in: self.taken_in + other.taken_in, perhaps: self.perhaps + other.perhaps }
    }
}

/// Asks for jobs, each of them until it is taken in or refused.
pub(crate) struct Caller {
    scene: Arc<Scene>,
    number: usize,
    proxy: Proxy,
    store: Supabase,
    random: fastrand::Rng,
}

impl Caller {
    pub(crate) async fn new(scene: &Arc<Scene>, number: usize, random: fastrand::Rng) -> Self {
        let proxy = Proxy::to(scene.stack.url()).await;
        let store = client(&proxy.url(), &scene.stack);
        Self { scene: Arc::clone(scene), number, proxy, store, random }
    }

    pub(crate) async fn run(mut self) -> Asked {
        let mut asked = Asked::default();
        for number in (self.number..self.scene.runs).step_by(CALLERS) {
            let user = Scene::users().nth(self.random.usize(..Scene::users().count()));
            let job = NewJob {
                job_id: format!("job-{number}"),
                user_id: user.map(|user| user.to_string()),
                ticker: "ACME".parse().unwrap(),
                callback_url: Some("https://platform.example/callback".into()),
                charge: if self.random.bool() { Charge::Worker } else { Charge::Caller },
            };
            asked = asked + self.start(&job).await;
        }
        asked
    }

    async fn start(&mut self, job: &NewJob) -> Asked {
        let taken_in = Asked { taken_in: 1, perhaps: 0 };
        let Scene { stack, tally, .. } = &*self.scene;
        let first = strike(self.store.enqueue(job), &self.proxy, stack, tally, &mut self.random).await;
        let was_hit = matches!(first, Struck::Hit(_));
        if let Some(Ok(_)) = first.answer() {
            return taken_in;
        }
        loop {
            match self.store.enqueue(job).await {
                Ok(Enqueued::New(_) | Enqueued::Same(_)) => return taken_in,
                Err(StoreError::InsufficientTokens { .. }) => {
                    return Asked { taken_in: 0, perhaps: usize::from(was_hit) };
                }
                Err(error) if error.is_transient() => tokio::time::sleep(Duration::from_millis(10)).await,
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}
