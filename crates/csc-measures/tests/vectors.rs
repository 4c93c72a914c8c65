//! The hand-computed vectors of the measures.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a panic is a failed test"
)]

mod common;

use std::collections::BTreeMap;
use std::path::PathBuf;

use csc_measures::{MeasureId, Month, Options};
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VectorFile {
    measure: MeasureId,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: String,
    tables: BTreeMap<String, Vec<Map<String, Value>>>,
    #[serde(default)]
    policy: Option<Value>,
    #[serde(default)]
    targets: Option<Value>,
    #[serde(default)]
    closures: Option<Value>,
    month: Month,
    expect: Value,
    #[serde(default)]
    cases: Option<Vec<Map<String, Value>>>,
    #[serde(default)]
    data_issues: Option<Vec<Map<String, Value>>>,
}

/// The fields that an expectation names and the actual object has otherwise.
fn differences(expected: &Map<String, Value>, actual: &Value) -> Vec<String> {
    expected
        .iter()
        .filter(|(field, value)| {
            !actual.as_object().is_some_and(|o| o.get(*field).is_some_and(|v| same(v, value)))
        })
        .map(|(field, value)| {
            format!("{field}: expected {value}, found {}", actual.get(field).unwrap_or(&Value::Null))
        })
        .collect()
}

/// Equal, numbers by value: 90 is 90.0.
fn same(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        _ => a == b,
    }
}

fn compare_lists(what: &str, expected: &[Map<String, Value>], actual: &Value, failures: &mut Vec<String>) {
    let actual = actual.as_array().unwrap();
    if expected.len() != actual.len() {
        failures.push(format!("{what}: expected {}, found {}: {actual:?}", expected.len(), actual.len()));
        return;
    }
    for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
        for difference in differences(expected, actual) {
            failures.push(format!("{what} {index}: {difference}"));
        }
    }
}

fn check(measure: MeasureId, vector: &Vector) -> Vec<String> {
    let dataset = common::dataset(&vector.tables);
    let mut options = Map::new();
    for (key, value) in
        [("policy", &vector.policy), ("targets", &vector.targets), ("closures", &vector.closures)]
    {
        if let Some(value) = value {
            options.insert(key.into(), value.clone());
        }
    }
    let options: Options = serde_json::from_value(Value::Object(options)).unwrap();
    let card = dataset.scorecard(vector.month, vector.month, &options).unwrap();
    let mut failures = Vec::new();
    let result = serde_json::to_value(card.result(measure, vector.month)).unwrap();
    match (&vector.expect, result.is_null()) {
        (Value::Null, true) => {}
        (Value::Object(expected), false) => failures.extend(differences(expected, &result)),
        (expected, _) => failures.push(format!("expected {expected}, found {result}")),
    }
    if let Some(expected) = &vector.cases {
        let cases = serde_json::to_value(card.cases(measure, vector.month).unwrap()).unwrap();
        compare_lists("case", expected, &cases, &mut failures);
    }
    if let Some(expected) = &vector.data_issues {
        compare_lists("data issue", expected, &serde_json::to_value(card.issues()).unwrap(), &mut failures);
    }
    failures
}

#[test]
fn every_vector_holds() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/measures");
    let mut failures = Vec::new();
    let mut checked = BTreeMap::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let file: VectorFile = serde_json::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for vector in &file.vectors {
            let found = check(file.measure, vector);
            if !found.is_empty() {
                failures.push(format!("{} «{}»\n    {}", file.measure, vector.name, found.join("\n    ")));
            }
        }
        *checked.entry(file.measure).or_insert(0) += file.vectors.len();
    }
    println!("{} vectors of {} measures", checked.values().sum::<usize>(), checked.len());
    assert!(failures.is_empty(), "{} vectors fail:\n{}", failures.len(), failures.join("\n"));
    for measure in MeasureId::all() {
        let count = checked.get(&measure).copied().unwrap_or_default();
        assert!(count >= 3, "{measure} has {count} vectors; each measure has three at least");
    }
}
