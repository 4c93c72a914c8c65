//! The vectors of groups: what a breakdown says, and what it refuses.

use std::collections::BTreeMap;

use csc_measures::{Month, Options, Scorecard};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::common::vector_files;
use crate::vectors::compare_lists;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: String,
    tables: BTreeMap<String, Vec<Map<String, Value>>>,
    options: Value,
    month: Month,
    #[serde(default)]
    groups: Option<Vec<Map<String, Value>>>,
    #[serde(default)]
    cases: Option<Vec<Map<String, Value>>>,
    #[serde(default)]
    warnings: Option<Vec<String>>,
    #[serde(default)]
    error: Option<String>,
}

fn differences(vector: &Vector) -> Vec<String> {
    let options: Options = serde_json::from_value(vector.options.clone()).unwrap();
    let card = crate::common::dataset(&vector.tables).scorecard(vector.month, vector.month, &options);
    let card = match (card, &vector.error) {
        (Ok(card), None) => card,
        (Ok(_), Some(error)) => return vec![format!("not refused: {error}")],
        (Err(error), Some(part)) if error.to_string().contains(part.as_str()) => return Vec::new(),
        (Err(error), _) => return vec![format!("refused: {error}")],
    };
    let (mut wrong, measure) = (Vec::new(), vector.options["measures"][0].as_str().unwrap());
    let groups = &serde_json::to_value(&card).unwrap()["groups"];
    compare_lists("group", vector.groups.as_deref().unwrap(), groups, &mut wrong);
    if let Some(expected) = &vector.cases {
        let cases = card.cases(measure, vector.month).unwrap();
        compare_lists("case", expected, &serde_json::to_value(cases).unwrap(), &mut wrong);
    }
    let result = card.result(measure, vector.month).unwrap();
    if let Some(expected) = vector.warnings.as_ref().filter(|expected| **expected != result.warnings) {
        wrong.push(format!("warnings: expected {expected:?}, found {:?}", result.warnings));
    }
    wrong.extend(unlike_in_parts(vector, &options, &card));
    wrong
}

/// Three shares of the data, put together, have the same groups.
fn unlike_in_parts(vector: &Vector, options: &Options, whole: &Scorecard) -> Option<String> {
    let dataset = crate::common::dataset(&vector.tables);
    let part = |index| dataset.part_of(index, 3, vector.month, vector.month, options).unwrap();
    let merged = Scorecard::merge((0..3).map(part)).unwrap();
    let text = |card: &Scorecard| serde_json::to_string(card.groups()).unwrap();
    (text(&merged) != text(whole)).then(|| format!("in parts: {}", text(&merged)))
}

#[test]
fn every_vector_of_groups_holds() {
    let mut failures = Vec::new();
    let mut ran = 0;
    for (name, file) in vector_files::<File>("groups") {
        for vector in &file.vectors {
            ran += 1;
            let wrong = differences(vector);
            if !wrong.is_empty() {
                failures.push(format!("{name} «{}»\n    {}", vector.name, wrong.join("\n    ")));
            }
        }
    }
    assert!(ran > 0);
    assert!(failures.is_empty(), "{} of {ran} vectors fail:\n{}", failures.len(), failures.join("\n"));
}
