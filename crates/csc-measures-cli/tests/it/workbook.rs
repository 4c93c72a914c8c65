//! The program where it writes workbooks.

use std::fs;
use std::io::Cursor;
use std::process::Output;

use calamine::{Reader, Xlsx};
use csc_measures::Options;
use csc_measures_files::read_folder;
use csc_measures_workbook::{WorkbookOptions, due_workbook, published_workbook, workbook};

use crate::{SAMPLE, program};

const QUARTER: [&str; 6] = ["--data", SAMPLE, "--from", "2017-01", "--to", "2017-03"];

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// Writes a file, which must go well and say nothing, and gives it back.
fn writes(arguments: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("written");
    let output = program().args(arguments).arg("--out").arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    fs::read(file).unwrap()
}

fn sheets(bytes: Vec<u8>) -> Vec<String> {
    Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names()
}

#[test]
fn it_is_the_workbook_of_the_library() {
    let dataset = read_folder(SAMPLE).unwrap();
    let (january, march) = ("2017-01".parse().unwrap(), "2017-03".parse().unwrap());
    let card = dataset.scorecard(january, march, &Options::default()).unwrap();
    let mut options = WorkbookOptions::default();
    let expected = workbook(&card, &options).unwrap();
    let format = ["--format", "xlsx"];
    assert!(writes(&[&["scorecard"], &QUARTER[..], &format].concat()) == expected);
    assert!(writes(&[&QUARTER[..], &format].concat()) == expected, "without naming `scorecard`");
    options.lists = false;
    assert!(
        writes(&[&QUARTER[..], &format, &["--without-lists"]].concat()) == workbook(&card, &options).unwrap()
    );
    let published = published_workbook(&card.published().unwrap(), &WorkbookOptions::default()).unwrap();
    assert!(writes(&[&["scorecard"], &QUARTER[..], &format, &["--publish"]].concat()) == published);
}

#[test]
fn the_workbook_of_what_is_due_is_that_of_the_library() {
    let dataset = read_folder(SAMPLE).unwrap();
    let day = "2017-03-29".parse().unwrap();
    let filter = serde_json::from_str(r#"{ "within": 10 }"#).unwrap();
    let list = dataset.due_list(day, &Options::default(), &filter).unwrap();
    let written =
        writes(&["due", "--data", SAMPLE, "--day", "2017-03-29", "--within", "10", "--format", "xlsx"]);
    assert!(written == due_workbook(&list, &WorkbookOptions::default()).unwrap());
    assert_eq!(
        sheets(writes(&["due", "--format", "xlsx", "--without-lists"])),
        ["About", "Due by team"],
        "of the sample authority"
    );
}

#[test]
fn any_result_goes_to_a_file_if_one_is_named() {
    for arguments in [
        [&QUARTER[..], &["--format", "json"]].concat(),
        [&["scorecard"], &QUARTER[..]].concat(),
        vec!["due", "--data", SAMPLE, "--day", "2017-03-31", "--format", "html"],
    ] {
        assert_eq!(
            String::from_utf8(writes(&arguments)).unwrap(),
            String::from_utf8(run(&arguments).stdout).unwrap()
        );
    }
}

#[test]
fn what_cannot_be_written_is_said_in_a_line_and_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept.xlsx");
    fs::write(&kept, "as it was").unwrap();
    let (kept_name, nowhere) =
        (kept.display().to_string(), folder.path().join("no/x.xlsx").display().to_string());
    let xlsx = ["--format", "xlsx"];
    for (arguments, expected) in [
        (
            [&QUARTER[..], &xlsx].concat(),
            "--format xlsx needs a file to write, such as --out measures.xlsx".to_owned(),
        ),
        (["due", "--format", "xlsx"].to_vec(), "--format xlsx needs a file to write".to_owned()),
        (
            [&xlsx[..], &["--out", &kept_name, "--data", SAMPLE, "--explain", "O3.M4", "--month", "2017-03"]]
                .concat(),
            "--format xlsx is of a scorecard".to_owned(),
        ),
        (
            [&["scorecard"], &QUARTER[..], &["--without-lists"]].concat(),
            "--without-lists is of a workbook".to_owned(),
        ),
        (["due", "--data", SAMPLE].to_vec(), "due: --data needs a day, such as --day 2017-03-31".to_owned()),
        (["due", "--team", "Nowhere", "--out", &kept_name].to_vec(), "unknown team `Nowhere`".to_owned()),
        (
            [&QUARTER[..], &xlsx, &["--out", &nowhere]].concat(),
            format!("cannot write `{nowhere}`: its folder does not exist"),
        ),
    ] {
        let output = run(&arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(&expected), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
    assert_eq!(fs::read_to_string(&kept).unwrap(), "as it was");
}
