//! The program where it writes a report for a board.

use std::fs;
use std::process::Output;

use csc_measures::{Options, Scorecard, SectionBy};
use csc_measures_files::read_folder;
use csc_measures_report::{ReportOptions, html, published_html};

use crate::{SAMPLE, program};

fn run(arguments: &[&str]) -> Output {
    program().arg("report").args(arguments).output().unwrap()
}

/// Writes a report of the sample authority, which must go well and say nothing, and gives it back.
fn writes(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let output = program().arg("report").args(arguments).arg("--out").arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    fs::read_to_string(file).unwrap()
}

fn card(breakdown: &[&str]) -> Scorecard {
    let mut options = Options::default();
    options.breakdown = breakdown.iter().map(|dimension| (*dimension).to_owned()).collect();
    let dataset = read_folder(SAMPLE).unwrap();
    dataset.scorecard("2016-04".parse().unwrap(), "2017-03".parse().unwrap(), &options).unwrap()
}

const YEAR: [&str; 6] = ["--data", SAMPLE, "--from", "2016-04", "--to", "2017-03"];

#[test]
fn it_is_the_report_of_the_library() {
    let mut options = ReportOptions::default();
    options.authority = Some("Fenshire".to_owned());
    options.by = SectionBy::Recommendation;
    options.sources.push(("data".to_owned(), SAMPLE.to_owned()));
    let arguments =
        [&YEAR[..], &["--authority", "Fenshire", "--by", "recommendation", "--breakdown", "sex"]].concat();
    assert_eq!(writes(&arguments), html(&card(&["sex"]), &options).unwrap());
}

#[test]
fn what_is_published_says_nothing_of_the_files() {
    let mut options = ReportOptions::default();
    let published = card(&[]).published().unwrap();
    let arguments = [&YEAR[..], &["--publish"]].concat();
    assert_eq!(writes(&arguments), published_html(&published, &options).unwrap());

    // A breakdown by worker is left out, and that is said.
    options.sources.push(("not published".to_owned(), "the breakdown by worker".to_owned()));
    let published = card(&["worker"]).published().unwrap();
    let arguments = [&YEAR[..], &["--publish", "--breakdown", "worker"]].concat();
    assert_eq!(writes(&arguments), published_html(&published, &options).unwrap());
}

#[test]
fn without_data_it_is_of_the_sample_authority() {
    let page = writes(&[]);
    assert!(page.contains("the sample authority, which is made up"));
}

#[test]
fn charts_are_asked_for_as_elsewhere() {
    let page = writes(&[&YEAR[..], &["--rebase", "O3.M4=2016-07", "--baseline", "12"]].concat());
    assert!(page.contains("Internal: not for publication"));
    let output = run(&[&YEAR[..], &["--chart", "O3.M4=c", "--out", "report.html"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("chart of `O3.M4`: it cannot be `c`"));
}

#[test]
fn what_is_wrong_is_said_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = |path: std::path::PathBuf| path.display().to_string();
    let (nowhere, folder) =
        (text(folder.path().join("no").join("report.html")), text(folder.path().to_owned()));
    for (arguments, message) in [
        (&YEAR[..], "report needs a file to write, such as --out report.html".to_owned()),
        (
            &["--data", SAMPLE, "--out", "x.html"],
            "report: --data needs a run of months, such as --from 2015-04 --to 2017-03".to_owned(),
        ),
        (&["--out", &nowhere], format!("cannot write `{nowhere}`: its folder does not exist")),
        (&["--out", &folder], format!("cannot write `{folder}`: it is a folder")),
        (
            &["--plan", "all-measures", "--by", "recommendation", "--out", &nowhere],
            "the plan `all-measures` has no recommendations to put measures under".to_owned(),
        ),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(output.stdout.is_empty());
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("csc-measures: {message}\n"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let output = run(&["--out", "/dev/full"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.starts_with("csc-measures: cannot write `/dev/full`: No space left on device"),
        "{message}"
    );
}
