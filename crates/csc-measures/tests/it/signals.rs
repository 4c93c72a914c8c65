//! The vectors of signals, and what signals are made from.

use std::collections::BTreeMap;

use csc_measures::signals::Signals;
use csc_measures::{Dataset, Month, Options, Scorecard};
use serde::Deserialize;
use serde_json::{Map, Value};

#[path = "../../../../tests/vectors/figures.rs"]
mod figures;

use figures::{Figure, Row, Rows, last};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VectorFile {
    /// The id of a row of the default plan.
    measure: String,
    /// The months from one figure to the next.
    #[serde(default = "one")]
    step: i32,
    rows: Rows,
    vectors: Vec<Vector>,
}

fn one() -> i32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: String,
    from: Month,
    figures: Vec<Figure>,
    #[serde(default)]
    options: Map<String, Value>,
    #[serde(default)]
    expect: Option<Expected>,
    #[serde(default)]
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    chart: Value,
    stretches: Value,
    /// Some of the points.
    points: Vec<Row>,
    /// All points that have marks.
    marks: Vec<Row>,
    assurance: Value,
}

fn tables(file: &VectorFile, vector: &Vector) -> Result<BTreeMap<String, Vec<Row>>, String> {
    file.rows.of(vector.from, file.step, &vector.figures)
}

fn last_of(file: &VectorFile, vector: &Vector) -> Month {
    last(vector.from, file.step, &vector.figures)
}

fn files() -> impl Iterator<Item = VectorFile> {
    crate::common::vector_files("signals").into_iter().map(|(_, file)| file)
}

fn options(vector: &Vector) -> Result<Options, serde_json::Error> {
    let mut options = vector.options.clone();
    options.insert("signals".to_owned(), true.into());
    serde_json::from_value(Value::Object(options))
}

/// The signals of a vector's measure, or the message of the error.
fn found(file: &VectorFile, vector: &Vector) -> Result<Option<Signals>, String> {
    let mut options = options(vector).map_err(|error| error.to_string())?;
    options.measures = Some(vec![file.measure.clone()]);
    let dataset = crate::common::dataset(&tables(file, vector)?);
    let card = dataset.scorecard(vector.from, last_of(file, vector), &options);
    let card = card.map_err(|error| error.to_string())?;
    let mut signals = card.signals();
    assert!(signals.len() <= 1);
    Ok(signals.pop())
}

fn differences(expected: &Expected, found: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    for (key, expected) in
        [("chart", &expected.chart), ("stretches", &expected.stretches), ("assurance", &expected.assurance)]
    {
        if found[key] != *expected {
            differences.push(format!("{key}: expected {expected}, found {}", found[key]));
        }
    }
    let points = found["points"].as_array().unwrap();
    let has = |point: &Value, expected: &Row| expected.iter().all(|(key, value)| point[key] == *value);
    for expected in &expected.points {
        let point = points.iter().find(|point| point["month"] == expected["month"]);
        if !point.is_some_and(|point| has(point, expected)) {
            differences.push(format!("expected {expected:?}, found {point:?}"));
        }
    }
    let is_marked = |point: &&Value| !point["marks"].as_array().unwrap().is_empty();
    let marked: Vec<&Value> = points.iter().filter(is_marked).collect();
    let same = marked.len() == expected.marks.len()
        && marked.iter().zip(&expected.marks).all(|(point, expected)| has(point, expected));
    if !same {
        differences.push(format!("marks: expected {:?}, found {marked:?}", expected.marks));
    }
    let are_common = points.iter().filter(|point| !is_marked(point));
    differences.extend(
        are_common.filter(|point| point["variation"] != "common").map(|point| format!("{point} has no mark")),
    );
    differences
}

#[test]
fn every_vector_holds() {
    let mut failures = Vec::new();
    for file in files() {
        for vector in &file.vectors {
            let fails = match (found(&file, vector), &vector.error, &vector.expect) {
                (Err(found), Some(error), None) if found == *error => Vec::new(),
                (Ok(None), None, None) => Vec::new(),
                (Ok(Some(found)), None, Some(expected)) => {
                    differences(expected, &serde_json::to_value(&found).unwrap())
                }
                (found, ..) => vec![format!("found {found:?}")],
            };
            if !fails.is_empty() {
                failures.push(format!("{} «{}»\n    {}", file.measure, vector.name, fails.join("\n    ")));
            }
        }
    }
    assert!(failures.is_empty(), "{} vectors fail:\n{}", failures.len(), failures.join("\n"));
}

/// The scorecard of a vector, of all measures.
fn card(file: &VectorFile, vector: &Vector, options: &Options) -> (Dataset, Scorecard) {
    let dataset = crate::common::dataset(&tables(file, vector).unwrap());
    let card = dataset.scorecard(vector.from, last_of(file, vector), options).unwrap();
    (dataset, card)
}

fn vectors_without_errors() -> Vec<(VectorFile, Vector)> {
    let mut all = Vec::new();
    for mut file in files() {
        let vectors = std::mem::take(&mut file.vectors);
        for vector in vectors.into_iter().filter(|vector| vector.error.is_none()) {
            let VectorFile { measure, step, rows, .. } = &file;
            let (measure, rows) = (measure.clone(), rows.clone());
            all.push((VectorFile { measure, step: *step, rows, vectors: Vec::new() }, vector));
        }
    }
    all
}

#[test]
fn the_json_has_signals_only_if_they_are_asked_for_and_those_of_parts_are_those_of_the_whole() {
    for (file, vector) in vectors_without_errors() {
        let mut options = options(&vector).unwrap();
        let (dataset, whole) = card(&file, &vector, &options);
        let json = serde_json::to_value(&whole).unwrap();
        assert_eq!(json["signals"], serde_json::to_value(whole.signals()).unwrap());
        let text = serde_json::to_string(&whole).unwrap();
        let places = ["\"results\":", "\"signals\":", "\"data_issues\":"].map(|key| text.find(key).unwrap());
        assert!(places.is_sorted());

        let parts = (0..3).map(|index| {
            let part = dataset.part_of(index, 3, vector.from, last_of(&file, &vector), &options).unwrap();
            let text = serde_json::to_string(&part).unwrap();
            serde_json::from_str(&text).unwrap()
        });
        assert_eq!(serde_json::to_string(&Scorecard::merge(parts).unwrap()).unwrap(), text);

        options.signals = false;
        let (_, silent) = card(&file, &vector, &options);
        assert_eq!(silent.signals(), whole.signals());
        let json = serde_json::to_value(&silent).unwrap();
        assert!(json.get("signals").is_none());
        assert!(serde_json::to_value(silent.published().unwrap()).unwrap().get("signals").is_none());
    }
}

#[test]
fn signals_of_a_publication_are_made_from_what_it_shows() {
    let (mut fewer, mut same) = (0, 0);
    for (file, vector) in vectors_without_errors() {
        let (_, card) = card(&file, &vector, &options(&vector).unwrap());
        let published = card.published().unwrap();
        let json = serde_json::to_value(&published).unwrap();
        assert_eq!(json["signals"], serde_json::to_value(published.signals()).unwrap());
        for signals in published.signals() {
            let of_all = card.signals().into_iter().find(|other| other.measure == signals.measure).unwrap();
            for point in &signals.points {
                let shown = published.result(&signals.measure, point.month).unwrap();
                assert!(!shown.is_suppressed() && shown.result().value.is_some());
            }
            let shown = of_all
                .points
                .iter()
                .filter(|point| !published.result(&signals.measure, point.month).unwrap().is_suppressed());
            assert!(shown.map(|point| point.month).eq(signals.points.iter().map(|point| point.month)));
            if of_all == *signals { same += 1 } else { fewer += 1 }
        }
    }
    assert!(fewer > 3 && same > 3, "{fewer} and {same}");
}

/// Options that make no sense, and what is said of them.
#[test]
fn settings_of_another_form_are_told_in_plain_words() {
    for (options, error) in [
        (r#"{"chart": "p"}"#, "expected an object of charts by measure, found `\"p\"`"),
        (r#"{"chart": {"O4.M4": 1}}"#, "chart of `O4.M4`: expected a name such as `p`, found `1`"),
        (r#"{"chart": {"O4.M4": "c", "O4.M4": "xmr"}}"#, "chart of `O4.M4` is given twice"),
        (r#"{"baseline": "all"}"#, "expected a number, or an object of numbers by measure, found `\"all\"`"),
        (r#"{"baseline": {"O4.M4": -1}}"#, "baseline of `O4.M4`: `-1` is not a whole number from 0 to 65535"),
        (r#"{"rebase": ["2017-03"]}"#, "expected an object of lists of months by measure, found a list"),
        (r#"{"rebase": {"O4.M4": "2017-03"}}"#, "rebase of `O4.M4`: expected a list, found `\"2017-03\"`"),
        (
            r#"{"rebase": {"O4.M4": ["2017-3"]}}"#,
            "rebase of `O4.M4`: `2017-3` is not a month; write it as `2017-03`",
        ),
        (r#"{"signals": 1}"#, "invalid type: integer `1`, expected a boolean"),
    ] {
        let found = serde_json::from_str::<Options>(options).unwrap_err().to_string();
        assert!(found.starts_with(error), "{options}: {found}");
    }
    let march = "2017-03".parse().unwrap();
    for (options, error) in [
        (r#"{"chart": {"O4.M5": "xmr"}}"#, "chart of `O4.M5`: it cannot be `xmr`; it has no figure to chart"),
        (r#"{"baseline": {"O3.M44": 12}}"#, "unknown measure `O3.M44`, did you mean `O3.M4`?"),
        (r#"{"rebase": {"O3.M44": []}}"#, "unknown measure `O3.M44`, did you mean `O3.M4`?"),
    ] {
        let options: Options = serde_json::from_str(options).unwrap();
        let found = Dataset::builder().build().scorecard(march, march, &options).unwrap_err();
        assert_eq!(found.to_string(), error);
        assert_eq!(options.validate().unwrap_err().to_string(), error);
    }
}

#[test]
fn parts_of_other_charts_are_refused() {
    let march: Month = "2017-03".parse().unwrap();
    let part = |options: &str| {
        let options: Options = serde_json::from_str(options).unwrap();
        Dataset::builder().build().part(march, march, &options).unwrap()
    };
    for (options, key) in [
        (r#"{"signals": true}"#, "signals"),
        (r#"{"chart": {"O4.M4": "c"}}"#, "chart"),
        (r#"{"baseline": 24}"#, "baseline"),
        (r#"{"rebase": {"O4.M4": ["2017-03"]}}"#, "rebase"),
    ] {
        let error = Scorecard::merge([part("{}"), part(options)]).unwrap_err();
        assert!(error.to_string().contains(&format!("`{key}` differ")), "{error}");
    }
}
