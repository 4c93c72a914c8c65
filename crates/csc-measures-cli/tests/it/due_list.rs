//! What is due, as the program lists it.

use std::process::Output;

use serde_json::Value;

use crate::{SAMPLE, program};

fn run(arguments: &[&str]) -> Output {
    let mut command = program();
    command.args(["--data", SAMPLE]).args(arguments).output().unwrap()
}

fn prints(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refusal(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

const AS_AT: [&str; 2] = ["--due", "2017-03-31"];

fn json(more: &[&str]) -> Value {
    let arguments: Vec<&str> = AS_AT.iter().chain(more).copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&prints(&arguments)).unwrap()
}

#[test]
fn the_list_narrows_with_each_filter() {
    let count = |more: &[&str]| json(more)["obligations"].as_array().unwrap().len();
    let all = count(&[]);
    let near = count(&["--within", "10"]);
    let red = count(&["--within", "10", "--rag", "red"]);
    let both = count(&["--within", "10", "--rag", "red,amber"]);
    let visits = count(&["--within", "10", "--clock", "cp_visit,cin_visit,cla_visit_local"]);
    assert!(all > near && near >= both && both > red && red > 0 && near > visits && visits > 0);
    let teams: std::collections::BTreeSet<String> = json(&[])["obligations"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["team"].as_str().map(str::to_owned))
        .collect();
    let of_teams: usize = teams.iter().map(|team| count(&["--team", team])).sum();
    assert!(of_teams > 0 && of_teams <= all);
}

#[test]
fn one_child_is_the_same_as_in_the_list() {
    let list = json(&[]);
    let first = &list["obligations"][0];
    let id = first["person"].as_str().unwrap();
    let child = json(&["--person", id]);
    assert_eq!(child["person"], id);
    assert_eq!(&child["obligations"][0], first);
    let page = prints(&[AS_AT[0], AS_AT[1], "--person", id]);
    assert!(page.starts_with(&format!("{id} as at 2017-03-31\n")), "{page}");
    assert!(page.contains(first["clock"].as_str().unwrap()));
}

#[test]
fn table_and_csv_list_what_the_json_lists() {
    let list = json(&["--within", "10"]);
    let obligations = list["obligations"].as_array().unwrap();
    let text = prints(&[AS_AT[0], AS_AT[1], "--within", "10", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), obligations.len());
    for (row, one) in rows.iter().zip(obligations) {
        for (name, field) in header.iter().zip(row) {
            let told = match name {
                "definition" => &list["definitions"]["measures"][one["measure"].as_str().unwrap()],
                _ => &one[name],
            };
            let expected = match told {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(field, expected, "{name}");
        }
    }
    let page = prints(&[AS_AT[0], AS_AT[1], "--within", "10"]);
    assert!(page.starts_with("Due as at 2017-03-31, overdue or due within 10 working days\n"), "{page}");
    for one in obligations {
        assert!(page.contains(one["person"].as_str().unwrap()));
    }
}

#[test]
fn what_cannot_be_asked_is_refused_in_a_line() {
    for (arguments, expected) in [
        (vec!["--due", "2017-02-30"], "2017-02-30"),
        (vec!["--due", "2017-03-31", "--clock", "cp_visits"], "did you mean `cp_visit`?"),
        (
            vec!["--due", "2017-03-31", "--clock", "core_group"],
            "`core_group` cannot be listed: no input table holds its dates",
        ),
        (vec!["--due", "2017-03-31", "--person", "nobody"], "person `nobody` is in none of the tables"),
        (vec!["--due", "2017-03-31", "--rag", "blue"], "red, amber or green"),
        (vec!["--due", "2017-03-31", "--from", "2017-01"], "cannot be used with"),
        (vec!["--within", "10"], "--due"),
    ] {
        let message = refusal(&arguments);
        assert!(message.contains(expected), "{arguments:?}: {message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}
