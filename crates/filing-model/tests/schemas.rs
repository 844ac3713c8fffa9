//! The schemas in `docs/` are those of the types: a changed field is seen in review.

use std::path::Path;

#[test]
fn docs_hold_the_schemas_of_today() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    for (name, schema) in [
        ("extraction.schema.json", filing_model::schema::extraction()),
        ("report.schema.json", filing_model::schema::report()),
    ] {
        let kept = std::fs::read_to_string(docs.join(name)).unwrap_or_default();
        let advice = "run `cargo run -p filing-model --features schema --example schemas -- docs` and read the difference";
        assert!(kept == format!("{schema:#}\n"), "docs/{name} is not the schema of the types: {advice}");
    }
}
