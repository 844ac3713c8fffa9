use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;

use crate::ModelAnswer;

/// Why a store did not do what it was asked.
pub type AnswersError = Box<dyn std::error::Error + Send + Sync>;

/// Where the answers of models are kept, by [`ModelCall::key`](crate::ModelCall::key).
#[async_trait]
pub trait AnswerStore: Send + Sync {
    /// The answer that was kept, with what it took at that time.
    async fn get(&self, key: &str) -> Result<Option<ModelAnswer>, AnswersError>;

    /// Keeps an answer in the place of an earlier one. It outlives the process once this returns, where the store does.
    async fn put(&self, key: &str, answer: &ModelAnswer) -> Result<(), AnswersError>;
}

#[async_trait]
impl<S: AnswerStore + ?Sized> AnswerStore for Arc<S> {
    async fn get(&self, key: &str) -> Result<Option<ModelAnswer>, AnswersError> {
        (**self).get(key).await
    }

    async fn put(&self, key: &str, answer: &ModelAnswer) -> Result<(), AnswersError> {
        (**self).put(key, answer).await
    }
}

/// Keeps answers as long as it lives.
#[derive(Debug, Default)]
pub struct AnswersInMemory(Mutex<HashMap<String, ModelAnswer>>);

#[async_trait]
impl AnswerStore for AnswersInMemory {
    async fn get(&self, key: &str) -> Result<Option<ModelAnswer>, AnswersError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned())
    }

    async fn put(&self, key: &str, answer: &ModelAnswer) -> Result<(), AnswersError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), answer.clone());
        Ok(())
    }
}
