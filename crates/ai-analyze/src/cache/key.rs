use std::fmt::Write as _;

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::ModelCall;

impl ModelCall {
    /// The name under which the answer is kept: SHA-256 in lower-case hex of the call's canonical JSON, which is model,
    /// effort, system, prompt and schema with the keys of all objects in order.
    ///
    /// `max_tokens` is no part of it. It bounds the answer without shaping it, and only answers that ended by themselves
    /// are kept: each would have been the same under any bound that it fits. The bound also shrinks with what is left
    /// of a limit on the cost, so that a restarted analysis, which pays for less, would miss every answer.
    pub fn key(&self) -> String {
        let Self { model, effort, system, prompt, schema, max_tokens: _ } = self;
        let mut canonical = json!({
            "model": model, "effort": effort, "system": system, "prompt": prompt, "schema": schema,
        });
        canonical.sort_all_objects();
        let digest = Sha256::digest(canonical.to_string());
        digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Effort;

    fn call() -> ModelCall {
        ModelCall {
            model: "claude-sonnet-5-5".into(),
            effort: Effort::Medium,
            system: "You count pumps.".into(),
            prompt: "How many?".into(),
            schema: json!({"type": "object", "required": ["pumps"]}),
            max_tokens: 500,
        }
    }

    /// It names what stands in stores: a change of it makes every kept answer unknown.
    #[test]
    fn the_key_is_one_for_good() {
        insta::assert_snapshot!(call().key(), @"aa39a0d7d9702e41a2d445a5bb4a791d91fdb78a9bddc8ce85b08e0641afb574");
    }

    #[test]
    fn every_part_but_the_bound_makes_another_key() {
        let others = [
            ModelCall { model: "claude-haiku-5-5".into(), ..call() },
            ModelCall { effort: Effort::Low, ..call() },
            ModelCall { system: "You count valves.".into(), ..call() },
            ModelCall { prompt: "How many? ".into(), ..call() },
            ModelCall { schema: json!({"type": "object", "required": ["valves"]}), ..call() },
        ];
        for other in others {
            assert_ne!(other.key(), call().key(), "{other:?}");
        }
        let parts_shifted =
            ModelCall { system: "You count pumps.How".into(), prompt: " many?".into(), ..call() };
        assert_ne!(parts_shifted.key(), call().key());
        assert_eq!(ModelCall { max_tokens: 9_000, ..call() }.key(), call().key());
        let schema = serde_json::from_str(r#"{"required": ["pumps"], "type": "object"}"#).unwrap();
        assert_eq!(ModelCall { schema, ..call() }.key(), call().key());
    }
}
