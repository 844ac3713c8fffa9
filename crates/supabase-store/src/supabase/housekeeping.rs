use async_trait::async_trait;
use serde_json::json;

use super::{Supabase, rest::Again};
use crate::{Erased, Housekeeping, Removed, StoreError};

#[async_trait]
impl Housekeeping for Supabase {
    async fn remove_older_than(&self, days: u32) -> Result<Removed, StoreError> {
        Ok(self.rest.call("remove_older_than", Again::Harmless, &json!({ "days": days })).await?)
    }

    async fn erase_user(&self, user_id: &str) -> Result<Erased, StoreError> {
        Ok(self.rest.call("erase_user", Again::Harmless, &json!({ "user_id": user_id })).await?)
    }
}
