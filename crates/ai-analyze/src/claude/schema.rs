//! The schema of an answer, derived from the type that it is read into.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value};

/// The JSON Schema of a type as the API takes it: objects closed and all their fields required, no bounds or formats.
pub(super) fn of<T: JsonSchema>() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    fit(&mut schema);
    schema
}

/// Words that the API does not know, and such as say nothing to a model.
const UNKNOWN: [&str; 6] = ["$schema", "title", "format", "minimum", "maximum", "default"];

fn fit(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        schema.as_array_mut().into_iter().flatten().for_each(fit);
        return;
    };
    object.retain(|key, _| !UNKNOWN.contains(&key.as_str()));
    if let Some(names) = object.get("oneOf").and_then(constants) {
        // Each name has a description of its own, which only costs tokens.
        *object = Map::from_iter([("type".to_owned(), "string".into()), ("enum".to_owned(), names)]);
    }
    if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(fit);
        let names: Vec<Value> = properties.keys().cloned().map(Value::from).collect();
        object.insert("required".to_owned(), names.into());
        object.insert("additionalProperties".to_owned(), false.into());
    }
    if let Some(items) = object.get_mut("items") {
        fit(items);
    }
}

/// The names of an enumeration whose variants are written out one by one.
fn constants(variants: &Value) -> Option<Value> {
    let variants = variants.as_array()?.iter();
    let names: Option<Vec<Vec<Value>>> = variants
        .map(|variant| {
            let listed = variant.get("enum").and_then(Value::as_array).cloned();
            variant.get("const").map(|name| vec![name.clone()]).or(listed)
        })
        .collect();
    Some(names?.concat().into())
}
