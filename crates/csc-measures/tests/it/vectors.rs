//! The hand-computed vectors of the measures and of what is due.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use csc_measures::due::{CLOCKS, DueFilter};
use csc_measures::plan::PlanRow;
use csc_measures::{Month, Options, Plan, Policy, Scorecard};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::common::vector_files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VectorFile {
    /// The id of a row of the default plan; of a measure that it does not show its key.
    measure: String,
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

pub(crate) fn compare_lists(
    what: &str,
    expected: &[Map<String, Value>],
    actual: &Value,
    failures: &mut Vec<String>,
) {
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

/// The rows of the default plan, and for what it does not show those of the plan of all measures.
fn rows() -> Vec<PlanRow> {
    let (plan, all) = (Plan::worcestershire_2017(), Plan::all_measures());
    let is_shown = |row: &&PlanRow| plan.rows().iter().any(|other| other.measure() == row.measure());
    let others = all.rows().iter().filter(|row| !is_shown(row));
    plan.rows().iter().chain(others).cloned().collect()
}

/// The plan that has a row: the default one, if it does.
fn plan_of(id: &str) -> Plan {
    let plan = Plan::default();
    if plan.row(id).is_ok() { plan } else { Plan::all_measures() }
}

/// The options that a vector gives.
fn options(policy: Option<&Value>, targets: Option<&Value>, closures: Option<&Value>) -> Options {
    let given = [("policy", policy), ("targets", targets), ("closures", closures)];
    let given = given.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.clone())));
    serde_json::from_value(Value::Object(given.collect())).unwrap()
}

/// The scorecard of a vector's month under these policies.
fn evaluate(measure: &str, vector: &Vector, policy: Option<&Value>) -> Scorecard {
    let mut options = options(policy, vector.targets.as_ref(), vector.closures.as_ref());
    options.plan = plan_of(measure);
    crate::common::dataset(&vector.tables).scorecard(vector.month, vector.month, &options).unwrap()
}

fn result(card: &Scorecard, measure: &str, vector: &Vector) -> Value {
    serde_json::to_value(card.result(measure, vector.month)).unwrap()
}

fn cases(card: &Scorecard, measure: &str, vector: &Vector) -> Value {
    serde_json::to_value(card.cases(measure, vector.month).unwrap()).unwrap()
}

fn check(measure: &str, vector: &Vector) -> Vec<String> {
    let card = evaluate(measure, vector, vector.policy.as_ref());
    let mut failures = Vec::new();
    let result = result(&card, measure, vector);
    match (&vector.expect, result.is_null()) {
        (Value::Null, true) => {}
        (Value::Object(expected), false) => failures.extend(differences(expected, &result)),
        (expected, _) => failures.push(format!("expected {expected}, found {result}")),
    }
    if let Some(expected) = &vector.cases {
        compare_lists("case", expected, &cases(&card, measure, vector), &mut failures);
    }
    if let Some(expected) = &vector.data_issues {
        compare_lists("data issue", expected, &serde_json::to_value(card.issues()).unwrap(), &mut failures);
    }
    failures
}

#[test]
fn every_vector_holds() {
    let mut failures = Vec::new();
    let mut checked = BTreeMap::new();
    for (_, file) in vector_files::<VectorFile>("measures") {
        for vector in &file.vectors {
            let found = check(&file.measure, vector);
            if !found.is_empty() {
                failures.push(format!("{} «{}»\n    {}", file.measure, vector.name, found.join("\n    ")));
            }
        }
        *checked.entry(file.measure.clone()).or_insert(0) += file.vectors.len();
    }
    println!("{} vectors of {} measures", checked.values().sum::<usize>(), checked.len());
    assert!(failures.is_empty(), "{} vectors fail:\n{}", failures.len(), failures.join("\n"));
    for row in rows() {
        let (id, count) = (row.id(), checked.get(&**row.id()).copied().unwrap_or_default());
        assert!(count >= 3, "{id} has {count} vectors; each measure has three at least");
    }
}

/// Pairs that no data can show: what these measures count in a month and is not yet late at its end is due that
/// very day or before, which is amber in any window. The windows tell only in the list of what is due.
const NEVER_DECIDED_BY: &[(&str, &str)] = &[
    ("O3.M3", "amber_days"),
    ("O3.M6", "amber_days"),
    ("O3.M6", "amber_working_days"),
    ("O6.M10.ten_working_days", "amber_working_days"),
];

/// Whether the answer would be another one if this policy of the vector were at its default.
fn matters(measure: &str, vector: &Vector, key: &str) -> bool {
    let set = vector.policy.as_ref().unwrap();
    let mut without = set.clone();
    without.as_object_mut().unwrap().remove(key);
    let (with, without) = (evaluate(measure, vector, Some(set)), evaluate(measure, vector, Some(&without)));
    result(&with, measure, vector) != result(&without, measure, vector)
        || cases(&with, measure, vector) != cases(&without, measure, vector)
}

/// Every policy that a measure says it takes, and every other value of a choice, changes the answer of some
/// vector: one that nothing reads, or whose values are taken for each other, does not pass.
#[test]
fn every_policy_changes_the_answer_of_a_vector() {
    let rows = rows();
    let row_of = |id: &str| rows.iter().find(|row| row.id() == id).unwrap();
    let mut of_measures: BTreeSet<(String, String)> = BTreeSet::new();
    let mut values: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (_, file) in vector_files::<VectorFile>("measures") {
        // The row that is printed twice is judged once.
        let row = row_of(&file.measure);
        let measure = row.alias_of().unwrap_or(row.id()).to_string();
        for vector in file.vectors.iter().filter(|vector| vector.policy.is_some()) {
            for (key, value) in vector.policy.as_ref().unwrap().as_object().unwrap() {
                if matters(&file.measure, vector, key) {
                    of_measures.insert((measure.clone(), key.clone()));
                    values.entry(key.clone()).or_default().push(value.clone());
                }
            }
        }
    }
    let defaults = serde_json::to_value(Policy::default()).unwrap();
    let mut missing = Vec::new();
    for key in Policy::KEYS {
        let found = values.get(*key).cloned().unwrap_or_default();
        if found.is_empty() {
            missing.push(format!("`{key}`"));
        }
        let declared = Policy::DECLARATIONS.iter().find(|declared| declared.key == *key).unwrap();
        // Of a choice of names every other one; of a number, a list or a flag any other value will do.
        let others = declared.values.iter().map(|(name, _)| Value::from(*name));
        let others = others.filter(|name| defaults[*key].is_string() && *name != defaults[*key]);
        let unseen = others.filter(|other| !found.contains(other));
        missing.extend(unseen.map(|other| format!("`{key}` = {other}")));
    }
    for row in rows.iter().filter(|row| row.alias_of().is_none()) {
        let unseen =
            row.policies().filter(|key| !of_measures.contains(&(row.id().to_string(), key.to_string())));
        let decided = unseen.filter(|key| !NEVER_DECIDED_BY.contains(&(row.id().as_str(), *key)));
        missing.extend(decided.map(|key| format!("`{key}` of {}", row.id())));
    }
    assert!(missing.is_empty(), "no vector shows a difference by {}", missing.join(", "));
    let unlisted: Vec<String> = of_measures
        .iter()
        .filter(|(measure, key)| !row_of(measure).policies().any(|listed| listed == key))
        .map(|(measure, key)| format!("`{key}` of {measure}"))
        .collect();
    for (measure, key) in NEVER_DECIDED_BY {
        let pair = (row_of(measure).id().to_string(), (*key).to_owned());
        assert!(!of_measures.contains(&pair), "{measure} and `{key}`: a vector shows a difference");
    }
    assert!(unlisted.is_empty(), "not among the policies that the measure names: {}", unlisted.join(", "));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueFile {
    vectors: Vec<DueVector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueVector {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: String,
    tables: BTreeMap<String, Vec<Map<String, Value>>>,
    #[serde(default)]
    policy: Option<Value>,
    #[serde(default)]
    closures: Option<Value>,
    as_at: NaiveDate,
    due: Vec<Map<String, Value>>,
}

/// Every vector of what is due holds, for the list and for each child asked for alone, and together they have
/// every clock in time and overdue.
#[test]
fn every_vector_of_what_is_due_holds() {
    let mut failures = Vec::new();
    let mut stands: BTreeSet<(String, String)> = BTreeSet::new();
    for vector in vector_files::<DueFile>("due").iter().flat_map(|(_, file)| &file.vectors) {
        let options = options(vector.policy.as_ref(), None, vector.closures.as_ref());
        let dataset = crate::common::dataset(&vector.tables);
        let list = dataset.due_list(vector.as_at, &options, &DueFilter::default()).unwrap();
        let obligations = serde_json::to_value(&list.obligations).unwrap();
        let mut found = Vec::new();
        compare_lists("obligation", &vector.due, &obligations, &mut found);
        for person in list.obligations.iter().map(|obligation| &obligation.person).collect::<BTreeSet<_>>() {
            let alone = dataset.person(person, vector.as_at, &options).unwrap().obligations;
            let of_list: Vec<_> = list.obligations.iter().filter(|o| o.person == *person).cloned().collect();
            assert_eq!(alone, of_list, "{}: {person} alone", vector.name);
        }
        if !found.is_empty() {
            failures.push(format!("«{}»\n    {}", vector.name, found.join("\n    ")));
        }
        for obligation in &vector.due {
            let text = |key: &str| Some(obligation.get(key)?.as_str().unwrap().to_owned());
            stands.extend(text("clock").zip(text("outcome")));
        }
    }
    assert!(failures.is_empty(), "{} vectors fail:\n{}", failures.len(), failures.join("\n"));
    for clock in CLOCKS {
        let missing: Vec<&str> = ["not_yet_due", "overdue"]
            .into_iter()
            .filter(|outcome| !stands.contains(&(clock.to_owned(), (*outcome).to_owned())))
            .collect();
        assert!(missing.is_empty(), "no vector has {clock} {missing:?}");
    }
}
