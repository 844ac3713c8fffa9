use std::{sync::Arc, time::Duration};

use supabase_store::{Charge, Enqueued, JobQueue as _, NewJob, StoreError, Supabase};

use crate::{CALLERS, Scene, chaos::strike, proxy::Proxy, reports::client};

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

    /// How many jobs were taken in.
    pub(crate) async fn run(mut self) -> usize {
        let mut taken_in = 0;
        for number in (self.number..self.scene.runs).step_by(CALLERS) {
            let user = Scene::users().nth(self.random.usize(..Scene::users().count()));
            let job = NewJob {
                job_id: format!("job-{number}"),
                user_id: user.map(|user| user.to_string()),
                ticker: "ACME".parse().unwrap(),
                callback_url: Some("https://platform.example/callback".into()),
                charge: if self.random.bool() { Charge::Worker } else { Charge::Caller },
            };
            taken_in += usize::from(self.start(&job).await);
        }
        taken_in
    }

    async fn start(&mut self, job: &NewJob) -> bool {
        let Scene { stack, tally, .. } = &*self.scene;
        let first = strike(self.store.enqueue(job), &self.proxy, stack, tally, &mut self.random).await;
        if let Some(Ok(_)) = first {
            return true;
        }
        loop {
            match self.store.enqueue(job).await {
                Ok(Enqueued::New(_) | Enqueued::Same(_)) => return true,
                Err(StoreError::InsufficientTokens { .. }) => return false,
                Err(error) if error.is_transient() => tokio::time::sleep(Duration::from_millis(10)).await,
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}
