//! Where the answers of the language model are kept, and which batches it still works on.

use std::{path::Path, sync::Arc};

use ai_analyze::{AnswerStore, AnswersError, AnswersInMemory, ModelAnswer};
use async_trait::async_trait;
use supabase_store::{KeptAnswer, ModelAnswers, Sqlite};

use crate::app;

/// The table in the store of this process.
struct InStore<S>(S);

#[async_trait]
impl<S: ModelAnswers> AnswerStore for InStore<S> {
    async fn get(&self, key: &str) -> Result<Option<ModelAnswer>, AnswersError> {
        let kept = self.0.model_answer(key).await?;
        Ok(kept.map(|kept| serde_json::from_str(&kept.answer)).transpose()?)
    }

    async fn put(&self, key: &str, answer: &ModelAnswer) -> Result<(), AnswersError> {
        let kept = KeptAnswer {
            model: answer.model.clone(),
            answer: serde_json::to_string(answer)?,
            tokens: answer.usage.total(),
        };
        Ok(self.0.keep_model_answer(key, &kept).await?)
    }
}

/// Those of a store that is open.
pub(crate) fn of(store: impl ModelAnswers + 'static) -> Arc<dyn AnswerStore> {
    Arc::new(InStore(store))
}

/// Those of the data folder, which is made if need be. Without it nothing outlives the process, which is told.
pub(crate) async fn in_folder(data_dir: &Path) -> Arc<dyn AnswerStore> {
    match Sqlite::open(app::database(data_dir)).await {
        Ok(store) => of(store),
        Err(error) => {
            tracing::warn!(%error, "answers of the model are not kept beyond this run");
            for_this_run()
        }
    }
}

/// As long as the process runs.
pub(crate) fn for_this_run() -> Arc<dyn AnswerStore> {
    Arc::new(AnswersInMemory::default())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use ai_analyze::Usage;

    use super::*;

    #[tokio::test]
    async fn an_answer_comes_back_as_it_was_from_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("data");
        let answer = ModelAnswer {
            value: serde_json::json!({"findings": [{"share": 0.1}]}),
            model: "claude-sonnet-5-5".into(),
            usage: Usage { input: 10, output: 2, cache_read: 3, ..Usage::default() },
        };
        in_folder(&data_dir).await.put("key", &answer).await.unwrap();
        assert_eq!(in_folder(&data_dir).await.get("key").await.unwrap(), Some(answer));
        assert_eq!(in_folder(&data_dir).await.get("other").await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_kept_answer_that_makes_no_sense_is_an_error_not_an_answer() {
        let store = supabase_store::Memory::new();
        let odd = KeptAnswer { model: "m".into(), answer: "{}".into(), tokens: 1 };
        store.keep_model_answer("key", &odd).await.unwrap();
        assert!(of(store).get("key").await.is_err());
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_made_is_gone_without() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert_eq!(in_folder(&file).await.get("key").await.unwrap(), None);
    }
}
