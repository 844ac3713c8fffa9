use async_trait::async_trait;

use super::{Sqlite, commit, error::database};
use crate::{
    KeptAnswer, ModelAnswers, StoreError,
    answers::{KEPT_FOR, MOST_FORGOTTEN},
};

const FIND: &str = "select model, answer, tokens from model_answers where key = ?1";

const KEEP: &str = "
    insert into model_answers (key, model, answer, tokens, made_at) values (?1, ?2, ?3, ?4, ?5)
    on conflict (key) do update
    set model = excluded.model, answer = excluded.answer, tokens = excluded.tokens, made_at = excluded.made_at";

/// Removes so many of those that are older.
pub(super) const FORGET: &str = "
    delete from model_answers
    where key in (select key from model_answers where made_at < ?1 order by made_at limit ?2)";

#[async_trait]
impl ModelAnswers for Sqlite {
    async fn model_answer(&self, key: &str) -> Result<Option<KeptAnswer>, StoreError> {
        let key = key.to_owned();
        self.at_home(move |store| async move { store.kept(&key).await }).await
    }

    async fn keep_model_answer(&self, key: &str, answer: &KeptAnswer) -> Result<(), StoreError> {
        let (key, answer) = (key.to_owned(), answer.clone());
        self.at_home(move |store| async move { store.keep(&key, &answer).await }).await
    }
}

impl Sqlite {
    async fn kept(&self, key: &str) -> Result<Option<KeptAnswer>, StoreError> {
        let row: Option<(String, String, i64)> =
            sqlx::query_as(FIND).bind(key).fetch_optional(&self.readers).await.map_err(database)?;
        Ok(row.map(|(model, answer, tokens)| KeptAnswer { model, answer, tokens: tokens.unsigned_abs() }))
    }

    async fn keep(&self, key: &str, answer: &KeptAnswer) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let now = self.clock.now();
        sqlx::query(KEEP)
            .bind(key)
            .bind(&answer.model)
            .bind(&answer.answer)
            .bind(i64::try_from(answer.tokens).unwrap_or(i64::MAX))
            .bind(now.as_microsecond())
            .execute(&mut *write)
            .await
            .map_err(database)?;
        sqlx::query(FORGET)
            .bind((now - KEPT_FOR).as_microsecond())
            .bind(i64::try_from(MOST_FORGOTTEN).unwrap_or(i64::MAX))
            .execute(&mut *write)
            .await
            .map_err(database)?;
        commit(write).await
    }
}
