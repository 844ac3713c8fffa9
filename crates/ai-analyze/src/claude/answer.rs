use filing_model::{Category, Finding, Item, Materiality, Quote, Side};
use serde::Deserialize;
use serde_json::{Value, json};

/// The shape of the first step's answer.
pub(super) fn findings_schema() -> Value {
    let items: Vec<&str> = Item::ALL.iter().map(|item| item.number()).collect();
    let quote = object(&json!({
        "side": {"type": "string", "enum": ["older", "newer"]},
        "text": {"type": "string"},
        "change_id": {"type": "string"},
    }));
    let finding = object(&json!({
        "item": {"type": "string", "enum": items},
        "category": {"type": "string", "enum": ["risk", "business", "financial", "governance", "legal", "accounting", "cyber"]},
        "materiality": {"type": "string", "enum": ["high", "medium", "low"]},
        "statement": {"type": "string"},
        "quotes": {"type": "array", "items": quote},
    }));
    object(&json!({"findings": {"type": "array", "items": finding}}))
}

/// An object with just these fields, all of them required: the API takes no other objects.
pub(super) fn object(properties: &Value) -> Value {
    let required: Vec<String> =
        properties.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

#[derive(Deserialize)]
struct Answer {
    findings: Vec<Stated>,
}

#[derive(Deserialize)]
struct Stated {
    item: Item,
    category: Category,
    materiality: Materiality,
    statement: String,
    quotes: Vec<Quoted>,
}

#[derive(Deserialize)]
struct Quoted {
    side: Side,
    text: String,
    change_id: Option<String>,
}

/// What the model states; none of it is verified yet.
pub(super) fn findings(value: Value) -> Result<Vec<Finding>, serde_json::Error> {
    let answer: Answer = serde_json::from_value(value)?;
    Ok(answer.findings.into_iter().map(Finding::from).collect())
}

impl From<Stated> for Finding {
    fn from(stated: Stated) -> Self {
        let quote = |Quoted { side, text, change_id }| Quote { side, text, change_id, verified: false };
        Self {
            item: stated.item,
            category: stated.category,
            materiality: stated.materiality,
            statement: stated.statement,
            quotes: stated.quotes.into_iter().map(quote).collect(),
        }
    }
}
