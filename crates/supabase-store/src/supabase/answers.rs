use async_trait::async_trait;
use serde_json::json;

use super::{Supabase, rest::Again, rows::BatchRow};
use crate::{KeptAnswer, ModelAnswers, ModelBatch, ModelBatches, StoreError};

#[async_trait]
impl ModelAnswers for Supabase {
    async fn model_answer(&self, key: &str) -> Result<Option<KeptAnswer>, StoreError> {
        Ok(self.rest.call("model_answer", Again::Harmless, &json!({ "key": key })).await?)
    }

    async fn keep_model_answer(&self, key: &str, answer: &KeptAnswer) -> Result<(), StoreError> {
        let arguments = json!({
            "key": key,
            "model": answer.model,
            "answer": answer.answer,
            "tokens": i64::try_from(answer.tokens).unwrap_or(i64::MAX),
        });
        Ok(self.rest.tell("keep_model_answer", Again::Harmless, &arguments).await?)
    }
}

#[async_trait]
impl ModelBatches for Supabase {
    async fn remember_model_batch(&self, batch: &ModelBatch) -> Result<(), StoreError> {
        let arguments = json!({ "id": batch.id, "keys": batch.keys });
        Ok(self.rest.tell("keep_model_batch", Again::Harmless, &arguments).await?)
    }

    async fn model_batches(&self) -> Result<Vec<ModelBatch>, StoreError> {
        let batches: Vec<BatchRow> = self.rest.call("model_batches", Again::Harmless, &json!({})).await?;
        Ok(batches.into_iter().map(ModelBatch::from).collect())
    }

    async fn forget_model_batch(&self, id: &str) -> Result<(), StoreError> {
        Ok(self.rest.tell("forget_model_batch", Again::Harmless, &json!({ "id": id })).await?)
    }
}
