//! Batches that a language model works on, for a process that goes on where another one died.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Sqlite, commit, error::database, rows::corrupt};
use crate::{ModelBatch, ModelBatches, StoreError};

const REMEMBER: &str = "
    insert into model_batches (id, keys, created_at) values (?1, ?2, ?3)
    on conflict (id) do update set keys = excluded.keys, created_at = excluded.created_at";

#[async_trait]
impl ModelBatches for Sqlite {
    async fn remember_model_batch(&self, batch: &ModelBatch) -> Result<(), StoreError> {
        let keys = serde_json::to_string(&batch.keys).map_err(corrupt("batch"))?;
        let mut write = self.write().await?;
        sqlx::query(REMEMBER)
            .bind(&batch.id)
            .bind(keys)
            .bind(batch.created_at.as_microsecond())
            .execute(&mut *write)
            .await
            .map_err(database)?;
        commit(write).await
    }

    async fn model_batches(&self) -> Result<Vec<ModelBatch>, StoreError> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("select id, keys, created_at from model_batches order by created_at, id")
                .fetch_all(&self.readers)
                .await
                .map_err(database)?;
        rows.into_iter()
            .map(|(id, keys, created_at)| {
                let keys = serde_json::from_str(&keys).map_err(corrupt("batch"))?;
                let created_at = Timestamp::from_microsecond(created_at).map_err(corrupt("batch"))?;
                Ok(ModelBatch { id, keys, created_at })
            })
            .collect()
    }

    async fn forget_model_batch(&self, id: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("delete from model_batches where id = ?1")
            .bind(id)
            .execute(&mut *write)
            .await
            .map_err(database)?;
        commit(write).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(id: &str, second: i64) -> ModelBatch {
        let keys = vec![format!("{id}-1"), format!("{id}-2")];
        ModelBatch { id: id.into(), keys, created_at: Timestamp::from_second(second).unwrap() }
    }

    #[tokio::test]
    async fn another_process_finds_what_was_not_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let [one, other] = [Sqlite::open(&path).await.unwrap(), Sqlite::open(&path).await.unwrap()];
        for batch in [batch("late", 3), batch("early", 1), batch("done", 2), batch("early", 1)] {
            one.remember_model_batch(&batch).await.unwrap();
        }
        one.forget_model_batch("done").await.unwrap();
        one.forget_model_batch("done").await.unwrap();
        assert_eq!(other.model_batches().await.unwrap(), [batch("early", 1), batch("late", 3)]);
    }
}
