//! What is due as a team works through it.

use csc_measures::Options;
use csc_measures::due::{DueCount, DueFilter, DueList, DueOutcome};
use csc_measures_files::read_folder;

use crate::{SAMPLE, program};

const DAY: &str = "2017-03-31";

fn prints(arguments: &[&str]) -> String {
    let output = program().args(["due", "--data", SAMPLE, "--day", DAY]).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn list(filter: &str) -> DueList {
    let filter: DueFilter = serde_json::from_str(filter).unwrap();
    read_folder(SAMPLE).unwrap().due_list(DAY.parse().unwrap(), &Options::default(), &filter).unwrap()
}

#[test]
fn csv_has_a_row_a_line_in_order() {
    let list = list(r#"{ "within": 10 }"#);
    let text = prints(&["--within", "10", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let lines = list.lines();
    assert_eq!(rows.len(), lines.len());
    assert!(lines.len() < list.obligations.len(), "some visits are asked for by the standard and the law");
    let of = |row: &csv::StringRecord, name: &str| {
        row[header.iter().position(|head| head == name).unwrap()].to_owned()
    };
    for (row, line) in rows.iter().zip(&lines) {
        assert_eq!(of(row, "person"), line.first.person);
        assert_eq!(of(row, "title"), line.title());
        assert_eq!(of(row, "due"), line.first.due.map(|day| day.to_string()).unwrap_or_default());
        assert_eq!(of(row, "last_done"), line.last_done().map(|day| day.to_string()).unwrap_or_default());
        assert_eq!(
            of(row, "days_overdue"),
            line.days_overdue().map(|days| days.to_string()).unwrap_or_default()
        );
        assert_eq!(of(row, "also").is_empty(), line.also.is_empty());
    }
    // Whoever is overdue and was seen before has the day of that, and no day on which it was done.
    let visits =
        rows.iter().filter(|row| of(row, "outcome") == "overdue" && of(row, "kind") == "child to be seen");
    assert!(visits.clone().any(|row| !of(row, "last_done").is_empty()));
    assert!(header.iter().all(|head| head != "done"));
}

#[test]
fn the_page_has_every_team_with_its_lines() {
    let list = list("{}");
    let page = prints(&["--format", "html"]);
    assert!(page.starts_with("<!DOCTYPE html>"));
    assert!(page.contains("Internal: not for publication."));
    let lines = list.lines();
    for team in DueCount::by_team(&lines) {
        let name = team.team.unwrap_or("no team").replace('\'', "&#39;");
        assert!(page.contains(&format!("<h2>{name}</h2>")), "{name}");
        let sum = format!(
            "<td>{name}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>",
            team.children, team.unseen
        );
        assert!(page.contains(&sum), "{sum}");
    }
    let rows = page.matches("<tr><td>").count();
    let expected = lines.len() + DueCount::by_team(&lines).len() + DueCount::by_worker(&lines).len();
    assert_eq!(rows, expected);
}

#[test]
fn the_table_has_titles_and_the_children_who_are_unseen_first() {
    let list = list(r#"{ "rag": ["red"] }"#);
    let page = prints(&["--rag", "red"]);
    assert!(page.starts_with("To be done as at 31 March 2017\n"), "{page}");
    let lines = list.lines();
    let first = lines.first().unwrap();
    assert_eq!(first.outcome(), DueOutcome::Overdue);
    let row = page.lines().find(|line| line.contains(first.title())).unwrap();
    assert!(row.contains(&first.first.person), "{row}");
    let unseen: usize = DueCount::by_team(&lines).iter().map(|team| team.unseen).sum();
    assert!(page.contains(&format!("{unseen} children unseen")), "{page}");
}

#[test]
fn json_is_the_due_list_as_it_is() {
    let text = prints(&["--within", "5", "--format", "json"]);
    let other = program()
        .args(["--data", SAMPLE, "--due", DAY, "--within", "5", "--format", "json"])
        .output()
        .unwrap();
    assert_eq!(text, String::from_utf8(other.stdout).unwrap());
}

#[test]
fn a_case_that_is_overdue_has_the_day_of_the_visit_before_as_last_done() {
    let output = program()
        .args(["--data", SAMPLE, "--explain", "O3.M4", "--month", "2017-03", "--outcome", "overdue"])
        .output()
        .unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    let head = page.lines().find(|line| line.starts_with("subject")).unwrap();
    assert!(head.contains("last done") && !head.contains("done  last"), "{head}");
}
