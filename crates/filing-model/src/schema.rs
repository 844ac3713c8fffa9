//! JSON Schemas of what others rely on, derived from the types.

use serde_json::Value;

use crate::{Extraction, Report};

/// The schema of [`Extraction`], what `worker-http extract --json` prints.
pub fn extraction() -> Value {
    schemars::schema_for!(Extraction).to_value()
}

/// The schema of [`Report`].
pub fn report() -> Value {
    schemars::schema_for!(Report).to_value()
}
