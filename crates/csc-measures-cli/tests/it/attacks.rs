//! What somebody could do to the program by the files that it reads and writes.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::{SAMPLE, program};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A child protection plan of a child whose ids would be formulas, and of one whose id moves the cursor.
fn formulas() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "cp_plans.csv",
        "cp_plan_id,person_id,start_date\n\"=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\",@P1,2016-01-04\n\
         -2+3,+1+1,2016-01-04\nCP3,\u{1b}[2JP3,2016-01-04\n",
    );
    write("cp_visits.csv", "cp_visit_id,person_id,date,seen\n");
    write("workers.csv", "worker_id,team,start_date\nW1,=1+1|x,2010-01-01\n");
    write(
        "involvements.csv",
        "involvement_id,worker_id,person_id,role,start_date,end_date\n\
         I1,W1,+1+1,Allocated Case Worker,2010-01-01,\n",
    );
    folder
}

fn asked(folder: &Path, arguments: &[&str]) -> String {
    let output = program().arg("--data").arg(folder).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn texts_that_a_spreadsheet_would_run_have_a_quote_before_them() {
    let folder = formulas();
    let due = ["--due", "2017-03-31", "--format", "csv"];
    let explain = ["--explain", "O3.M4", "--month", "2017-03", "--format", "csv"];
    let change = ["--change", "O3.M4", "--from", "2016-01", "--to", "2017-03", "--format", "csv"];
    for arguments in [&due[..], &explain[..], &change[..]] {
        let guarded = asked(folder.path(), arguments);
        let mut raw = arguments.to_vec();
        raw.push("--raw-csv");
        let raw = asked(folder.path(), &raw);
        let fields = |text: &str| {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            records
                .iter()
                .flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        };
        let (guarded, raw) = (fields(&guarded), fields(&raw));
        assert!(raw.iter().any(|field| field == "@P1"), "{arguments:?}: {raw:?}");
        assert_eq!(guarded.len(), raw.len());
        for (guarded, raw) in guarded.iter().zip(&raw) {
            // A number below zero is a number.
            let is_formula = raw.starts_with(['=', '+', '-', '@']) && raw.parse::<f64>().is_err();
            let expected = if is_formula { format!("'{raw}") } else { raw.clone() };
            assert_eq!(*guarded, expected, "{arguments:?}");
        }
    }
}

#[test]
fn control_characters_are_shown_escaped() {
    let folder = formulas();
    for arguments in [&["--due", "2017-03-31"][..], &["--explain", "O3.M4", "--month", "2017-03"][..]] {
        let shown = asked(folder.path(), arguments);
        assert!(!shown.contains('\u{1b}') && shown.contains("\\u{1b}[2JP3"), "{shown}");
    }
    for arguments in [&["--plan", "\u{1b}[2J"][..], &["--policy", "\u{1b}[2J"][..], &["\u{1b}[2J"][..]] {
        let output = program().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(!said(&output).contains('\u{1b}'), "{}", said(&output));
    }
}

#[test]
fn small_files_are_small_and_files() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.json");
    fs::write(&large, vec![b' '; (16 << 20) + 1]).unwrap();
    for option in ["--policy", "--targets", "--closures", "--plan"] {
        let output = program().arg(option).arg(&large).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(
            said(&output).ends_with("it is larger than 16 MiB, which no such file is\n"),
            "{}",
            said(&output)
        );
        let output = program().arg(option).arg(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).ends_with("it is not a file\n"), "{}", said(&output));
    }
    #[cfg(unix)]
    for device in ["/dev/zero", "/dev/stdin"] {
        let output = program().args(["--policy", device]).stdin(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).ends_with("it is not a file\n"), "{}", said(&output));
    }
}

#[test]
fn closures_of_most_of_a_year_are_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("closures.json");
    let days = |days: usize| {
        let first = "2017-01-01".parse::<chrono::NaiveDate>().unwrap();
        let dates: Vec<String> = first.iter_days().take(days).map(|day| day.to_string()).collect();
        fs::write(&file, serde_json::to_string(&dates).unwrap()).unwrap();
        let mut command = program();
        command.args([
            "--data",
            SAMPLE,
            "--from",
            "2017-03",
            "--to",
            "2017-03",
            "--format",
            "csv",
            "--closures",
        ]);
        let output = command.arg(&file).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        (said(&output), String::from_utf8(output.stdout).unwrap())
    };
    let (told, results) = days(250);
    let expected =
        format!("csc-measures: `{}` closes more than half of the working days of 2017\n", file.display());
    assert!(told.contains(&expected), "{told}");
    assert!(results.contains("closed:2017"), "{results}");
    let (told, results) = days(20);
    assert!(!told.contains("closes more than half") && !results.contains("closed:"), "{told}");
}

#[test]
fn the_memory_limit_is_a_size() {
    let with = |limit: &str| {
        let mut command = program();
        command.args(["--data", SAMPLE, "--from", "2017-03", "--to", "2017-03", "--memory-limit", limit]);
        command.output().unwrap()
    };
    let output = with("1KiB");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("take more than 1024 bytes of memory"), "{}", said(&output));
    assert_eq!(with("1GiB").status.code(), Some(0));
    assert!(said(&with("much")).contains("expected a number of bytes, KiB, MiB or GiB"));
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_an_exit_status() {
    for arguments in [
        &["--help"][..],
        &["--version"][..],
        &["check", "--help"][..],
        &["plan", "all-measures"][..],
        &["completions", "zsh"][..],
        &[][..],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = program().args(arguments).stdout(full).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            said(&output).starts_with("csc-measures: cannot write the output: "),
            "{arguments:?}: {}",
            said(&output)
        );
        // Whoever was to read it is gone.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = program().args(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()), "{arguments:?}");
    }
}
