//! The vectors that every language runs, their tables by way of Arrow.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, RecordBatchOptions, StringArray,
};
use arrow_schema::{Field, Schema};
use csc_measures::tables::Table;
use csc_measures::{Dataset, Month, Options, Plan};
use csc_measures_arrow::{add_batches, cases_batch, results_batch};
use serde_json::{Map, Value};

type Rows = Vec<Map<String, Value>>;

/// A column of JSON values as the array that a data frame would make of it.
fn array(rows: &Rows, name: &str) -> ArrayRef {
    let values: Vec<Option<&Value>> =
        rows.iter().map(|row| row.get(name).filter(|value| !value.is_null())).collect();
    let all = |is: fn(&Value) -> bool| values.iter().flatten().all(|value| is(value));
    if all(Value::is_boolean) {
        Arc::new(values.iter().map(|value| value.and_then(Value::as_bool)).collect::<BooleanArray>())
    } else if all(Value::is_i64) {
        Arc::new(values.iter().map(|value| value.and_then(Value::as_i64)).collect::<Int64Array>())
    } else if all(Value::is_number) {
        Arc::new(values.iter().map(|value| value.and_then(Value::as_f64)).collect::<Float64Array>())
    } else {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Arc::new(values.iter().map(|value| value.map(text)).collect::<StringArray>())
    }
}

fn dataset(tables: &BTreeMap<String, Rows>) -> Dataset {
    let mut builder = Dataset::builder();
    for (name, rows) in tables {
        let mut header: Vec<&str> = rows.iter().flat_map(|row| row.keys().map(String::as_str)).collect();
        header.sort_unstable();
        header.dedup();
        if rows.is_empty() {
            header = Table::by_name(name).unwrap().columns().iter().map(|column| column.name).collect();
        }
        let arrays: Vec<ArrayRef> = header.iter().map(|name| array(rows, name)).collect();
        let fields: Vec<Field> = header
            .iter()
            .zip(&arrays)
            .map(|(name, array)| Field::new(*name, array.data_type().clone(), true))
            .collect();
        let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
        let batch =
            RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options).unwrap();
        // whole, and row by row
        let rows: Vec<_> = (0..batch.num_rows()).map(|row| Ok(batch.slice(row, 1))).collect();
        add_batches(&mut builder, name, &batch.schema(), rows).unwrap_or_else(|error| panic!("{error}"));
    }
    builder.build()
}

/// Whether the actual object has every field that is expected; numbers by value.
fn differences<'a>(expected: &'a Value, actual: &'a Value) -> Vec<&'a String> {
    let same = |a: &Value, b: &Value| match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        _ => a == b,
    };
    let fields = expected.as_object().unwrap().iter();
    fields
        .filter(|(name, value)| !actual.get(name).is_some_and(|found| same(found, value)))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn vectors_by_way_of_arrow() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/measures");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let measure: String = serde_json::from_value(file["measure"].clone()).unwrap();
        for vector in file["vectors"].as_array().unwrap() {
            let name = format!("{measure}: {}", vector["name"]);
            let tables = serde_json::from_value(vector["tables"].clone()).unwrap();
            let dataset = dataset(&tables);
            let mut options = Map::new();
            for key in ["policy", "targets", "closures"] {
                if let Some(value) = vector.get(key).filter(|value| !value.is_null()) {
                    options.insert(key.to_owned(), value.clone());
                }
            }
            let mut options: Options = serde_json::from_value(Value::Object(options)).unwrap();
            if options.plan.row(&measure).is_err() {
                options.plan = Plan::all_measures();
            }
            let month: Month = serde_json::from_value(vector["month"].clone()).unwrap();
            let card = dataset.scorecard(month, month, &options).unwrap();
            let result = serde_json::to_value(card.result(&measure, month)).unwrap();
            match vector["expect"].is_null() {
                true => assert!(result.is_null(), "{name}"),
                false => assert_eq!(differences(&vector["expect"], &result), [""; 0], "{name}: {result}"),
            }
            assert_eq!(results_batch(&card).unwrap().num_rows(), card.results().len());
            let (explanation, definitions) =
                (card.explain(&measure, month).unwrap(), card.definitions_of(&measure).unwrap());
            let cases = &explanation.cases;
            assert_eq!(
                cases_batch(std::slice::from_ref(&explanation), &definitions).unwrap().num_rows(),
                cases.len()
            );
            if let Some(expected) = vector.get("cases").and_then(Value::as_array) {
                assert_eq!(cases.len(), expected.len(), "{name}");
                for (expected, case) in expected.iter().zip(cases) {
                    let case = serde_json::to_value(case).unwrap();
                    assert_eq!(differences(expected, &case), [""; 0], "{name}: {case}");
                }
            }
            if let Some(expected) = vector.get("data_issues").and_then(Value::as_array) {
                assert_eq!(dataset.issues().len(), expected.len(), "{name}");
                for (expected, issue) in expected.iter().zip(dataset.issues()) {
                    let issue = serde_json::to_value(issue).unwrap();
                    assert_eq!(differences(expected, &issue), [""; 0], "{name}: {issue}");
                }
            }
            count += 1;
        }
    }
    assert!(count > 0, "no vectors found");
}
