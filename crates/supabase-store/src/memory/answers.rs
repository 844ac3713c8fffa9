use async_trait::async_trait;
use jiff::Timestamp;

use super::Memory;
use crate::{
    KeptAnswer, ModelAnswers, ModelBatch, ModelBatches, StoreError,
    answers::{KEPT_FOR, MOST_FORGOTTEN},
};

/// An answer and when it was kept.
#[derive(Debug)]
pub(super) struct AnswerEntry {
    key: String,
    answer: KeptAnswer,
    pub(super) made_at: Timestamp,
}

#[async_trait]
impl ModelAnswers for Memory {
    async fn model_answer(&self, key: &str) -> Result<Option<KeptAnswer>, StoreError> {
        let tables = self.tables();
        Ok(tables.answers.iter().find(|entry| entry.key == key).map(|entry| entry.answer.clone()))
    }

    async fn keep_model_answer(&self, key: &str, answer: &KeptAnswer) -> Result<(), StoreError> {
        let mut tables = self.tables();
        let now = self.clock.now();
        let mut left_to_forget = MOST_FORGOTTEN;
        // In the order of their age.
        tables.answers.retain(|entry| {
            let is_old = entry.made_at < now - KEPT_FOR && left_to_forget > 0;
            left_to_forget -= usize::from(is_old);
            !is_old && entry.key != key
        });
        tables.answers.push(AnswerEntry { key: key.to_owned(), answer: answer.clone(), made_at: now });
        Ok(())
    }
}

#[async_trait]
impl ModelBatches for Memory {
    async fn remember_model_batch(&self, batch: &ModelBatch) -> Result<(), StoreError> {
        let mut tables = self.tables();
        tables.batches.retain(|kept| kept.id != batch.id);
        tables.batches.push(batch.clone());
        Ok(())
    }

    async fn model_batches(&self) -> Result<Vec<ModelBatch>, StoreError> {
        let mut batches = self.tables().batches.clone();
        batches.sort_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
        Ok(batches)
    }

    async fn forget_model_batch(&self, id: &str) -> Result<(), StoreError> {
        self.tables().batches.retain(|batch| batch.id != id);
        Ok(())
    }
}
