use serde_json::Value;

/// PostgreSQL keeps no NUL in text; the sign for what cannot be shown takes its place.
const IN_PLACE_OF_NUL: &str = "\u{fffd}";

/// The JSON without NULs in its texts.
pub(super) fn without_nul(json: String) -> String {
    // Rare, so the search is all that it costs; a backslash before it may make it something else.
    if !json.contains("\\u0000") {
        return json;
    }
    let Ok(mut value) = serde_json::from_str(&json) else { return json };
    clean(&mut value);
    value.to_string()
}

fn clean(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('\0') => *text = text.replace('\0', IN_PLACE_OF_NUL),
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(members) => members.values_mut().for_each(clean),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nul_is_replaced() {
        for (json, cleaned) in [
            (r#"{"a":["x\u0000y",1.10]}"#, r#"{"a":["x�y",1.1]}"#),
            (r#"{"a":"\\u0000 is spelt so"}"#, r#"{"a":"\\u0000 is spelt so"}"#),
            (r#"{"a":"\u0001"}"#, r#"{"a":"\u0001"}"#),
        ] {
            assert_eq!(without_nul(json.to_owned()), cleaned);
        }
    }
}
