//! The engine asked as the naive model is, and how their answers differ.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use csc_measures::{Chunk, Dataset, Options, Plan, Rows, Scalar as Given};
use csc_measures_reference::Input;
use serde_json::{Value, json};

use crate::random::Question;

/// The dataset of an input, its tables taken in chunks of so many rows.
pub(crate) fn dataset(input: &Input, chunk_rows: usize) -> Dataset {
    let mut builder = Dataset::builder();
    for (name, table) in &input.tables {
        let header: Vec<&str> = table.header.iter().map(String::as_str).collect();
        let mut table_builder = builder.table(name, &header).unwrap();
        for rows in table.rows.chunks(chunk_rows.max(1)) {
            let mut given = Rows::new(header.len());
            for row in rows {
                given.push(row.iter().map(|text| Given::Text(text)));
            }
            let bad_rows: Vec<usize> =
                (0..rows.len()).filter(|row| rows[*row].len() != header.len()).collect();
            table_builder
                .chunk(&Chunk { rows: rows.len(), columns: &given.columns(), bad_rows: &bad_rows })
                .unwrap();
        }
    }
    builder.build()
}

/// The options of an input.
pub(crate) fn options(input: &Input) -> Options {
    let Input { policy, targets, closures, breakdown, .. } = input;
    let mut options: Options = serde_json::from_value(json!({
        "policy": policy, "targets": targets, "closures": closures, "breakdown": breakdown,
    }))
    .unwrap();
    options.plan = every_measure();
    options
}

/// The default plan, and after its outcomes what it does not show of the plan of all measures.
pub(crate) fn every_measure() -> Plan {
    static PLAN: LazyLock<Plan> = LazyLock::new(|| {
        let (plan, all) = (Plan::default(), Plan::all_measures());
        let is_shown = |key: &Value| plan.rows().iter().any(|row| row.measure().key() == key);
        let mut written = serde_json::to_value(&plan).unwrap();
        let outcomes = written["outcomes"].as_array_mut().unwrap();
        for mut outcome in serde_json::to_value(&all).unwrap()["outcomes"].as_array().unwrap().clone() {
            outcome["rows"].as_array_mut().unwrap().retain(|row| !is_shown(&row["measure"]));
            if outcome["rows"] != json!([]) {
                outcomes.push(outcome);
            }
        }
        written["id"] = json!("every-measure");
        serde_json::from_value(written).unwrap()
    });
    PLAN.clone()
}

/// Adds to the differences those between two lists.
pub(crate) fn compare(what: &str, ours: &[Value], theirs: &[Value], found: &mut Vec<String>) {
    for (index, (a, b)) in ours.iter().zip(theirs).enumerate() {
        for difference in fields(a, b) {
            found
                .push(format!("{what} [{index}] {}: {difference}", a.get("measure").unwrap_or(&Value::Null)));
        }
    }
    if ours.len() != theirs.len() {
        found.push(format!(
            "{what}: engine has {}, model has {}\n  {ours:?}\n  {theirs:?}",
            ours.len(),
            theirs.len()
        ));
    }
}

/// The fields that two objects have otherwise.
pub(crate) fn fields(a: &Value, b: &Value) -> Vec<String> {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else {
        return if a == b { Vec::new() } else { vec![format!("engine {a}, model {b}")] };
    };
    let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let same =
        |x: Option<&Value>, y: Option<&Value>| match (x.and_then(Value::as_f64), y.and_then(Value::as_f64)) {
            (Some(x), Some(y)) => (x - y).abs() < 1e-9,
            _ => x == y,
        };
    keys.into_iter()
        .filter(|key| !same(a.get(*key), b.get(*key)))
        .map(|key| {
            let show = |value: Option<&Value>| value.map_or("nothing".to_owned(), ToString::to_string);
            format!("{key}: engine {}, model {}", show(a.get(key)), show(b.get(key)))
        })
        .collect()
}

/// Takes away tables' rows as long as the two still differ, and tells what is left.
pub(crate) fn smallest(mut question: Question, differences: impl Fn(&Question) -> Vec<String>) -> String {
    let names: Vec<String> = question.input.tables.keys().cloned().collect();
    let mut shrunk = true;
    while shrunk {
        shrunk = false;
        for name in &names {
            let mut row = 0;
            while row < question.input.tables[name].rows.len() {
                let removed = question.input.tables.get_mut(name).unwrap().rows.remove(row);
                if differences(&question).is_empty() {
                    question.input.tables.get_mut(name).unwrap().rows.insert(row, removed);
                    row += 1;
                } else {
                    shrunk = true;
                }
            }
        }
    }
    let mut text = format!("{} to {}, policy {}\n", question.from, question.to, question.input.policy);
    for (name, table) in question.input.tables.iter().filter(|(_, table)| !table.rows.is_empty()) {
        let _ = writeln!(text, "{name}: {:?}", table.header);
        for row in &table.rows {
            let _ = writeln!(text, "  {row:?}");
        }
    }
    for difference in differences(&question).iter().take(12) {
        let _ = writeln!(text, "* {difference}");
    }
    text
}
