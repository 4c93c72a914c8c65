//! The signals that the program writes.

use std::path::Path;
use std::process::Output;

use csc_measures::{Dataset, Options};
use csc_measures_files::read_folder;
use serde_json::Value;

use crate::{SAMPLE, program};

const YEARS: [&str; 5] = ["--from", "2016-04", "--to", "2019-03", "--signals"];

fn run(arguments: &[&str]) -> Output {
    program().args(["--data", SAMPLE]).args(YEARS).args(arguments).output().unwrap()
}

fn prints(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refusal(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

fn sample() -> Dataset {
    read_folder(Path::new(SAMPLE)).unwrap()
}

#[test]
fn the_json_has_the_signals_that_the_library_makes() {
    let asked = ["--chart", "O3.M4=xmr,O1.M1=level", "--baseline", "O1.M1=24", "--rebase", "O3.M4=2017-04"];
    let text = prints(&[&asked[..], &["--format", "json"]].concat());
    let card: Value = serde_json::from_str(&text).unwrap();
    let options: Options = serde_json::from_str(
        r#"{"signals": true, "chart": {"O3.M4": "xmr", "O1.M1": "level"}, "baseline": {"O1.M1": 24},
            "rebase": {"O3.M4": ["2017-04"]}}"#,
    )
    .unwrap();
    let (from, to) = ("2016-04".parse().unwrap(), "2019-03".parse().unwrap());
    let expected = sample().scorecard(from, to, &options).unwrap().signals();
    assert_eq!(card["signals"], serde_json::to_value(expected).unwrap());
    assert_eq!(card["signals"][0]["chart"], "level");

    let published = prints(&["--format", "json", "--publish"]);
    let published: Value = serde_json::from_str(&published).unwrap();
    assert!(published["signals"].as_array().unwrap().len() < card["signals"].as_array().unwrap().len());
}

#[test]
fn the_table_says_what_changed_and_why_a_measure_has_no_chart() {
    let text = prints(&["--baseline", "24", "--rebase", "O3.M6=2017-04"]);
    let (_, signals) = text.split_once("\nSignals\n").unwrap();
    for expected in [
        "value  chart    centre",
        "improved",
        "no signal",
        "a run above the centre in 2018-01 to 2019-03",
        "starts anew in 2017-04",
        "O1.M1, O1.M2, O1.M3, O1.M4, O1.M5,",
        "no chart of fewer than 12 values",
        "nobody need explain it",
    ] {
        assert!(signals.contains(expected), "{expected}\n{signals}");
    }
    for line in signals.lines() {
        assert!(line.chars().count() <= 110, "{line}");
    }
    assert!(!prints(&["--publish"]).is_empty());
}

#[test]
fn csv_has_what_the_chart_says_of_each_month() {
    let text = prints(&["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert!(header.ends_with(&["chart", "centre", "low", "high", "marks", "variation"].map(str::to_owned)));
    let of = |row: &csv::StringRecord, name: &str| {
        row[header.iter().position(|other| other == name).unwrap()].to_owned()
    };
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let visits = rows.iter().filter(|row| of(row, "measure") == "O3.M4");
    assert!(visits.clone().all(|row| of(row, "chart") == "p_prime" && !of(row, "centre").is_empty()));
    assert!(visits.clone().any(|row| of(row, "variation") == "improvement" && !of(row, "marks").is_empty()));
    assert!(
        rows.iter().filter(|row| of(row, "measure") == "O3.M1").all(|row| of(row, "variation").is_empty())
    );
}

#[test]
fn slips_in_what_is_asked_are_told_in_a_line() {
    for (arguments, expected) in [
        (["--chart", "O3.M4=pprime"], "unknown chart `pprime`, did you mean `p_prime`?"),
        (["--chart", "O3.M4"], "write it as MEASURE=CHART, such as O3.M4=xmr"),
        (["--chart", "O3.M4=c"], "chart of `O3.M4`: it cannot be `c`; its unit is `percent`"),
        (["--chart", "O3.M44=p"], "unknown measure `O3.M44`, did you mean `O3.M4`?"),
        (["--chart", "O3.M4=p,O3.M4=xmr"], "--chart: `O3.M4` is given twice"),
        (["--baseline", "11"], "baseline: 11 points are too few to take limits from; expected 12 at least"),
        (["--baseline", "many"], "`many` is not a number of months"),
        (
            ["--baseline", "24,O3.M4=12"],
            "--baseline: give one number of months, or one for each of some measures",
        ),
        (["--rebase", "O3.M4=2017"], "`2017` is not a month; write it as `2017-03`"),
        (["--rebase", "O3.M4=2020-04"], "rebase of `O3.M4`: 2020-04 is not one of the months asked for"),
    ] {
        let message = refusal(&arguments);
        assert!(message.contains(expected), "{arguments:?}: {message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
    let without = ["--from", "2016-04", "--to", "2017-03", "--baseline", "24"];
    let output = program().args(["--data", SAMPLE]).args(without).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("--signals"));
}

/// The words for a figure that moved are those of its chart; without a signal the change is given in figures.
#[test]
fn the_scorecard_says_improved_only_for_a_signal() {
    let text = prints(&["--baseline", "24"]);
    let (card, _) = text.split_once("\nSignals\n").unwrap();
    let line = |id: &str| card.lines().find(|line| line.starts_with(&format!("{id} "))).unwrap();
    assert!(line("O3.M7").contains("improved"), "{}", line("O3.M7"));
    assert!(card.contains(" points"), "{card}");
    let by_chart = ["O2.M2", "O3.M2", "O3.M6", "O8.M4", "O3.M1", "O6.M6"];
    assert!(by_chart.iter().all(|id| !line(id).contains("improved") && !line(id).contains("worsened")));
    let run = ["--data", SAMPLE, "--from", "2019-03", "--to", "2019-03"];
    let one = String::from_utf8(program().args(run).output().unwrap().stdout).unwrap();
    assert!(!one.contains("  improved") && !one.contains("  worsened") && one.contains('↑'), "{one}");
}
