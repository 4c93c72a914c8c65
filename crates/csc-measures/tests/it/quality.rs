//! What is wrong with the data, and which cases each kind of issue touches: small data whose numbers are worked out here.

use std::collections::BTreeMap;

use csc_measures::quality::{IssueKind, Quality, QualityDays, Touched};
use csc_measures::{Chunk, Dataset, IssueCode, Month, Options, Rows, Scalar};
use serde_json::{Value, json};

use crate::common;

fn dataset(tables: &Value) -> Dataset {
    let tables: BTreeMap<String, Vec<_>> = serde_json::from_value(tables.clone()).unwrap();
    common::dataset(&tables)
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// The quality of data in March 2017, of some measures.
fn quality(dataset: &Dataset, measures: &[&str]) -> Quality {
    let mut days = QualityDays::default();
    (days.from, days.to) = (Some(month("2017-03")), Some(month("2017-03")));
    let mut options = Options::default();
    options.measures = Some(measures.iter().map(|id| (*id).to_owned()).collect());
    dataset.quality(&days, &options).unwrap()
}

/// Table, column, code, rows, rows of nobody, persons.
fn kinds(quality: &Quality) -> Vec<(String, u64, u64, u64)> {
    let name = |kind: &IssueKind| {
        let fate = if kind.left_out { " out" } else { "" };
        format!("{}.{} {}{fate}", kind.table, kind.column.unwrap_or("*"), kind.code.as_str())
    };
    quality.issues.iter().map(|kind| (name(kind), kind.rows, kind.rows_of_nobody, kind.persons)).collect()
}

/// Of the kind of a table, column and code, by measure the touched, unknown and all cases of March 2017.
fn touched(quality: &Quality, table: &str, column: &str, code: IssueCode) -> Vec<(String, u64, u64, u64)> {
    let is_it =
        |kind: &&IssueKind| (kind.table.name(), kind.column, kind.code) == (table, Some(column), code);
    let kind = quality.issues.iter().find(is_it).unwrap();
    let of = |touched: &Touched| {
        assert_eq!(touched.months.len(), 1);
        let of = touched.months[0];
        (touched.measure.to_string(), of.cases, of.unknown, of.of)
    };
    kind.measures.iter().map(of).collect()
}

/// Three children on a plan, and a fourth whose plan cannot be read.
fn plans_and_visits() -> Dataset {
    dataset(&json!({
        "persons": [
            { "person_id": "P1", "date_of_birth": "2009-06-01" },
            { "person_id": "P2", "date_of_birth": "2010-06-01" },
            { "person_id": "P4", "date_of_birth": "2011-06-01" },
        ],
        "cp_plans": [
            { "cp_plan_id": "CP1", "person_id": "P1", "start_date": "2017-01-03", "end_date": null },
            { "cp_plan_id": "CP2", "person_id": "P2", "start_date": "2017-01-03", "end_date": null },
            // has no row in `persons`
            { "cp_plan_id": "CP3", "person_id": "P3", "start_date": "2017-01-03", "end_date": null },
            // both left out: of a child with another plan, and of one with none
            { "cp_plan_id": "CP4", "person_id": "P2", "start_date": "soon", "end_date": null },
            { "cp_plan_id": "CP5", "person_id": "P4", "start_date": "later", "end_date": null },
        ],
        "cp_visits": [
            { "cp_visit_id": "V1", "person_id": "P1", "date": "2017-03-20", "seen": "perhaps" },
            { "cp_visit_id": "V2", "person_id": "P1", "date": "2017-03-21", "seen": "perhaps not" },
            { "cp_visit_id": "V3", "person_id": "P2", "date": "2017-03-22", "seen": "Y" },
            // of nobody
            { "cp_visit_id": "V4", "person_id": null, "date": "2017-03-24", "seen": "Y" },
            // of a person whom no other row names
            { "cp_visit_id": "V5", "person_id": "P9", "date": "x", "seen": "Y" },
        ],
    }))
}

#[test]
fn an_issue_touches_the_cases_of_whoever_has_a_row_with_it() {
    let quality = quality(&plans_and_visits(), &["O3.M4", "O3.M4.seen_alone", "O5.M4.percent", "O6.M1"]);
    let expected = [
        // CP4 and CP5, of P2 and P4
        ("cp_plans.start_date bad_date out", 2, 0, 2),
        ("cp_plans.person_id unknown_person", 1, 0, 1),
        ("cp_visits.person_id missing_required out", 1, 1, 0),
        ("cp_visits.date bad_date out", 1, 0, 1),
        // two rows of one child
        ("cp_visits.seen bad_value", 2, 0, 1),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(name, rows, nobody, persons)| (name.to_owned(), rows, nobody, persons))
        .collect();
    let mut found = kinds(&quality);
    found.sort();
    let mut sorted = expected;
    sorted.sort();
    assert_eq!(found, sorted);

    // The cases of O3.M4 are the plans of P1, P2 and P3.
    let visits = |cases: u64| vec![("O3.M4".to_owned(), cases, 0, 3)];
    // P2 has a plan that counts beside the one that is left out; of P4 there is no case.
    assert_eq!(touched(&quality, "cp_plans", "start_date", IssueCode::BadDate), visits(1));
    assert_eq!(touched(&quality, "cp_plans", "person_id", IssueCode::UnknownPerson), visits(1));
    assert_eq!(touched(&quality, "cp_visits", "seen", IssueCode::BadValue), visits(1));
    // Nobody's row, and the row of somebody without a case.
    assert!(touched(&quality, "cp_visits", "person_id", IssueCode::MissingRequired).is_empty());
    assert!(touched(&quality, "cp_visits", "date", IssueCode::BadDate).is_empty());
    // The definitions are those of the measures that are touched.
    let measures: Vec<&str> = quality.definitions.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(measures, ["O3.M4"]);
}

#[test]
fn rows_nulls_and_ages_are_told_by_table_and_column() {
    let quality = quality(&plans_and_visits(), &["O3.M4"]);
    // The latest visit of a row that is used: V3.
    assert_eq!(quality.as_at.unwrap().to_string(), "2017-03-22");
    let [persons, plans, visits] = &quality.tables[..] else { panic!("not three tables") };
    assert_eq!((persons.rows, persons.used, persons.out, persons.persons_unmatched), (3, 3, 0, None));
    assert_eq!((plans.rows, plans.used, plans.out, plans.persons_unmatched), (5, 3, 2, Some(1)));
    assert_eq!((visits.rows, visits.used, visits.out, visits.persons_unmatched), (5, 3, 2, Some(0)));
    assert_eq!((plans.last.unwrap().to_string(), plans.days_behind), ("2017-01-03".to_owned(), Some(78)));
    // V4 is left out, and its date was understood: two days after the day of the data.
    assert_eq!((visits.last.unwrap().to_string(), visits.days_behind), ("2017-03-24".to_owned(), Some(-2)));
    let issues: Vec<(&str, u64)> = visits.issues.iter().map(|of| (of.code.as_str(), of.rows)).collect();
    assert_eq!(issues, [("missing_required", 1), ("bad_date", 1), ("bad_value", 2)]);

    let column = |name: &str| visits.columns.iter().find(|column| column.column == Some(name)).unwrap();
    assert_eq!((column("seen").nulls, column("seen").not_understood, column("seen").last), (0, 2, None));
    assert_eq!((column("person_id").nulls, column("date").not_understood), (1, 1));
    assert_eq!(column("seen").issues.iter().map(|of| of.rows).collect::<Vec<_>>(), [2]);
    assert_eq!(column("seen_alone").given_as, None);
}

#[test]
fn the_age_is_counted_from_the_day_that_is_given() {
    let mut days = QualityDays::default();
    days.as_at = Some("2017-04-01".parse().unwrap());
    let quality = plans_and_visits().quality(&days, &Options::default()).unwrap();
    assert_eq!(quality.tables[2].days_behind, Some(8));
    // The year up to the month of the day.
    assert_eq!((quality.from, quality.to), (Some(month("2016-05")), Some(month("2017-04"))));
}

#[test]
fn months_that_are_not_given_are_those_up_to_the_day_of_the_data() {
    let of = |from: Option<&str>, to: Option<&str>| {
        let mut days = QualityDays::default();
        (days.from, days.to) = (from.map(month), to.map(month));
        let quality = plans_and_visits().quality(&days, &Options::default()).unwrap();
        (quality.from.unwrap().to_string(), quality.to.unwrap().to_string())
    };
    let months = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(of(None, None), months("2016-04", "2017-03"));
    assert_eq!(of(Some("2017-01"), None), months("2017-01", "2017-03"));
    assert_eq!(of(Some("2017-05"), None), months("2017-05", "2017-05"));
    assert_eq!(of(None, Some("2017-02")), months("2016-03", "2017-02"));
    assert_eq!(of(None, Some("1995-02")), months("1995-01", "1995-02"));
    // Data without dates say nothing of months, and the report is there all the same.
    let quality = Dataset::builder().build().quality(&QualityDays::default(), &Options::default()).unwrap();
    assert_eq!((quality.as_at, quality.from, quality.to, quality.tables.len()), (None, None, None, 0));
    let far = dataset(&json!({ "complaints": [{ "complaint_id": "C1", "received_date": "2055-01-01" }] }));
    let quality = far.quality(&QualityDays::default(), &Options::default()).unwrap();
    assert_eq!((quality.as_at.map(|day| day.to_string()), quality.to), (Some("2055-01-01".to_owned()), None));
    let error = far.quality(&QualityDays::default(), &{
        let mut options = Options::default();
        options.measures = Some(vec!["O3.M44".to_owned()]);
        options
    });
    assert_eq!(error.unwrap_err().to_string(), "unknown measure `O3.M44`, did you mean `O3.M4`?");
}

#[test]
fn cases_of_workers_and_of_rows_are_touched_by_theirs() {
    let data = dataset(&json!({
        "workers": [
            { "worker_id": "W1", "fte": "much", "agency": "N", "employment": "permanent",
              "team_type": "safeguarding", "start_date": "2016-01-01", "end_date": null },
            { "worker_id": "W2", "fte": 1, "agency": "N", "employment": "permanent",
              "team_type": "safeguarding", "start_date": "2016-01-01", "end_date": null },
        ],
        "involvements": [
            { "involvement_id": "I1", "worker_id": "W1", "person_id": "P1", "start_date": "2017-01-01" },
            { "involvement_id": "I2", "worker_id": "W2", "person_id": "P2", "start_date": "2017-01-01" },
            // a worker without a row
            { "involvement_id": "I3", "worker_id": "W3", "person_id": "P2", "start_date": "2017-01-01" },
            // left out; its worker has another case
            { "involvement_id": "I4", "worker_id": "W2", "person_id": "P3", "start_date": "soon" },
        ],
        "complaints": [
            { "complaint_id": "C1", "received_date": "2017-03-01", "stage": 1, "made_by_child": "perhaps" },
            { "complaint_id": "C2", "received_date": "2017-03-02", "stage": 1, "made_by_child": "Y" },
            { "complaint_id": "C2", "received_date": "2017-03-03", "stage": 1, "made_by_child": "N" },
            { "complaint_id": "C4", "received_date": "2017-03-04", "stage": 7, "made_by_child": "N" },
            { "complaint_id": "C5", "received_date": "2017-03-05", "stage": "one", "made_by_child": "N" },
        ],
    }));
    let quality = quality(&data, &["O1.M1", "O1.M4", "O4.M1", "O4.M2"]);
    let of = |touched: &[(&str, u64, u64, u64)]| -> Vec<(String, u64, u64, u64)> {
        touched.iter().map(|(id, cases, unknown, of)| ((*id).to_owned(), *cases, *unknown, *of)).collect()
    };
    // W1 has a case of each measure, and both are unknown; the cases are W1, W2 and W3, and W1 and W2.
    let fte = touched(&quality, "workers", "fte", IssueCode::BadValue);
    assert_eq!(fte, of(&[("O1.M1", 1, 1, 3), ("O1.M4", 1, 1, 2)]));
    let reference = touched(&quality, "involvements", "worker_id", IssueCode::DanglingReference);
    assert_eq!(reference, of(&[("O1.M1", 1, 1, 3)]));
    let start = touched(&quality, "involvements", "start_date", IssueCode::BadDate);
    assert_eq!(start, of(&[("O1.M1", 1, 0, 3)]));
    // C1 and C2 are complaints, and C4 and C5 are left out: O4.M1 does not ask who made them.
    let by_child = touched(&quality, "complaints", "made_by_child", IssueCode::BadValue);
    assert_eq!(by_child, of(&[("O4.M2", 1, 1, 2)]));
    // The first C2 may be the wrong one.
    let twice = touched(&quality, "complaints", "complaint_id", IssueCode::DuplicateId);
    assert_eq!(twice, of(&[("O4.M1", 1, 0, 2), ("O4.M2", 1, 0, 2)]));
    // A stage that cannot be read leaves its row out, as one that there is not.
    let stages: Vec<_> = quality.issues.iter().filter(|kind| kind.column == Some("stage")).collect();
    let fates: Vec<(bool, u64, usize)> =
        stages.iter().map(|kind| (kind.left_out, kind.rows, kind.measures.len())).collect();
    assert_eq!(fates, [(true, 2, 0)]);
    assert!(stages[0].message.ends_with("the row is left out"), "{}", stages[0].message);
}

#[test]
fn a_measure_that_has_no_figure_for_the_issue_is_named() {
    let data = dataset(&json!({ "compliments": [{ "compliment_id": "C1", "received_date": "13/03/2017" }] }));
    let quality = quality(&data, &["O4.M4", "O3.M4"]);
    let [kind] = &quality.issues[..] else { panic!("{:?}", quality.issues) };
    let [measure] = &kind.measures[..] else { panic!("{:?}", kind.measures) };
    assert_eq!((measure.measure.as_str(), measure.not_supplied, measure.months.len()), ("O4.M4", true, 0));
    assert!(kind.message.contains("unless `dates` is `uk`"), "{}", kind.message);
}

#[test]
fn a_row_of_another_width_is_nobodys() {
    let mut rows = Rows::new(2);
    rows.push([Scalar::Text("C1"), Scalar::Text("2017-03-01")]);
    rows.push([Scalar::Text("C2"), Scalar::Text("2999-01-01")]);
    let mut builder = Dataset::builder();
    let mut table = builder.table("compliments", &["compliment_id", "received_date"]).unwrap();
    table.chunk(&Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[1] }).unwrap();
    let quality = quality(&builder.build(), &["O4.M4"]);
    assert_eq!(kinds(&quality), [("compliments.* bad_row out".to_owned(), 1, 1, 0)]);
    // Only some tables are kept up to a date.
    assert_eq!(quality.tables[0].last, None);
    assert_eq!(quality.tables[0].columns[1].last.unwrap().to_string(), "2017-03-01");
    assert!(quality.tables[0].columns.iter().all(|column| column.issues.is_empty()));
}

#[test]
fn issues_that_rules_find_in_tables_of_the_safeguarding_dataset_have_their_persons() {
    let visits = ["cppv_cp_visit_id", "cppv_cp_plan_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"];
    let plans = ["cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"];
    let mut builder = Dataset::builder();
    let mut add = |name: &str, header: &[&str], values: &[[&str; 4]]| {
        let mut rows = Rows::new(4);
        values.iter().for_each(|row| rows.push(row.map(Scalar::Text)));
        let mut table = builder.table(name, header).unwrap();
        table.chunk(&Chunk { rows: values.len(), columns: &rows.columns(), bad_rows: &[] }).unwrap();
    };
    add("ssd_cp_plans", &plans, &[["CP1", "P1", "2017-01-03", ""]]);
    let mut rows = vec![["V", "CP1", "2017-03-01", "perhaps"]; 30];
    let ids: Vec<String> = (0..30).map(|number| format!("V{number}")).collect();
    rows.iter_mut().zip(&ids).for_each(|(row, id)| row[0] = id);
    rows.push(["V30", "CP7", "2017-03-02", "Y"]);
    add("ssd_cp_visits", &visits, &rows);
    let quality = quality(&builder.build(), &["O3.M4"]);
    let expected = [
        ("cp_visits.person_id no_person out".to_owned(), 1, 1, 0),
        ("cp_visits.seen bad_value".to_owned(), 30, 0, 1),
    ];
    assert_eq!(kinds(&quality), expected);
    let seen = touched(&quality, "cp_visits", "seen", IssueCode::BadValue);
    assert_eq!(seen, [("O3.M4".to_owned(), 1, 0, 1)]);
}
