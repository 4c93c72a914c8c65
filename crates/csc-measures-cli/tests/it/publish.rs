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
    let expected = serde_json::to_string_pretty(&card.unwrap().published().unwrap()).unwrap();
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
    assert!(table.contains("c stands for a figure of 1 to 5 cases"));
    assert!(table.contains("hidden"), "{table}");
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

fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const YEAR: [&str; 4] = ["--from", "2016-04", "--to", "2017-03"];

#[test]
fn the_audit_is_in_place_of_the_figures() {
    let json: Value =
        serde_json::from_str(&printed(&[&YEAR[..], &["--audit", "--format", "json"]].concat())).unwrap();
    assert_eq!(json["told"], 0);
    assert!(!json["findings"].as_array().unwrap().is_empty());
    let table = printed(&[&YEAR[..], &["--audit"]].concat());
    assert!(table.starts_with("Nothing of 1 to 5 can be told."), "{table}");
    let csv = printed(&[&YEAR[..], &["--audit", "--format", "csv"]].concat());
    assert_eq!(csv.lines().count(), 1 + json["findings"].as_array().unwrap().len());
}

#[test]
fn longer_periods_and_rounding_are_offered() {
    let of = |more: &[&str]| -> Value {
        serde_json::from_str(&printed(&[&YEAR[..], &["--format", "json"], more].concat())).unwrap()
    };
    let hidden = |json: &Value| {
        let results = json["results"].as_array().unwrap();
        assert_eq!(
            json["hidden"].as_u64().unwrap() as usize,
            results.iter().filter(|result| result["status"] == "suppressed").count()
        );
        (json["hidden"].as_u64().unwrap(), results.len())
    };
    let (months, quarters) = (of(&[]), of(&["--publish-period", "quarter"]));
    assert_eq!(quarters["publish_period"], "quarter");
    let ((a, of_a), (b, of_b)) = (hidden(&months), hidden(&quarters));
    assert!(b as usize * of_a < a as usize * of_b, "{a} of {of_a}, {b} of {of_b}");
    assert_eq!(
        hidden(&of(&["--publish-period", "year"])).1,
        quarters["results"].as_array().unwrap().len() / 4
    );
    assert!(printed(&YEAR).contains("--publish-period"));
    let rounded = of(&["--protection", "rounding"]);
    assert_eq!((&rounded["protection"], &rounded["rounding_least"]), (&"rounding".into(), &50.into()));

    let output = run(&["--from", "2016-05", "--to", "2017-03", "--publish-period", "year"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("no whole year lies in the months from 2016-05 to 2017-03")
    );
}

#[test]
fn groups_are_published_in_every_form_and_those_by_worker_in_none() {
    let by = ["--breakdown", "sex,worker"];
    let json: Value =
        serde_json::from_str(&printed(&[&YEAR[..], &by, &["--format", "json"]].concat())).unwrap();
    let groups = json["groups"].as_array().unwrap();
    assert!(
        groups.iter().any(|group| group["value"] == "c")
            && groups.iter().any(|group| group["value"].is_f64())
    );
    assert!(groups.iter().all(|group| group["dimension"] == "sex"));
    let csv = printed(&[&YEAR[..], &by, &["--format", "csv"]].concat());
    assert_eq!(csv.lines().count(), 1 + json["results"].as_array().unwrap().len() + groups.len());
    assert!(!csv.contains(",worker,"));
    let table = printed(&[&YEAR[..], &by].concat());
    assert!(table.contains("By sex") && !table.contains("By worker"), "{table}");
    assert!(table.contains("not published") && table.contains("the breakdown by worker"), "{table}");
}
