//! The vectors of what may be published, and that the rest stays as it is.

use std::collections::BTreeMap;
use std::path::PathBuf;

use csc_measures::{Month, Options, Scorecard};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VectorFile {
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
    from: Month,
    to: Month,
    expect: BTreeMap<String, Map<String, Value>>,
}

fn scorecard(vector: &Vector) -> Scorecard {
    let or_empty = |value: &Option<Value>| value.clone().unwrap_or_else(|| json!({}));
    let options = json!({"policy": or_empty(&vector.policy), "targets": or_empty(&vector.targets)});
    let options: Options = serde_json::from_value(options).unwrap();
    crate::common::dataset(&vector.tables).scorecard(vector.from, vector.to, &options).unwrap()
}

fn vectors() -> Vec<Vector> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/publishing");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let vectors: Vec<Vector> = files
        .flat_map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let file: VectorFile =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            file.vectors
        })
        .collect();
    assert!(!vectors.is_empty());
    vectors
}

#[test]
fn every_vector_holds() {
    for vector in vectors() {
        let published = scorecard(&vector).published().unwrap();
        for (measure, expected) in &vector.expect {
            let result = serde_json::to_value(published.result(measure, vector.to).unwrap()).unwrap();
            for (key, value) in expected {
                let found = result.get(key).unwrap_or_else(|| panic!("no `{key}` in {result}"));
                let is_same = found == value
                    || found.as_f64().zip(value.as_f64()).is_some_and(|(a, b)| (a - b).abs() < 1e-9);
                assert!(is_same, "{}: {measure} {key}: expected {value}, found {found}", vector.name);
            }
        }
    }
}

#[test]
fn a_suppressed_result_holds_no_number_in_memory_either() {
    let mut suppressed = 0;
    for vector in vectors() {
        for line in
            scorecard(&vector).published().unwrap().results().iter().filter(|line| line.is_suppressed())
        {
            let result = line.result();
            assert!(result.numerator.is_none() && result.denominator.is_none() && result.value.is_none());
            assert!(result.outcomes.iter().next().is_none() && result.direction.is_none());
            suppressed += 1;
        }
    }
    assert!(suppressed > 10);
}
