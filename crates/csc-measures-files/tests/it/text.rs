//! Tables from text in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use csc_measures::{Dataset, Month, Options, Plan};
use csc_measures_files::{ReadError, add_csv, add_json, read_folder};
use serde_json::{Map, Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// All that is said of a dataset.
fn said(dataset: &Dataset) -> String {
    let card = dataset.scorecard(month("2017-01"), month("2017-03"), &Options::default()).unwrap();
    let parts = (dataset.tables(), dataset.issues(), dataset.person_count(), card);
    serde_json::to_string(&parts).unwrap()
}

fn error(read: impl FnOnce(&mut csc_measures::DatasetBuilder) -> Result<(), ReadError>) -> String {
    read(&mut Dataset::builder()).unwrap_err().to_string()
}

#[test]
fn the_sample_authority_is_the_same_from_its_files_and_from_their_text_in_every_form() {
    let folder = root().join("examples/data/sample-authority");
    let [mut csv, mut even, mut rows, mut columns] = std::array::from_fn(|_| Dataset::builder());
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let table = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let text = fs::read(&path).unwrap();
        add_csv(&mut csv, &table, &text).unwrap();

        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&text[..]);
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        // A row that is not as wide as its header has no form in JSON.
        let records: Vec<_> = records.into_iter().filter(|record| record.len() == header.len()).collect();
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&header).unwrap();
        records.iter().for_each(|record| writer.write_record(record).unwrap());
        add_csv(&mut even, &table, &writer.into_inner().unwrap()).unwrap();
        let objects: Vec<Map<String, Value>> = records
            .iter()
            .map(|record| header.iter().cloned().zip(record.iter().map(Value::from)).collect())
            .collect();
        let lists: Map<String, Value> = header
            .iter()
            .enumerate()
            .map(|(place, name)| {
                (name.clone(), records.iter().map(|record| Value::from(&record[place])).collect())
            })
            .collect();
        add_json(&mut rows, &table, &serde_json::to_vec(&objects).unwrap()).unwrap();
        add_json(&mut columns, &table, &serde_json::to_vec(&lists).unwrap()).unwrap();
    }
    let expected = said(&read_folder(&folder).unwrap());
    assert!(expected.len() > 10_000);
    assert_eq!(said(&csv.build()), expected);
    let expected = said(&even.build());
    assert_eq!(said(&rows.build()), expected);
    assert_eq!(said(&columns.build()), expected);
}

#[test]
fn every_vector_gives_its_figure_from_json() {
    let mut checked = 0;
    for entry in fs::read_dir(root().join("tests/vectors/measures")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap();
        for vector in file["vectors"].as_array().unwrap() {
            let tables: BTreeMap<String, Value> = serde_json::from_value(vector["tables"].clone()).unwrap();
            let mut builder = Dataset::builder();
            for (name, rows) in &tables {
                add_json(&mut builder, name, rows.to_string().as_bytes()).unwrap();
            }
            let given = ["policy", "targets", "closures"]
                .into_iter()
                .filter_map(|key| Some((key.to_owned(), vector.get(key)?.clone())));
            let mut options: Options = serde_json::from_value(Value::Object(given.collect())).unwrap();
            if options.plan.row(file["measure"].as_str().unwrap()).is_err() {
                options.plan = Plan::all_measures();
            }
            let of = month(vector["month"].as_str().unwrap());
            let card = builder.build().scorecard(of, of, &options).unwrap();
            let result = serde_json::to_value(card.result(file["measure"].as_str().unwrap(), of)).unwrap();
            for (field, expected) in vector["expect"].as_object().into_iter().flatten() {
                let is_same = match (expected.as_f64(), result[field].as_f64()) {
                    (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                    _ => *expected == result[field],
                };
                assert!(is_same, "{} {}: {field} {}", file["measure"], vector["name"], result[field]);
                checked += 1;
            }
        }
    }
    assert!(checked > 2000, "{checked}");
}

#[test]
fn columns_are_those_that_any_row_names_and_an_empty_list_has_all() {
    let mut builder = Dataset::builder();
    let rows = json!([
        { "cppl_cp_plan_id": 1, "person_id": "P1", "start_date": "2017-01-03", "diary": "not read" },
        { "cppl_cp_plan_id": 2, "person_id": "P2", "start_date": "2017-01-03", "end_date": null },
    ]);
    add_json(&mut builder, "ssd_cp_plans", rows.to_string().as_bytes()).unwrap();
    add_json(&mut builder, "cp_visits", b" [ ] ").unwrap();
    let dataset = builder.build();
    assert!(dataset.issues().is_empty(), "{:?}", dataset.issues());
    let card = dataset.scorecard(month("2017-03"), month("2017-03"), &Options::default()).unwrap();
    assert_eq!(card.result("O3.M4", month("2017-03")).unwrap().value.unwrap().to_string(), "0.0");
    // and without `end_date` in any row the column is not supplied
    let error =
        error(|builder| add_json(builder, "cp_plans", br#"[{ "cp_plan_id": 1, "person_id": "P1" }]"#));
    assert_eq!(error, "`cp_plans`: table `cp_plans` has no column `start_date`, which it needs");
}

#[test]
fn a_number_is_the_number_that_is_written() {
    let fte = |written: &str| {
        let mut builder = Dataset::builder();
        let row = format!(r#"[{{"worker_id": "W1", "fte": {written}, "team_type": "safeguarding"}}]"#);
        add_json(&mut builder, "workers", row.as_bytes()).unwrap();
        add_json(&mut builder, "involvements", b"[]").unwrap();
        builder.build().issues().first().map(|issue| issue.code().as_str())
    };
    for (written, issue) in [
        ("0.8", None),
        ("1", None),
        // rounded to hundredths it is nothing
        ("1e-400", Some("bad_value")),
        ("1.9999", None),
        ("[1]", Some("bad_value")),
        (r#""\ud800""#, Some("bad_value")),
        ("1e40", Some("bad_value")),
    ] {
        assert_eq!(fte(written), issue, "{written}");
    }
}

#[test]
fn rows_beyond_a_chunk_are_numbered_on() {
    let rows: Vec<Value> = (1..=20_000)
        .map(|id| json!({ "compliment_id": id, "received_date": if id == 19_999 { "soon" } else { "2017-03-01" } }))
        .collect();
    let mut builder = Dataset::builder();
    add_json(&mut builder, "compliments", &serde_json::to_vec(&rows).unwrap()).unwrap();
    let dataset = builder.build();
    assert_eq!((dataset.tables()[0].rows, dataset.tables()[0].used), (20_000, 19_999));
    assert_eq!(dataset.issues()[0].row(), 19_999);
}

#[test]
fn what_is_no_table_is_told_without_what_stands_in_it() {
    let deep = format!("[{{\"compliment_id\": {}1{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    for (text, expected) in [
        ("", "`compliments`: expected a list of rows or an object of columns"),
        ("\"Jane Smith\"", "`compliments`: expected a list of rows or an object of columns"),
        (
            "[\"Jane Smith\"]",
            "`compliments`: not the JSON of a table: row 1 is not an object at line 1 column 14",
        ),
        ("[{}, 2]", "`compliments`: not the JSON of a table: row 2 is not an object at line 1 column 7"),
        ("[{}", "`compliments`: not the JSON of a table: EOF while parsing a list at line 1 column 3"),
        ("[] []", "`compliments`: not the JSON of a table: trailing characters at line 1 column 4"),
        (
            "[{\"compliment_id\": 1,\n \"compliment_id\": 2}]",
            "`compliments`: not the JSON of a table: row 1 has column `compliment_id` twice at line 2 column 21",
        ),
        (
            "{\"compliment_id\": [1], \"received_date\": []}",
            "`compliments`: not the JSON of a table: column `compliment_id` has 1 rows and column `received_date` has 0 at line 1 column 43",
        ),
        (
            "{\"compliment_id\": 1}",
            "`compliments`: not the JSON of a table: column `compliment_id` is not a list at line 1 column 20",
        ),
        ("{}", "`compliments`: table `compliments` has no column `compliment_id`, which it needs"),
        ("[{}]", "`compliments`: table `compliments` has no column `compliment_id`, which it needs"),
        (
            "[{\"compliment_id\": 1\0}]",
            "`compliments`: not the JSON of a table: expected `,` or `}` at line 1 column 21",
        ),
        (&deep, "`compliments`: table `compliments` has no column `received_date`, which it needs"),
    ] {
        assert_eq!(error(|builder| add_json(builder, "compliments", text.as_bytes())), expected);
    }
    let text = b"[{\"compliment_id\": \"\xff\"}]";
    assert_eq!(
        error(|builder| add_json(builder, "compliments", text)),
        "`compliments`: the text is not UTF-8"
    );
    for add in [add_csv, add_json] {
        assert_eq!(
            error(|builder| add(builder, "complimets", b"[]")),
            "`complimets`: unknown table `complimets`, did you mean `compliments`?"
        );
    }
    assert_eq!(
        error(|builder| add_csv(builder, "compliments", b"")),
        "`compliments` is empty: it has no header"
    );
    assert!(error(|builder| add_csv(builder, "compliments", &[0xFF, 0xFE, 0x41, 0])).contains("UTF-16"));
}
