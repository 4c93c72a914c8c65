//! Batches that are written say what the JSON output says.

use std::collections::HashMap;

use crate::common::{authority, card, meant};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ListArray, RecordBatch};
use arrow_schema::DataType;
use chrono::NaiveDate;
use csc_measures::due::DueFilter;
use csc_measures::plan::RowId;
use csc_measures::{Dataset, Month, Options, Outcome, Plan};
use csc_measures_arrow::{
    DEFINITIONS_KEY, cases_batch, columns_batch, flat_batch, groups_batch, issues_batch, obligations_batch,
    published_batch, results_batch, signals_batch, tables_batch,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// One value of a batch as JSON.
fn value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Date32 => NaiveDate::from_epoch_days(array.as_primitive::<Date32Type>().value(row))
            .unwrap()
            .to_string()
            .into(),
        DataType::List(_) => {
            let list = array.as_list::<i32>().value(row);
            (0..list.len()).map(|row| value(&list, row)).collect()
        }
        other => panic!("{other}"),
    }
}

fn rows(batch: &RecordBatch) -> Vec<Value> {
    (0..batch.num_rows())
        .map(|row| {
            let schema = batch.schema();
            let fields = schema.fields().iter().zip(batch.columns());
            Value::Object(fields.map(|(field, array)| (field.name().clone(), value(array, row))).collect())
        })
        .collect()
}

/// Every number as the float that it is: the JSON output writes whole ones without a point.
fn floats(object: &mut Map<String, Value>, names: &[&str]) {
    for name in names {
        if let Some(number) = object[*name].as_f64() {
            object[*name] = number.into();
        }
    }
}

/// The JSON of a result, flat, as the batch has it, but for what the plan says of it.
fn flat(result: &Value) -> Value {
    let mut object = result.as_object().unwrap().clone();
    let period = object.remove("period").unwrap();
    object.insert("period_from".to_owned(), period["from"].clone());
    object.insert("period_to".to_owned(), period["to"].clone());
    let outcomes = object.remove("outcomes").unwrap();
    for outcome in Outcome::ALL {
        let count = outcomes.get(outcome.as_str()).cloned().unwrap_or(json!(0));
        object.insert(outcome.as_str().to_owned(), count);
    }
    object.entry("all_met").or_insert(Value::Null);
    floats(&mut object, &["numerator", "denominator", "value"]);
    Value::Object(object)
}

/// As [`flat`], where what is suppressed is null and said so.
fn published_flat(result: &Value) -> Value {
    let is_suppressed = result["value"] == "c";
    let mut result = result.clone();
    for name in ["numerator", "denominator", "value"] {
        if is_suppressed {
            assert_eq!(result[name].take(), "c");
        }
    }
    // It has no outcomes, which are null in their columns.
    result.as_object_mut().unwrap().insert("outcomes".to_owned(), json!({}));
    let mut flat = flat(&result);
    flat["suppressed"] = is_suppressed.into();
    for outcome in Outcome::ALL {
        flat[outcome.as_str()] = Value::Null;
    }
    flat
}

/// What the plan says of results, after what `before` has of them: by measure the values of the period before each, the
/// first of them that of the period before the results.
fn with_plan(results: Vec<Value>, plan: &Plan, titles: &[(RowId, String)], before: &[Value]) -> Vec<Value> {
    let mut earlier: HashMap<String, Value> = HashMap::new();
    for result in before {
        earlier.insert(result["measure"].as_str().unwrap().to_owned(), result["value"].clone());
    }
    let with_plan = |mut result: Value| {
        let measure = result["measure"].as_str().unwrap().to_owned();
        let place = plan.rows().iter().position(|row| *row.id() == measure.as_str()).unwrap();
        let row = &plan.rows()[place];
        let value = result["value"].clone();
        let previous = earlier.insert(measure, value.clone()).and_then(|value| value.as_f64());
        let change = value.as_f64().zip(previous).map(|(value, previous)| {
            // Both have one decimal at most.
            ((value - previous) * 10.0).round() / 10.0
        });
        let month_start = format!("{}-01", result["month"].as_str().unwrap());
        let of_plan = json!({
            "title": titles[place].1,
            "outcome": row.outcome(),
            "outcome_title": plan.outcome_of(row).title,
            "better": row.better(),
            "target": null,
            "target_low": null,
            "target_high": null,
            "target_tolerance": null,
            "target_better": null,
            "previous": previous,
            "change": change,
            "plan_order": place + 1,
            "month_start": month_start,
        });
        result.as_object_mut().unwrap().extend(of_plan.as_object().unwrap().clone());
        result
    };
    results.into_iter().map(with_plan).collect()
}

/// A point of a chart with what is said of the chart and its stretch.
fn point_flat(signals: &Value, point: Value) -> Value {
    let Value::Object(mut point) = point else { panic!("{point}") };
    let month = point["month"].as_str().unwrap();
    let stretches = signals["stretches"].as_array().unwrap().iter();
    let stretch = stretches.rev().find(|stretch| stretch["from"].as_str().unwrap() <= month).unwrap();
    let of_stretch = [("stretch", "from"), ("baseline_points", "baseline_points"), ("lag1", "lag1")];
    point.extend(of_stretch.map(|(name, key)| (name.to_owned(), stretch[key].clone())));
    let of_chart = ["measure", "chart", "assurance"].map(|key| (key.to_owned(), signals[key].clone()));
    point.extend(of_chart);
    floats(&mut point, &["value", "centre", "low", "high", "lag1"]);
    Value::Object(point)
}

/// The key that only visits by regulation 28 have, as a column has it: null for the others.
fn with_rule(mut list: Value) -> Value {
    for row in list.as_array_mut().unwrap() {
        row.as_object_mut().unwrap().entry("rule").or_insert(Value::Null);
    }
    list
}

fn assert_same(dataset: &Dataset) {
    let card = card(dataset);
    let json = serde_json::to_value(&card).unwrap();
    let flat: Vec<Value> = json["results"].as_array().unwrap().iter().map(flat).collect();
    // The direction, and so the value before, looks back as far as a quarter.
    let earlier = dataset.scorecard(card.from().plus(-3), card.from().plus(-1), &Options::default()).unwrap();
    let earlier = serde_json::to_value(earlier.results()).unwrap();
    let expected = with_plan(flat, card.plan(), &card.titles(), earlier.as_array().unwrap());
    assert_eq!(rows(&results_batch(&card).unwrap()), expected);

    let mut issues = json["data_issues"].as_array().unwrap().clone();
    for (json, issue) in issues.iter_mut().zip(dataset.issues()) {
        let json = json.as_object_mut().unwrap();
        json.insert("column".to_owned(), json!(issue.column()));
        json.insert("source".to_owned(), json!(issue.source()));
    }
    assert_eq!(rows(&issues_batch(dataset.issues()).unwrap()), issues);

    let published = card.published().unwrap();
    let json = serde_json::to_value(&published).unwrap();
    let flat: Vec<Value> = json["results"].as_array().unwrap().iter().map(published_flat).collect();
    let expected = with_plan(flat, published.plan(), published.titles(), &[]);
    assert_eq!(rows(&published_batch(&published).unwrap()), expected);

    let (from, to): (Month, Month) = ("2015-10".parse().unwrap(), "2017-03".parse().unwrap());
    let signals = dataset.scorecard(from, to, &Options::default()).unwrap().signals();
    let points = signals.iter().flat_map(|signals| {
        let signals = serde_json::to_value(signals).unwrap();
        let points = signals["points"].as_array().unwrap().clone();
        points.into_iter().map(move |point| point_flat(&signals, point))
    });
    assert_eq!(rows(&signals_batch(&signals, &card.definitions()).unwrap()), points.collect::<Vec<_>>());

    let day = NaiveDate::from_ymd_opt(2017, 3, 15).unwrap();
    let list = dataset.due_list(day, &Options::default(), &DueFilter::default()).unwrap();
    let expected = with_rule(serde_json::to_value(&list.obligations).unwrap());
    assert_eq!(
        Value::Array(rows(&obligations_batch(&list.obligations, &list.definitions).unwrap())),
        expected
    );

    let tables = dataset.tables();
    let mut expected = serde_json::to_value(&tables).unwrap();
    for (json, count) in expected.as_array_mut().unwrap().iter_mut().zip(&tables) {
        json["source"] = json!(count.source);
        json["as_at"] = json!(count.as_at);
    }
    assert_eq!(Value::Array(rows(&tables_batch(&tables).unwrap())), expected);
    let columns = dataset.columns();
    let expected = serde_json::to_value(&columns).unwrap();
    assert_eq!(Value::Array(rows(&columns_batch(&columns).unwrap())), expected);

    let month: Month = "2017-03".parse().unwrap();
    for row in card.plan().rows() {
        let measure = row.id();
        let explanation = card.explain(measure, month).unwrap();
        let cases = &explanation.cases;
        let expected: Vec<Value> = cases
            .iter()
            .map(|case| {
                let mut object = serde_json::to_value(case).unwrap().as_object().unwrap().clone();
                object.insert("measure".to_owned(), json!(measure));
                object.insert("month".to_owned(), json!(month));
                object.entry("rule").or_insert(Value::Null);
                // JSON does not have them.
                object.insert("team".to_owned(), json!(case.team));
                object.insert("worker".to_owned(), json!(case.worker));
                floats(&mut object, &["numerator", "denominator"]);
                Value::Object(object)
            })
            .collect();
        let definitions = card.definitions_of(measure).unwrap();
        assert_eq!(rows(&cases_batch(std::slice::from_ref(&explanation), &definitions).unwrap()), expected);
    }
}

#[test]
fn results_cases_issues_and_tables_say_what_the_json_says() {
    let dataset = meant(&authority(1, 100));
    assert!(dataset.issues().len() > 100);
    let published = card(&dataset).published().unwrap();
    let suppressed = published.results().iter().filter(|result| result.is_suppressed()).count();
    assert!((1..published.results().len()).contains(&suppressed));
    let (from, to): (Month, Month) = ("2015-10".parse().unwrap(), "2017-03".parse().unwrap());
    assert!(dataset.scorecard(from, to, &Options::default()).unwrap().signals().len() > 5);
    assert_same(&dataset);
}

#[test]
fn a_result_stands_beside_its_target_of_the_month() {
    let targets = json!({
        "O3.M4": { "better": "higher", "target": 92.5, "tolerance": 5 },
        "O1.M1": { "better": "band", "low": 12, "high": 16, "tolerance": 2 },
        "O5.M3": [
            { "better": "lower", "target": 20, "from": "2016-11" },
            { "better": "lower", "target": 15, "from": "2017-02" },
        ],
    });
    let options: Options = serde_json::from_value(json!({ "targets": targets })).unwrap();
    let (from, to): (Month, Month) = ("2016-10".parse().unwrap(), "2017-03".parse().unwrap());
    let card = meant(&authority(1, 100)).scorecard(from, to, &options).unwrap();
    let published = published_batch(&card.published().unwrap()).unwrap();
    for rows in [rows(&results_batch(&card).unwrap()), rows(&published)] {
        let target = |measure: &str, month: &str| {
            let row = rows.iter().find(|row| row["measure"] == measure && row["month"] == month).unwrap();
            let columns = ["target", "target_low", "target_high", "target_tolerance", "target_better"];
            columns.map(|column| row[column].clone())
        };
        assert_eq!(json!(target("O3.M4", "2016-10")), json!([92.5, null, null, 5.0, "higher"]));
        assert_eq!(json!(target("O1.M1", "2017-03")), json!([null, 12.0, 16.0, 2.0, "band"]));
        assert_eq!(json!(target("O5.M3", "2016-10")), json!([null, null, null, null, null]));
        assert_eq!(json!(target("O5.M3", "2017-01")), json!([20.0, null, null, 0.0, "lower"]));
        assert_eq!(json!(target("O5.M3", "2017-03")), json!([15.0, null, null, 0.0, "lower"]));
        assert_eq!(json!(target("O2.M1", "2017-03")), json!([null, null, null, null, null]));
    }
}

#[test]
fn the_title_of_a_result_says_which_policy_was_changed() {
    let options: Options =
        serde_json::from_value(json!({ "policy": { "assessment_working_days": 35 } })).unwrap();
    let month: Month = "2017-03".parse().unwrap();
    let card = Dataset::builder().build().scorecard(month, month, &options).unwrap();
    let rows = rows(&results_batch(&card).unwrap());
    let row = rows.iter().find(|row| row["measure"] == "O2.M3").unwrap();
    assert!(row["title"].as_str().unwrap().ends_with("(working days for an assessment: 35 instead of 45)"));
}

#[test]
fn nothing_supplied_is_a_batch_without_figures() {
    let dataset = Dataset::builder().build();
    assert_same(&dataset);
    let batch = issues_batch(dataset.issues()).unwrap();
    assert_eq!((batch.num_rows(), batch.num_columns()), (0, 7));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_dataset_says_the_same(seed in any::<u64>(), rows in 0_usize..25) {
        assert_same(&meant(&authority(seed, rows)));
    }
}

#[test]
fn figures_carry_the_versions_of_their_definitions() {
    let dataset = Dataset::builder().build();
    let card = card(&dataset);
    let told = |batch: &RecordBatch| -> Value {
        serde_json::from_str(&batch.schema().metadata()[DEFINITIONS_KEY]).unwrap()
    };
    let json = serde_json::to_value(&card).unwrap();
    assert_eq!(told(&results_batch(&card).unwrap()), json["definitions"]);
    let cases =
        cases_batch(&[card.explain("O3.M4", card.from()).unwrap()], &card.definitions_of("O3.M4").unwrap())
            .unwrap();
    assert_eq!(told(&cases)["measures"], json!({ "O3.M4": 1 }));
    assert_eq!(told(&published_batch(&card.published().unwrap()).unwrap()), json["definitions"]);
    let none = obligations_batch(&[], &card.definitions()).unwrap();
    assert_eq!(told(&none), json["definitions"]);
}

/// What Spark, old readers and the C data interface of every language know.
fn is_plain(data_type: &DataType) -> bool {
    match data_type {
        DataType::List(item) => is_plain(item.data_type()),
        other => matches!(
            other,
            DataType::Utf8 | DataType::Int64 | DataType::Float64 | DataType::Date32 | DataType::Boolean
        ),
    }
}

#[test]
fn the_documentation_lists_every_column_in_order() {
    let dataset = Dataset::builder().build();
    let month: Month = "2017-03".parse().unwrap();
    let card = dataset.scorecard(month, month, &Options::default()).unwrap();
    let batches = [
        ("results", results_batch(&card).unwrap()),
        ("groups", groups_batch(&card).unwrap()),
        ("signals", signals_batch(&[], &card.definitions()).unwrap()),
        (
            "cases",
            cases_batch(&[card.explain("O1.M1", month).unwrap()], &card.definitions_of("O1.M1").unwrap())
                .unwrap(),
        ),
        ("obligations", obligations_batch(&[], &card.definitions()).unwrap()),
        ("issues", issues_batch(&[]).unwrap()),
        ("tables", tables_batch(&[]).unwrap()),
        ("columns", columns_batch(&[]).unwrap()),
    ];
    let mut lines = Vec::new();
    for (name, batch) in &batches {
        for field in batch.schema().fields() {
            assert!(is_plain(field.data_type()), "{field}");
            let data_type = match field.data_type() {
                DataType::List(item) => format!("List({})", item.data_type()),
                other => other.to_string(),
            };
            let null = if field.is_nullable() { "yes" } else { "no" };
            lines.push(format!("//! | {name} | `{}` | {data_type} | {null} |", field.name()));
        }
    }
    let documentation = include_str!("../../src/lib.rs");
    let start = documentation.find("//! | results |").unwrap();
    let table: Vec<&str> =
        documentation[start..].lines().take_while(|line| line.starts_with("//! |")).collect();
    assert_eq!(table, lines);

    let (results, published) = (&batches[0].1, published_batch(&card.published().unwrap()).unwrap());
    let names = |batch: &RecordBatch| -> Vec<String> {
        batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    };
    assert_eq!(names(&published), [names(results), vec!["suppressed".to_owned()]].concat());
    assert!(published.schema().fields().iter().all(|field| is_plain(field.data_type())));
}

#[test]
fn a_flat_batch_has_texts_in_the_place_of_lists_and_is_else_the_same() {
    let dataset = meant(&authority(1, 100));
    let signals =
        dataset.scorecard("2015-10".parse().unwrap(), "2017-03".parse().unwrap(), &Options::default());
    let card = card(&dataset);
    let (signals, definitions) = (signals.unwrap().signals(), card.definitions());
    let mut joined = 0;
    for batch in [results_batch(&card).unwrap(), signals_batch(&signals, &definitions).unwrap()] {
        let flat = flat_batch(&batch).unwrap();
        assert_eq!(flat.schema().metadata(), batch.schema().metadata());
        assert!(flat.schema().fields().iter().all(|field| !field.data_type().is_nested()));
        let mut expected = rows(&batch);
        for value in expected.iter_mut().flat_map(|row| row.as_object_mut().unwrap().values_mut()) {
            if let Value::Array(items) = value {
                joined += usize::from(items.len() > 1);
                let items: Vec<&str> = items.iter().map(|item| item.as_str().unwrap()).collect();
                *value = items.join(";").into();
            }
        }
        assert_eq!(rows(&flat), expected);
    }
    assert!(joined > 0, "no list has two items");
    let slice = results_batch(&card).unwrap().slice(7, 3);
    assert_eq!(
        rows(&flat_batch(&slice).unwrap()),
        rows(&flat_batch(&results_batch(&card).unwrap()).unwrap())[7..10]
    );
}

#[test]
fn a_list_of_numbers_is_refused() {
    let lists = ListArray::from_iter_primitive::<Int64Type, _, _>([Some([Some(1)])]);
    let batch = RecordBatch::try_from_iter([("numbers", std::sync::Arc::new(lists) as _)]).unwrap();
    let error = flat_batch(&batch).unwrap_err().to_string();
    assert!(error.contains("a list of Int64 is not one of texts"), "{error}");
}
