//! The cases worked by hand, against this model.

use csc_measures_reference::{Due, Input, Table, due, evaluate};
use serde_json::Value;
use std::collections::BTreeMap;

/// Every column of a table, for one that is supplied without a row.
fn all_columns(table: &str) -> Vec<String> {
    csc_measures_reference::columns_of(table).unwrap_or_else(|| panic!("no table {table}"))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        other => panic!("not a cell: {other}"),
    }
}

fn table(name: &str, rows: &Value) -> Table {
    let rows = rows.as_array().unwrap();
    if rows.is_empty() {
        return Table { header: all_columns(name), rows: Vec::new() };
    }
    let mut header: Vec<String> = Vec::new();
    for row in rows {
        for key in row.as_object().unwrap().keys() {
            if !header.contains(key) {
                header.push(key.clone());
            }
        }
    }
    let lines = rows.iter().map(|r| header.iter().map(|h| text(&r[h.as_str()])).collect());
    Table { rows: lines.collect(), header }
}

fn same(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Number(a), Value::Number(b)) => (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-9,
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(x, y)| same(x, y)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, x)| b.get(k).is_some_and(|y| same(x, y)))
        }
        _ => expected == found,
    }
}

fn compare(what: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    for (key, value) in expected.as_object().unwrap() {
        match found.get(key) {
            None => out.push(format!("{what}: there is no field {key}")),
            Some(f) if same(value, f) => {}
            Some(f) => out.push(format!("{what}.{key}: expected {value}, found {f}")),
        }
    }
}

fn compare_list(what: &str, expected: &Value, found: &[Value], out: &mut Vec<String>) {
    let expected = expected.as_array().unwrap();
    if expected.len() != found.len() {
        out.push(format!("{what}: expected {} of them, found {}: {found:?}", expected.len(), found.len()));
        return;
    }
    for (i, (e, f)) in expected.iter().zip(found).enumerate() {
        compare(&format!("{what}[{i}]"), e, f, out);
    }
}

/// What a vector gives; a key that is neither of these nor one of its own is refused.
fn input(vector: &Value, own: &[&str]) -> Input {
    let known = ["name", "why", "tables", "policy", "targets", "closures"];
    for key in vector.as_object().unwrap().keys() {
        assert!(known.iter().chain(own).any(|known| known == key), "unknown key {key}");
    }
    let mut tables = BTreeMap::new();
    for (name, rows) in vector["tables"].as_object().unwrap() {
        tables.insert(name.clone(), table(name, rows));
    }
    let closures = vector["closures"].as_array().cloned().unwrap_or_default();
    Input {
        tables,
        policy: vector["policy"].clone(),
        targets: vector["targets"].clone(),
        closures: closures.iter().map(|c| c.as_str().unwrap().parse().unwrap()).collect(),
        uk_dates: false,
        breakdown: Vec::new(),
    }
}

fn run(measure: &str, vector: &Value) -> Vec<String> {
    let input = input(vector, &["month", "expect", "cases", "data_issues"]);
    let month = vector["month"].as_str().unwrap();
    let output = match evaluate(&input, month, month) {
        Ok(output) => output,
        Err(e) => return vec![format!("refused: {e}")],
    };
    let mut out = Vec::new();
    let result = output.results.iter().find(|r| r["measure"] == measure);
    match (&vector["expect"], result) {
        (Value::Null, None) => {}
        (Value::Null, Some(r)) => out.push(format!("expected no result, found {r}")),
        (_, None) => out.push("no result".into()),
        (e, Some(r)) => compare("result", e, r, &mut out),
    }
    let cases = &output.cases[&(measure.to_string(), month.to_string())];
    if let Some(expected) = vector.get("cases") {
        compare_list("cases", expected, cases, &mut out);
    }
    if let Some(expected) = vector.get("data_issues") {
        compare_list("data_issues", expected, &output.data_issues, &mut out);
    }
    out
}

fn run_due(vector: &Value) -> Vec<String> {
    let input = input(vector, &["as_at", "due"]);
    let found = due(&input, vector["as_at"].as_str().unwrap().parse().unwrap()).unwrap();
    let found: Vec<Value> = found.iter().map(Due::to_json).collect();
    let mut out = Vec::new();
    compare_list("due", &vector["due"], &found, &mut out);
    out
}

fn run_groups(vector: &Value) -> Vec<String> {
    let own = ["options", "month", "groups", "cases", "warnings", "error"];
    let mut input = input(vector, &own);
    let options = &vector["options"];
    input.policy = options["policy"].clone();
    let asked = options["breakdown"].as_array().unwrap();
    input.breakdown = asked.iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    let (measure, month) = (&options["measures"][0], vector["month"].as_str().unwrap());
    let output = match (evaluate(&input, month, month), vector.get("error")) {
        (Ok(output), None) => output,
        (Err(_), Some(_)) => return Vec::new(),
        (output, _) => return vec![format!("refused: {:?}", output.err())],
    };
    let mut out = Vec::new();
    let groups: Vec<Value> =
        output.groups.iter().filter(|group| group["measure"] == *measure).cloned().collect();
    compare_list("groups", &vector["groups"], &groups, &mut out);
    let cases = &output.cases[&(measure.as_str().unwrap().to_owned(), month.to_owned())];
    if let Some(expected) = vector.get("cases") {
        compare_list("cases", expected, cases, &mut out);
    }
    if let Some(expected) = vector.get("warnings") {
        let result = output.results.iter().find(|result| result["measure"] == *measure).unwrap();
        compare("result", &serde_json::json!({"warnings": expected}), result, &mut out);
    }
    out
}

/// The files of a folder of vectors.
fn files(folder: &str) -> Vec<Value> {
    let folder = format!("{}/../vectors/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "json"));
    files.sort();
    files.iter().map(|file| serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()).collect()
}

/// Runs every vector of a folder.
pub(crate) fn run_all(folder: &str, run: impl Fn(&Value, &Value) -> Vec<String>) {
    let (mut ran, mut failed) = (0, Vec::new());
    for file in files(folder) {
        for vector in file["vectors"].as_array().unwrap() {
            ran += 1;
            let wrong = run(&file, vector);
            if !wrong.is_empty() {
                failed.push(format!("{} {}\n    {}", file["measure"], vector["name"], wrong.join("\n    ")));
            }
        }
    }
    assert!(ran > 0, "no vectors in {folder}");
    assert!(failed.is_empty(), "{} of {ran} failed\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_vector_of_a_measure() {
    run_all("measures", |file, vector| run(file["measure"].as_str().unwrap(), vector));
}

#[test]
fn every_vector_of_groups() {
    run_all("groups", |_, vector| run_groups(vector));
}

#[test]
fn every_vector_of_what_is_due() {
    run_all("due", |_, vector| run_due(vector));
}
