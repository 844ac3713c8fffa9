//! What a finished message means: an answer, or the reason why there is none.

use super::wire;
use crate::{AnalyzeError, ModelAnswer, Usage};

/// The JSON of an answer that came to its end by itself.
pub(super) fn of(answer: wire::Answer) -> Result<ModelAnswer, AnalyzeError> {
    let usage = Usage::from(&answer.usage);
    match answer.stop_reason.as_deref() {
        Some("end_turn") => {}
        Some("refusal") => {
            let category = answer.stop_details.and_then(|details| details.category);
            return Err(AnalyzeError::Declined { category, usage });
        }
        other => return Err(AnalyzeError::TooLong { stop_reason: other.unwrap_or("none").into(), usage }),
    }
    let value = serde_json::from_str(&answer.text())
        .map_err(|source| AnalyzeError::Shape { source: source.into(), usage })?;
    Ok(ModelAnswer { value, model: answer.model, usage })
}
