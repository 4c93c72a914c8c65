//! The program as it is run: what it prints, and how it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::common::{card_of, one, plain};
use crate::{SAMPLE, program};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program().arg("--data").arg(folder).args(arguments).output().unwrap()
}

/// What a run prints that ends well.
fn prints(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a run says that ends with status 2: one line besides what it says of the tables, and nothing on standard output.
fn refuses(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).unwrap();
    let (last, before) =
        message.lines().collect::<Vec<_>>().split_last().map(|(a, b)| (*a, b.to_vec())).unwrap();
    assert!(before.iter().all(|line| line.starts_with("csc-measures: table `")), "{message}");
    last.strip_prefix("csc-measures: ").unwrap().to_owned()
}

fn refusal(folder: &Path, arguments: &[&str]) -> String {
    refuses(program().arg("--data").arg(folder).args(arguments))
}

const RUN: [&str; 4] = ["--from", "2016-10", "--to", "2017-03"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    RUN.iter().copied().chain(more.iter().copied()).collect()
}

#[test]
fn json_is_the_scorecard_as_it_serialises() {
    let folder = plain();
    assert_eq!(prints(folder.path(), &with(&["--format", "json"])), card_of(folder.path()) + "\n");
}

#[test]
fn sections_come_into_the_json_when_asked_for() {
    let folder = plain();
    let sections = |by| {
        let text = prints(folder.path(), &with(&["--format", "json", "--by", by]));
        let mut card: Value = serde_json::from_str(&text).unwrap();
        let sections = card.as_object_mut().unwrap().remove("sections").unwrap();
        assert_eq!(card, serde_json::from_str::<Value>(&card_of(folder.path())).unwrap());
        sections
    };
    let outcomes = sections("outcome");
    assert_eq!(outcomes.as_array().unwrap().len(), 8);
    assert_eq!(outcomes[3]["id"], "O4");
    assert_eq!(outcomes[3]["measures"], serde_json::json!(["O4.M1", "O4.M2", "O4.M3", "O4.M4", "O4.M5"]));
    let recommendations = sections("recommendation");
    assert_eq!(recommendations.as_array().unwrap().len(), 14);
    // health assessments are recommended and not measured
    assert_eq!(recommendations[9]["id"], "R10");
    assert_eq!(recommendations[9]["unmeasured"], true);
    assert_eq!(recommendations[9]["measures"], serde_json::json!([]));
    assert_eq!(recommendations[1]["unmeasured"], false);
    assert_eq!(recommendations[1]["measures"][0], "O1.M1");
}

#[test]
fn csv_has_a_row_a_result() {
    let folder = plain();
    let card: Value = serde_json::from_str(&card_of(folder.path())).unwrap();
    let text = prints(folder.path(), &with(&["--format", "csv"]));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let results = card["results"].as_array().unwrap();
    assert_eq!(rows.len(), results.len());
    for (row, result) in rows.iter().zip(results) {
        for (name, field) in header.iter().zip(row) {
            let expected = match name {
                "title" => continue,
                "from" | "to" => &result["period"][name],
                "warnings" | "missing_tables" => {
                    let list: Vec<&str> =
                        result[name].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
                    assert_eq!(field, list.join(";"));
                    continue;
                }
                "definition" => &card["definitions"]["measures"][&row[0]],
                _ if result.get(name).is_some() => &result[name],
                _ if result["status"] == "not_supplied" || name == "all_met" => &Value::Null,
                _ => {
                    let count = result["outcomes"].get(name).cloned().unwrap_or(0.into());
                    assert_eq!(field, count.to_string(), "{name}");
                    continue;
                }
            };
            match expected {
                Value::Null => assert_eq!(field, "", "{name}"),
                Value::String(text) => assert_eq!(field, text, "{name}"),
                Value::Number(number) => {
                    assert_eq!(field.parse::<f64>().ok(), number.as_f64(), "{name}");
                }
                other => assert_eq!(field, other.to_string(), "{name}"),
            }
        }
    }
}

#[test]
fn the_table_says_what_it_stands_on() {
    let folder = plain();
    fs::write(folder.path().join("cp_review.csv"), "").unwrap();
    let beside = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = beside.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let targets = file("targets.json", r#"{"O3.M4": {"better": "higher", "target": 90, "tolerance": 5}}"#);
    let policy = file("policy.json", r#"{"cp_visit_working_days": 10, "calendar": "scotland"}"#);
    let closures = file("closures.json", r#"["2016-12-28", "2016-12-29"]"#);
    let text =
        prints(folder.path(), &with(&["--targets", &targets, "--policy", &policy, "--closures", &closures]));
    for expected in [
        "March 2017, with the trend since October 2016: percentages from 0 to 100, others from 0 to their highest",
        "O3.M4  % of CP children seen within",
        "■ red",
        "target 90 or more",
        "no data: needs rag_ratings",
        "2016-10 to 2017-03",
        "worcestershire-2017, edition 2: O1.M1 version 2, O1.M2 version 2, O1.M3 version 2,",
        "scotland, with 2 closures of",
        "calendar = scotland, cp_visit_working_days = 10",
        "persons 4, referrals 2, assessments 3",
        "cp_plans 6 (2 out)",
        "6: missing_required 1, bad_date 2, duplicate_id 1, end_before_start 1, dangling_reference 1",
        "unknown table `cp_review`, did you mean `cp_reviews`?",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    // no colours where nobody sees them, and no line too long
    assert!(!text.contains('\u{1b}'));
    for line in text.lines() {
        assert!(line.chars().count() <= 110 || line.contains(".json"), "{line}");
    }
    let by = prints(folder.path(), &with(&["--by", "recommendation"]));
    assert!(by.contains("R10    Improve the timeliness of health assessments"), "{by}");
    assert!(by.contains("       No measure of the plan covers health assessments."), "{by}");
}

#[test]
fn a_case_list_adds_up_to_its_figure() {
    let folder = plain();
    let ask = ["--explain", "O3.M4", "--month", "2017-03"];
    let text = prints(folder.path(), &[&ask[..], &["--format", "json"]].concat());
    let explanation: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(explanation["measure"], "O3.M4");
    assert_eq!(explanation["month"], "2017-03");
    assert_eq!(explanation["definition"], 1);
    let cases = explanation["cases"].as_array().unwrap();
    let card: Value = serde_json::from_str(&card_of(folder.path())).unwrap();
    let results = card["results"].as_array().unwrap();
    let result = results.iter().rfind(|result| result["measure"] == "O3.M4").unwrap();
    let sum: i64 = cases.iter().filter_map(|case| case["numerator"].as_i64()).sum();
    assert_eq!(result["numerator"], sum);

    let csv = prints(folder.path(), &[&ask[..], &["--format", "csv"]].concat());
    assert_eq!(csv.lines().count(), cases.len() + 1);
    assert!(
        csv.starts_with("measure,month,subject,record,outcome,reason,anchor,due,done,elapsed,rag,"),
        "{csv}"
    );
    let definitions: Vec<&str> = csv.lines().filter_map(|line| line.rsplit(',').next()).collect();
    assert_eq!(definitions[0], "definition");
    assert!(definitions[1..].iter().all(|version| *version == "1"), "{csv}");

    let table = prints(folder.path(), &ask);
    assert!(table.contains("P1       CP1"), "{table}");
    assert!(table.contains("version 1\n"), "{table}");
    let none = prints(folder.path(), &["--explain", "O6.M3", "--month", "2017-02"]);
    assert!(none.contains("worked out for the month that ends a quarter"), "{none}");
}

#[test]
fn the_policies_change_the_cases_too() {
    let folder = plain();
    let policy = folder.path().join("policy.json");
    fs::write(&policy, r#"{"cp_visit_working_days": 5}"#).unwrap();
    let ask = ["--explain", "O3.M4", "--month", "2017-03", "--format", "json"];
    let changed = prints(folder.path(), &[&ask[..], &["--policy", policy.to_str().unwrap()]].concat());
    assert_ne!(changed, prints(folder.path(), &ask));
}

#[test]
fn uk_dates_are_read_when_told() {
    let folder = one("compliments.csv", "compliment_id,received_date\n1,01/03/2017\n");
    let run = ["--from", "2017-03", "--to", "2017-03", "--format", "json", "--dates"];
    for (dates, value) in [
        (&["uk"][..], Value::from(1)),
        (&["compliments=uk"], Value::from(1)),
        (&["cp_visits=iso", "--dates", "compliments=uk"], Value::from(1)),
        (&["cp_visits=iso,*=uk"], Value::from(1)),
        // Of the one row none is used, which is not the same as none.
        (&["cp_visits=uk"], Value::Null),
        (&["iso"], Value::Null),
    ] {
        let arguments = [&run[..], dates].concat();
        let card: Value = serde_json::from_str(&prints(folder.path(), &arguments)).unwrap();
        let results = card["results"].as_array().unwrap();
        let found = results.iter().find(|result| result["measure"] == "O4.M4").unwrap();
        assert_eq!(found["value"], value, "{dates:?}");
    }
    let refused = |dates| refusal(folder.path(), &[&RUN[..], &["--dates", dates]].concat());
    assert_eq!(refused("us"), "--dates: unknown form of dates `us`, did you mean `uk`?");
    assert_eq!(refused("complaint=uk"), "--dates: unknown table `complaint`, did you mean `complaints`?");
}

#[test]
fn data_that_cannot_be_used_are_told_in_one_line() {
    let folder = plain();
    let missing = folder.path().join("nowhere");
    assert_eq!(
        refusal(&missing, &RUN),
        format!("cannot read folder `{}`: it does not exist", missing.display())
    );
    fs::write(folder.path().join("ssd_cp_plans.csv"), "").unwrap();
    assert_eq!(
        refusal(folder.path(), &RUN),
        "table `cp_plans` is supplied twice: by `cp_plans.csv` and by `ssd_cp_plans.csv`"
    );
    let folder = one("cp_plans.csv", "cp_plan_id,person_id\n1,1\n");
    assert_eq!(
        refusal(folder.path(), &RUN),
        "`cp_plans.csv`: table `cp_plans` has no column `start_date`, which it needs"
    );
    let folder = one("cp_plans.parquet", "PAR1 and no more");
    assert!(refusal(folder.path(), &RUN).starts_with("cannot read `cp_plans.parquet` as Parquet: "));
}

#[test]
fn a_slip_in_a_file_beside_the_tables_names_file_and_key() {
    let folder = plain();
    let path = folder.path().join("slip.json");
    let shown = path.display().to_string();
    for (option, text, expected) in [
        ("--policy", r#"{"review_mod": "held"}"#, "did you mean `review_mode`?"),
        ("--policy", r#"{"review_mode": "hold"}"#, "did you mean `held`?"),
        ("--targets", r#"{"O3.M44": {"better": "higher", "target": 1}}"#, "unknown measure `O3.M44`"),
        (
            "--targets",
            r#"{"O3.M4": {"better": "higher"}}"#,
            "target of `O3.M4`: `better` is `higher`, which needs `target`",
        ),
        ("--closures", r#"["2016-12-32"]"#, "`2016-12-32` is not a date"),
        ("--closures", r#"["1066-10-14"]"#, "1066-10-14"),
        ("--policy", "{", "EOF"),
    ] {
        fs::write(&path, text).unwrap();
        let message = refusal(folder.path(), &with(&[option, &shown]));
        assert!(message.starts_with(&format!("`{shown}`: ")), "{message}");
        assert!(message.contains(expected), "{message}");
    }
    let message = refusal(folder.path(), &with(&["--policy", "nowhere.json"]));
    assert_eq!(message, "cannot read `nowhere.json`: it does not exist");
}

#[test]
fn a_command_line_that_makes_no_sense_is_told_in_one_line() {
    let folder = plain();
    for (arguments, expected) in [
        (&[][..], "--data needs a run of months"),
        (&["--from", "2017-03"][..], "--data needs a run of months"),
        (&["--from", "2017-03", "--to", "2017-02"][..], "the run of months ends before it begins"),
        (&["--from", "2017-3", "--to", "2017-03"][..], "`2017-3` is not a month; write it as `2017-03`"),
        (&["--explain", "O3.M4"][..], "--explain needs a month"),
        (&["--team", "North", "--from", "2017-03", "--to", "2017-03"][..], "give --due or --explain"),
        (
            &["--explain", "O3.M4", "--month", "2017-03", "--outcome", "overdu"][..],
            "unknown outcome `overdu`",
        ),
        (&["--explain", "O9.M1", "--month", "2017-03"][..], "unknown measure `O9.M1`"),
        (&["--by", "team"][..], "[possible values: outcome, recommendation]"),
        (&["--nonsense"][..], "--nonsense"),
    ] {
        let message = refusal(folder.path(), arguments);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = plain();
    for format in ["table", "json", "csv"] {
        let mut child = program()
            .arg("--data")
            .arg(folder.path())
            .args(["--from", "1995-01", "--to", "2017-03", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.lines().all(|line| line.starts_with("csc-measures: table `")), "{said}");
    }
}

#[test]
fn a_folder_without_tables_is_told_with_the_names_that_are_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &with(&["--format", "json"]));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        format!(
            "csc-measures: no table was found in `{}`: expected files with names such as `persons.csv`, \
             `cp_plans.parquet` or `ssd_cp_plans.csv`\n",
            folder.path().display()
        )
    );
    let card: Value = serde_json::from_slice(&output.stdout).unwrap();
    let results = card["results"].as_array().unwrap();
    assert!(results.iter().all(|result| result["status"] == "not_supplied"));
}

#[test]
fn files_beside_the_tables_are_told_below_them() {
    let folder = plain();
    fs::write(folder.path().join("cp_plan.csv"), "x").unwrap();
    fs::write(folder.path().join("about.txt"), "x").unwrap();
    let text = prints(folder.path(), &RUN);
    let line = text.lines().find(|line| line.starts_with("not read")).unwrap();
    assert!(line.contains("`cp_plan.csv` (unknown table `cp_plan`, did you mean `cp_plans`?)"), "{line}");
    assert!(text.contains("`about.txt`"), "{text}");
}

#[test]
fn without_arguments_it_reads_the_sample_authority() {
    if !Path::new(SAMPLE).join("about.json").exists() {
        return;
    }
    let output = program().output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("the sample authority"), "{text}");
    let about: Value =
        serde_json::from_slice(&fs::read(Path::new(SAMPLE).join("about.json")).unwrap()).unwrap();
    let months = text.lines().find(|line| line.starts_with("months")).unwrap();
    assert!(months.ends_with(about["to"].as_str().unwrap()), "{months}");
}

#[test]
fn a_column_that_is_nearly_known_is_named_on_standard_error() {
    let folder = one("complaints.tsv", "Complaint ID\tReceived-Date\tstaje\n1\t2017-03-01\t2\n");
    let asked = with(&["--format", "json"]);
    let near_miss = "csc-measures: table `complaints`: column `staje` is not read, did you mean `stage`?\n";
    for arguments in [&asked, &with(&[]), &with(&["--unknown-columns", "warn"])] {
        let output = run(folder.path(), arguments);
        assert_eq!(String::from_utf8(output.stderr).unwrap(), near_miss);
        assert_eq!(output.status.code(), Some(0));
    }
    assert!(run(folder.path(), &with(&["--unknown-columns", "ignore"])).stderr.is_empty());
    assert_eq!(
        refusal(folder.path(), &with(&["--unknown-columns", "error"])),
        "`complaints.tsv`: table `complaints` has columns that are not known: `staje` (did you mean `stage`?)"
    );
    let names = one("names.json", r#"{"complaints": {"Staje": "stage"}}"#);
    let names = names.path().join("names.json");
    let named = run(folder.path(), &with(&["--columns", names.to_str().unwrap(), "--format", "json"]));
    assert!(named.stderr.is_empty());
    // the complaint came in at Stage Two
    assert_ne!(named.stdout, run(folder.path(), &asked).stdout);
    let wrong = one("names.json", r#"{"complaints": {"Staje": "stag"}}"#);
    let wrong = wrong.path().join("names.json");
    let message = refusal(folder.path(), &with(&["--columns", wrong.to_str().unwrap()]));
    assert!(
        message.contains("names.json`: table `complaints` has no column `stag`, did you mean `stage`?"),
        "{message}"
    );
}

#[test]
fn a_quiet_run_writes_no_note_and_says_the_same() {
    let folder = plain();
    let path = folder.path().join("complaints.csv");
    fs::write(&path, "complaint_id,received_date,staje\nC1,2017-03-01,1\n").unwrap();
    let ask = with(&["--format", "json"]);
    let loud = run(folder.path(), &ask);
    let notes = String::from_utf8(loud.stderr).unwrap();
    assert!(notes.contains("column `staje` is not read, did you mean `stage`?"), "{notes}");
    let quiet = run(folder.path(), &[&ask[..], &["--quiet"]].concat());
    assert_eq!((quiet.status.code(), quiet.stderr.len()), (Some(0), 0));
    assert_eq!(quiet.stdout, loud.stdout);

    // what stops the run is said all the same
    let wrong = run(folder.path(), &with(&["--quiet", "--plan", "no-such-plan.json"]));
    assert_eq!(wrong.status.code(), Some(2));
    assert!(!wrong.stderr.is_empty());
}

#[test]
fn cases_that_nobody_can_tell_of_are_in_a_column() {
    let card: Value =
        serde_json::from_str(&prints(Path::new(crate::SAMPLE), &with(&["--format", "json"]))).unwrap();
    let results = card["results"].as_array().unwrap();
    let of_march = |id: &str| {
        let result = results.iter().rfind(|result| result["measure"] == id).unwrap();
        result["outcomes"].get("unknown").map_or(0, |unknown| unknown.as_u64().unwrap())
    };
    let text = prints(Path::new(crate::SAMPLE), &with(&[]));
    let heads = text.lines().find(|line| line.contains("unknown")).unwrap();
    let end = heads.find("unknown").unwrap() + "unknown".len();
    let mut with_unknown = 0;
    for line in
        text.lines().filter(|line| line.starts_with('O') && line.get(..7).is_some_and(|id| id.contains(".M")))
    {
        let id = line.split_whitespace().next().unwrap();
        let shown: String = line.chars().skip(end - "unknown".len()).take("unknown".len()).collect();
        let unknown = of_march(id);
        if line.contains("no data") || line.contains("no cases") {
            continue;
        }
        with_unknown += u64::from(unknown > 0);
        assert_eq!(shown.trim(), if unknown > 0 { unknown.to_string() } else { String::new() }, "{line}");
    }
    assert!(with_unknown > 2, "{with_unknown}");
}

#[test]
fn help_has_examples_and_says_what_the_exit_status_means() {
    for (flag, has_status) in [("-h", false), ("--help", true)] {
        let output = crate::program().arg(flag).output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(help.contains("\n  csc-measures --data DIR --explain O3.M4 --month 2017-03\n"), "{help}");
        assert_eq!(help.contains("Exit status:\n  0  "), has_status);
    }
}
