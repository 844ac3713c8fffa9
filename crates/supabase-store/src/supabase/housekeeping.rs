use async_trait::async_trait;
use serde::Deserialize;
use serde_json::json;

use super::{Supabase, rest::Again};
use crate::{Erased, Housekeeping, Removed, StoreError};

/// What one call removed, and whether it left some for the next, so that none takes longer than a project allows.
#[derive(Deserialize)]
struct Part {
    #[serde(flatten)]
    removed: Removed,
    /// A function of before does all at once.
    #[serde(default)]
    more: bool,
}

#[async_trait]
impl Housekeeping for Supabase {
    async fn remove_older_than(&self, days: u32) -> Result<Removed, StoreError> {
        let mut all = Removed::default();
        loop {
            let Part { removed, more } =
                self.rest.call("remove_older_than", Again::Harmless, &json!({ "days": days })).await?;
            all += removed;
            if !more {
                return Ok(all);
            }
        }
    }

    async fn erase_user(&self, user_id: &str) -> Result<Erased, StoreError> {
        Ok(self.rest.call("erase_user", Again::Harmless, &json!({ "user_id": user_id })).await?)
    }
}
