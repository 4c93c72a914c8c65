//! The faults of the record, as far as the dataset can carry them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::TempDir;
use crate::sample::generate;

/// A county with its faults.
const FAULTY: [&str; 4] = ["--children", "6000", "--seed", "11"];

/// It, written in some way.
fn faulty(more: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    generate(&[&FAULTY, more].concat(), folder.path()).unwrap();
    folder
}

/// The fields of a file, line by line, however many they are, without the header.
fn lines(folder: &Path, file: &str) -> Vec<Vec<String>> {
    let path = folder.join(format!("{file}.csv"));
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The values of a column, each with how often it is there.
fn counts(folder: &Path, file: &str, column: &str) -> BTreeMap<String, usize> {
    let path = folder.join(format!("{file}.csv"));
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    let place = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    let mut counts = BTreeMap::new();
    for record in reader.records() {
        *counts.entry(record.unwrap()[place].to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn faults_are_in_the_dataset() {
    let own = faulty(&[]);
    let own = own.path();
    for system in ["systemc", "mosaic", "eclipse"] {
        let folder = faulty(&["--ssd", system]);
        let folder = folder.path();
        // A line with a field too many has one too many still.
        let ragged = lines(own, "cp_visits").iter().filter(|line| line.len() > 5).count();
        let columns = fs::read_to_string(folder.join("ssd_cp_visits.csv")).unwrap();
        let columns = columns.lines().next().unwrap().split(',').count();
        let written = lines(folder, "ssd_cp_visits").iter().filter(|line| line.len() > columns).count();
        assert!(ragged > 0 && written == ragged, "{system}: {written} of {ragged}");
        // An answer that is none of those allowed has its first letter.
        let odd = counts(own, "cp_visits", "seen")["Partly"];
        let letter = if system == "systemc" { "P " } else { "P" };
        assert_eq!(counts(folder, "ssd_cp_visits", "cppv_cp_visit_seen").get(letter), Some(&odd), "{system}");
        // A date typed day first is as it was typed.
        let typed = counts(own, "assessments", "authorised_date");
        let typed: Vec<&String> = typed.keys().filter(|date| date.contains('/')).collect();
        let written = counts(folder, "ssd_cin_assessments", "cina_assessment_auth_date");
        assert!(!typed.is_empty() && typed.iter().all(|date| written.contains_key(*date)), "{system}");
        // A visit without its date has none, and one exported twice is there twice.
        let undated = counts(own, "cin_visits", "date")[""];
        assert!(counts(folder, "ssd_cin_visits", "cinv_cin_visit_date")[""] >= undated, "{system}");
        let rows = |folder: &Path, file: &str| lines(folder, file).len();
        assert_eq!(rows(folder, "ssd_cin_episodes"), rows(own, "referrals"), "{system}");
        // The end of a plan that is the wrong way round stays so.
        let reversed = |folder: &Path, file: &str, start: usize, end: usize| {
            let lines = lines(folder, file);
            lines.iter().filter(|line| line[end].starts_with("20") && line[end] < line[start]).count()
        };
        let wrong = reversed(own, "cin_plans", 2, 3);
        assert!(wrong > 0 && reversed(folder, "ssd_cin_plans", 3, 4) == wrong, "{system}");
    }
}

#[test]
fn with_losses_an_odd_answer_is_no() {
    for system in ["mosaic", "eclipse"] {
        let folder = faulty(&["--ssd", system, "--losses"]);
        let answers = counts(folder.path(), "ssd_cp_visits", "cppv_cp_visit_seen");
        assert_eq!(answers.keys().collect::<Vec<_>>(), ["N", "Y"], "{system}");
    }
}
