//! Two extracts of the same months compared.

use std::fs;
use std::path::Path;

use csc_measures::Options;
use serde_json::Value;

use crate::common::plain;
use crate::program;

/// What a comparison prints, or says if it fails.
fn compared(before: &Path, now: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut program = program();
    program.arg("--data").arg(now).arg("--compare").arg(before);
    let output = program.args(["--from", "2017-01", "--to", "2017-03"]).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// The same folder a month later: a visit was recorded late.
fn later(visit: &str) -> tempfile::TempDir {
    let folder = plain();
    let path = folder.path().join("cp_visits.csv");
    let visits = fs::read_to_string(&path).unwrap();
    fs::write(&path, visits.trim_end().to_owned() + "\n" + visit + "\n").unwrap();
    folder
}

#[test]
fn what_differs_is_what_the_library_says() {
    let (before, now) = (plain(), later("V99,P3,2017-03-20,Y,Y"));
    let card = |folder: &Path| {
        let data = csc_measures_files::read_folder(folder).unwrap();
        data.scorecard("2017-01".parse().unwrap(), "2017-03".parse().unwrap(), &Options::default()).unwrap()
    };
    let changes = card(before.path()).compare(&card(now.path())).unwrap();
    assert!(!changes.is_empty());
    let (code, json, _) = compared(before.path(), now.path(), &["--format", "json"]);
    assert_eq!(code, Some(0));
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), serde_json::to_value(&changes).unwrap());

    let (_, csv, _) = compared(before.path(), now.path(), &["--format", "csv"]);
    let cases: usize = changes.iter().map(|change| change.cases.len()).sum();
    assert_eq!(csv.lines().count(), cases + 1, "{csv}");

    let (_, table, _) = compared(before.path(), now.path(), &[]);
    assert!(table.lines().next().unwrap().contains("from the data before"), "{table}");
    for change in &changes {
        assert!(table.contains(&format!("{}  ", change.measure)), "{table}");
    }
    for word in ["before", "now", "March 2017"] {
        assert!(table.contains(word), "{word}: {table}");
    }
}

#[test]
fn nothing_differs_from_itself() {
    let folder = plain();
    let (code, table, _) = compared(folder.path(), folder.path(), &[]);
    assert_eq!((code, table.starts_with("0 of ")), (Some(0), true), "{table}");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let folder = plain();
    let gone = folder.path().join("gone");
    let (code, _, errors) = compared(&gone, folder.path(), &[]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("gone"), "{errors}");
    let output = program().arg("--compare").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
