//! Whatever becomes of an answer, there is an error with a type or filings that can be trusted: never a panic.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod support;

use proptest::prelude::*;
use sec_fetch::{FetchError, FilingSource, Pair, Recording, Years, annual_pair};
use serde_json::{Value, json};
use support::{
    answer::{Answer, ticker_list},
    ticker,
};

fn company() -> Answer {
    Answer::new(
        9_000_001,
        "Northwind Toolworks Inc.",
        "4 2026-03-02 2026-03-03
         10-K/A 2025-12-31 2026-04-28
         10-K 2025-12-31 2026-02-20
         10-Q 2025-09-30 2025-11-03",
    )
    .tickers(&["NWTL", "NWTL-PA"])
    .page("10-K 2024-12-31 2025-02-21")
    .page("10-K405 2001-12-31 2002-03-21")
    .with("formerNames", json!([{"name": "OLD LATHE CO", "from": null, "to": "2025-06-30T00:00:00.000Z"}]))
}

/// Reads all there is to read.
fn pair(files: Vec<(String, Vec<u8>)>) -> Result<Pair, FetchError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let recording = Recording::in_memory(files);
        let cik = 9_000_001.try_into().unwrap();
        let _ = recording.filings(cik).await;
        let _ = recording.resolve(&ticker("9000001")).await;
        annual_pair(&recording, &ticker("NWTL"), &Years::default()).await
    })
}

/// What may stand where something else is expected.
fn odd_value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "\\PC{0,24}",
        "[0-9-]{8,22}",
        Just("000000000ä25-000079".to_owned()),
        Just("2025-13-45".to_owned()),
        Just("9999-12-31".to_owned()),
        Just("-9999-01-01".to_owned()),
        Just("../../../etc/passwd".to_owned()),
        Just("20-F".to_owned()),
        Just("10-K".to_owned()),
        Just("CIK0009000001-submissions-001.json".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,8}", inner, 0..3).prop_map(|map| json!(map)),
        ]
    })
}

/// One thing that happens to a place in an answer.
#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Remove,
    /// Twice in a list: columns are of uneven length then.
    Double,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![4 => odd_value().prop_map(Change::Replace), 1 => Just(Change::Remove), 1 => Just(Change::Double)]
}

/// Where in the answer, and what.
fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, Change)>> {
    prop::collection::vec((any::<prop::sample::Index>(), change()), 1..4)
}

fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| pointers(member, &format!("{at}/{name}"), found));
        }
        Value::Array(members) => {
            members
                .iter()
                .enumerate()
                .for_each(|(place, member)| pointers(member, &format!("{at}/{place}"), found));
        }
        _ => {}
    }
}

fn apply(answer: &mut Value, pointer: &str, change: Change) {
    let Some((parent, name)) = pointer.rsplit_once('/') else {
        // The whole answer.
        if let Change::Replace(value) = change {
            *answer = value;
        }
        return;
    };
    match (change, answer.pointer_mut(parent)) {
        (Change::Replace(value), _) => *answer.pointer_mut(pointer).unwrap() = value,
        (Change::Remove, Some(Value::Object(members))) => {
            members.remove(name);
        }
        (Change::Remove, Some(Value::Array(members))) => {
            members.remove(name.parse().unwrap());
        }
        (Change::Double, Some(Value::Array(members))) => {
            let place: usize = name.parse().unwrap();
            members.insert(place, members[place].clone());
        }
        _ => {}
    }
}

fn changed(json: &[u8], changes: Vec<(prop::sample::Index, Change)>) -> Vec<u8> {
    let mut answer: Value = serde_json::from_slice(json).unwrap();
    for (place, change) in changes {
        let mut found = Vec::new();
        pointers(&answer, "", &mut found);
        let pointer = place.get(&found).clone();
        apply(&mut answer, &pointer, change);
    }
    answer.to_string().into_bytes()
}

/// The files with one of them changed.
fn files_with(file: usize, change: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut files = company().files();
    files.push(ticker_list(&[&company()]));
    let bytes = change(&files[file].1);
    files[file].1 = bytes;
    files
}

fn assert_sound(outcome: Result<Pair, FetchError>) -> Result<(), TestCaseError> {
    match outcome {
        Ok(pair) => {
            prop_assert!(pair.newer.form.is_annual() && pair.older.form.is_annual());
            prop_assert!(pair.newer.accession != pair.older.accession);
            let end = |filing: &filing_model::Filing| filing.period_end.unwrap_or(filing.filing_date);
            prop_assert!(end(&pair.newer) > end(&pair.older));
            prop_assert!(!pair.company.name.is_empty());
        }
        Err(error) => {
            let is_told = error.is_user_error()
                || matches!(
                    error,
                    FetchError::Unreadable { .. }
                        | FetchError::NotInRecording { .. }
                        | FetchError::UnsafeName { .. }
                );
            prop_assert!(is_told, "{error:?}");
            prop_assert!(error.sentence().len() > 40);
        }
    }
    Ok(())
}

#[test]
fn unchanged_answers_give_a_pair() {
    assert!(pair(files_with(0, <[u8]>::to_vec)).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_answer_with_odd_parts_gives_an_error_or_a_pair(file in 0..4_usize, changes in changes()) {
        assert_sound(pair(files_with(file, |json| changed(json, changes))))?;
    }

    #[test]
    fn an_answer_with_odd_bytes_gives_an_error_or_a_pair(
        file in 0..4_usize, place in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()
    ) {
        assert_sound(pair(files_with(file, |json| {
            let mut json = json.to_vec();
            let place = place.index(json.len());
            json[place] = byte;
            if cut {
                json.truncate(place);
            }
            json
        })))?;
    }
}
