//! The check of the data as it is run.

use std::fs;
use std::path::Path;

use csc_measures::Options;
use csc_measures::quality::QualityDays;
use serde_json::Value;

use crate::common::{one, plain};
use crate::{SAMPLE, program};

/// What a check prints that ends well.
fn prints(folder: &Path, arguments: &[&str]) -> String {
    let output = program().arg("check").arg("--data").arg(folder).args(arguments).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn json_is_the_report_as_it_serialises() {
    let folder = plain();
    let dataset = csc_measures_files::read_folder(folder.path()).unwrap();
    let quality = dataset.quality(&QualityDays::default(), &Options::default()).unwrap();
    let expected = serde_json::to_string_pretty(&quality).unwrap() + "\n";
    assert_eq!(prints(folder.path(), &["--format", "json"]), expected);
}

#[test]
fn the_months_and_the_day_are_those_that_are_asked_for() {
    let folder = plain();
    let arguments = ["--from", "2017-01", "--to", "2017-02", "--day", "2017-04-01", "--format", "json"];
    let report: Value = serde_json::from_str(&prints(folder.path(), &arguments)).unwrap();
    assert_eq!(
        (&report["from"], &report["to"], &report["as_at"]),
        (&"2017-01".into(), &"2017-02".into(), &"2017-04-01".into())
    );
}

#[test]
fn the_table_names_every_table_column_and_kind_of_issue() {
    let text = prints(plain().path(), &[]);
    assert!(text.starts_with("Quality of the data as at 2017-03-27\n"), "{text}");
    for line in [
        "11 tables, 32 rows, 4 of them left out",
        "persons, 4 rows",
        "cp_plans.end_date: end_before_start",
        "`date_of_birth` is not a date; treated as missing",
        "1 row, 1 of nobody who is known, the first row 7",
        "touches no case of these months that is known",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // P4, whose date of birth cannot be read, has a plan: one of three at the end of March.
    let touched = text.lines().find(|line| line.trim_start().starts_with("O3.M4 ")).unwrap();
    assert!(touched.contains("1 of"), "{touched}");
}

#[test]
fn the_sample_authority_is_checked_if_nothing_else_is_named() {
    let output = program().arg("check").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("Quality of the data as at 2020-03-31\n"), "{text}");
    assert!(text.contains("2019-04 to 2020-03"), "{text}");
    assert!(Path::new(SAMPLE).is_dir());
}

#[test]
fn the_page_stands_alone_and_escapes_what_comes_from_data() {
    let folder = plain();
    let evil = "complaint_id,received_date,<script>alert(1)</script>\nC1,soon,\n";
    fs::write(folder.path().join("complaints.csv"), evil).unwrap();
    let page = prints(folder.path(), &["--format", "html"]);
    assert!(page.starts_with("<!DOCTYPE html>\n") && page.ends_with("</html>\n"));
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
    for outside in ["http:", "https:", "src=", "href=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    for tag in ["table", "thead", "tbody", "tr", "td", "th", "details", "summary", "p", "h2", "h3", "div"] {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let opened = page.matches(&open).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&close).count(), "{tag}");
    }
    assert!(page.contains("cp_plans.end_date: end_before_start"));
}

#[test]
fn what_cannot_be_checked_is_one_line() {
    let refuses = |arguments: &[&str]| {
        let output = program().arg("check").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    let folder = one("compliments.csv", "compliment_id,received_date\nC1,2017-03-02\n");
    let path = folder.path().to_str().unwrap();
    let message = refuses(&["--data", path, "--from", "2017-03", "--to", "2017-01"]);
    assert_eq!(message, "csc-measures: the run of months ends before it begins: 2017-03 to 2017-01\n");
    assert!(refuses(&["--data", path, "--publish"]).contains("--publish"));
    assert!(refuses(&["--data", path, "--format", "csv"]).contains("csv"));
}
