//! The program where it is asked for what may be published.

use std::process::Output;

use csc_measures::{Dataset, Options};
use csc_measures_files::read_folder;
use serde_json::Value;

use crate::{SAMPLE, program};

fn run(arguments: &[&str]) -> Output {
    program().args(["--data", SAMPLE, "--publish"]).args(arguments).output().unwrap()
}

fn prints(format: &str) -> String {
    let output = run(&["--from", "2017-01", "--to", "2017-03", "--format", format]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn json_is_what_is_published_as_it_serialises() {
    let dataset: Dataset = read_folder(SAMPLE).unwrap();
    let card = dataset.scorecard("2017-01".parse().unwrap(), "2017-03".parse().unwrap(), &Options::default());
    let expected = serde_json::to_string_pretty(&card.unwrap().published()).unwrap();
    assert_eq!(prints("json"), expected + "\n");
}

#[test]
fn no_form_tells_of_issues_cases_or_numbers_that_are_left_out() {
    let json: Value = serde_json::from_str(&prints("json")).unwrap();
    assert!(json.get("data_issues").is_none());
    let left_out =
        |result: &Value| result["value"] == "c" && result["outcomes"].is_null() && result["rag"].is_null();
    assert!(json["results"].as_array().unwrap().iter().any(left_out));

    let csv = prints("csv");
    assert_eq!(csv.lines().count(), 1 + json["results"].as_array().unwrap().len());
    let row = csv.lines().find(|row| row.contains(",c,c,c,")).unwrap();
    assert!(
        row.contains(",c,c,c,percent,,,,,,,,,,,,,") || row.contains(",c,c,c,count,,,,,,,,,,,,,"),
        "{row}"
    );

    let table = prints("table");
    assert!(table.contains("c means a figure of one to five cases"));
    assert!(!table.contains("data issues") && !table.contains(" out)"));
}

#[test]
fn cases_and_lists_of_children_are_never_published() {
    for arguments in [&["--explain", "O3.M4", "--month", "2017-03"][..], &["--due", "2017-03-31"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("--publish") && output.stdout.is_empty(), "{message}");
    }
}
