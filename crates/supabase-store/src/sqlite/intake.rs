//! Jobs that come while another is being written are taken in together: a commit waits for the disk, and of fifty
//! callers the last would wait for fifty of them.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::{Sqlite, Write, commit, error::database, queue::enqueue};
use crate::{Enqueued, NewJob, StoreError};

/// Callers that wait for the next commit.
#[derive(Debug, Clone, Default)]
pub(super) struct Intake(Arc<Mutex<Vec<Asked>>>);

#[derive(Debug)]
struct Asked {
    job: NewJob,
    answer: oneshot::Sender<Answer>,
}

type Answer = Result<Enqueued, StoreError>;

impl Intake {
    /// Whether there was nobody, so that somebody has to see to the commit.
    fn push(&self, asked: Asked) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(asked);
        waiting.len() == 1
    }

    fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Sqlite {
    /// Takes a job in with the next commit. A caller that goes away leaves its job to it.
    pub(super) async fn take_in(&self, job: &NewJob) -> Answer {
        let (answer, answered) = oneshot::channel();
        if self.intake.push(Asked { job: job.clone(), answer }) {
            let store = self.clone();
            if self.home.spawn(async move { store.take_in_all().await }).await.is_err() {
                // The runtime has ended: nobody will answer those who wait.
                drop(self.intake.take());
            }
        }
        answered.await.map_err(|gone| StoreError::Unavailable { source: gone.into() })?
    }

    async fn take_in_all(&self) {
        let began = self.write().await;
        // Not before it is our turn: until then more may come.
        let asked = self.intake.take();
        let taken = match began {
            Ok(write) => self.write_all(write, &asked).await,
            Err(error) => Err(error),
        };
        match taken {
            Ok(answers) => {
                for (asked, answer) in asked.into_iter().zip(answers) {
                    let _ = asked.answer.send(answer);
                }
            }
            Err(error) => {
                for asked in asked {
                    let _ =
                        asked.answer.send(Err(StoreError::Unavailable { source: error.to_string().into() }));
                }
            }
        }
    }

    async fn write_all(&self, mut write: Write, asked: &[Asked]) -> Result<Vec<Answer>, StoreError> {
        // One that is alone may take the transaction with it.
        if let [Asked { job, .. }] = asked {
            let answer = enqueue(&mut write, job, self.clock.now()).await;
            if answer.is_ok() {
                commit(write).await?;
            }
            return Ok(vec![answer]);
        }
        let mut answers = Vec::with_capacity(asked.len());
        for Asked { job, .. } in asked {
            // One that is refused must not take the others.
            execute(&mut write, "savepoint job").await?;
            let answer = enqueue(&mut write, job, self.clock.now()).await;
            if answer.is_err() {
                execute(&mut write, "rollback to job").await?;
            }
            execute(&mut write, "release job").await?;
            answers.push(answer);
        }
        commit(write).await?;
        Ok(answers)
    }
}

async fn execute(write: &mut Write, statement: &'static str) -> Result<(), StoreError> {
    sqlx::query(statement).execute(&mut **write).await.map(drop).map_err(database)
}
