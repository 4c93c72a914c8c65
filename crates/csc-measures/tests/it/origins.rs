//! Rows that came from other files: issues name the place they came from, alone and in parts.

use chrono::NaiveDate;
use csc_measures::{
    Chunk, Dataset, DatasetBuilder, Month, Options, Origin, Part, Scalar, Scorecard, Superseded,
};
use serde_json::json;

/// Texts as a column each.
fn texts<'a>(rows: impl IntoIterator<Item = &'a [&'a str]>, width: usize) -> csc_measures::Rows<'a> {
    let mut given = csc_measures::Rows::new(width);
    for row in rows {
        given.push(row.iter().map(|text| Scalar::Text(text)));
    }
    given
}

/// Adds rows of texts with the sources and rows they came from.
fn add(
    builder: &mut DatasetBuilder,
    table: &str,
    header: &[&str],
    rows: &[(&str, u64, &[&str])],
    bad: &[usize],
) {
    let columns = texts(rows.iter().map(|row| row.2), header.len());
    let columns = columns.columns();
    let origins: Vec<Origin<'_>> = rows.iter().map(|(source, row, _)| Origin { source, row: *row }).collect();
    let chunk = Chunk { rows: rows.len(), columns: &columns, bad_rows: bad };
    builder.table(table, header).unwrap().chunk_from(&chunk, &origins).unwrap();
}

const HEADER: [&str; 3] = ["cp_plan_id", "person_id", "start_date"];

fn plans() -> DatasetBuilder {
    let mut builder = Dataset::builder();
    add(&mut builder, "persons", &["person_id"], &[("children.csv", 1, &["P1"])], &[]);
    let rows: [(&str, u64, &[&str]); 6] = [
        ("plans 2017.csv", 7, &["CP1", "P1", "2017-01-03"]),
        ("plans 2017.csv", 9, &["CP1", "P1", "2017-01-03"]),
        ("plans 2016.csv", 2, &["CP2", "P2", "2017-01-03"]),
        ("plans 2016.csv", 3, &["CP3", "P1", "soon"]),
        ("plans 2016.csv", 4, &["CP4", "", "2017-01-03"]),
        ("plans 2016.csv", 5, &["", "", ""]),
    ];
    add(&mut builder, "cp_plans", &HEADER, &rows, &[5]);
    builder
}

#[test]
fn every_issue_names_where_its_row_came_from() {
    let dataset = plans().build();
    let told: Vec<_> = dataset
        .issues()
        .iter()
        .map(|issue| (issue.source().unwrap(), issue.row(), issue.code().as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("plans 2016.csv", 2, "unknown_person"),
            ("plans 2016.csv", 3, "bad_date"),
            ("plans 2016.csv", 4, "missing_required"),
            ("plans 2016.csv", 5, "bad_row"),
            ("plans 2017.csv", 9, "duplicate_id"),
        ]
    );
    let written = serde_json::to_value(&dataset.issues()[4]).unwrap();
    assert_eq!(
        written,
        json!({
            "table": "cp_plans", "row": 9, "record": "CP1", "code": "duplicate_id",
            "message": "`cp_plan_id` duplicates the id of an earlier row; the row is left out", "source": "plans 2017.csv",
        })
    );
}

#[test]
fn parts_carry_the_places() {
    let march: Month = "2017-03".parse().unwrap();
    let dataset = plans().build();
    let parts = (0..2).map(|index| {
        let part = dataset.part_of(index, 2, march, march, &Options::default()).unwrap();
        serde_json::from_str::<Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    });
    let merged = Scorecard::merge(parts).unwrap();
    let whole = dataset.scorecard(march, march, &Options::default()).unwrap();
    assert_eq!(serde_json::to_string(&merged).unwrap(), serde_json::to_string(&whole).unwrap());
}

#[test]
fn rows_before_and_after_have_their_own_numbers() {
    let mut builder = Dataset::builder();
    let columns = texts([&["", "", ""][..]], 3);
    let columns = columns.columns();
    let chunk = Chunk { rows: 1, columns: &columns, bad_rows: &[] };
    let mut table = builder.table("cp_plans", &HEADER).unwrap();
    table.chunk(&chunk).unwrap();
    table.chunk_from(&chunk, &[Origin { source: "plans.csv", row: 70 }]).unwrap();
    table.chunk(&chunk).unwrap();
    assert!(table.chunk_from(&chunk, &[]).is_err());
    let dataset = builder.build();
    let mut told: Vec<_> = dataset.issues().iter().map(|issue| (issue.source(), issue.row())).collect();
    told.dedup();
    assert_eq!(told, [(None, 1), (None, 3), (Some("plans.csv"), 70)]);
}

#[test]
fn what_is_printed_for_debugging_shows_no_row() {
    let builder = plans();
    let (before, dataset) = (format!("{builder:?}"), builder.build());
    let after =
        format!("{dataset:?} {:?}", dataset.as_at("2017-03-31".parse().unwrap(), &Options::default()));
    for printed in [before, after] {
        assert!(
            printed.contains("CpPlans") && !printed.contains("P1") && !printed.contains("2017-01-03"),
            "{printed}"
        );
    }
}

/// An assessment and a conference to come that the return of the next year does not have: nothing was authorised or
/// held, and from the next year on nobody waits.
#[test]
fn what_the_next_year_does_not_have_is_open_no_longer() {
    let first_of_april = NaiveDate::from_ymd_opt(2017, 4, 1).unwrap();
    let from = |row| Origin { source: "2017.xml", row };
    let mut builder = Dataset::builder();
    let header = ["assessment_id", "person_id", "start_date", "authorised_date"];
    let rows = texts([["A1", "P1", "2016-11-01", ""].as_slice(), &["A2", "P2", "2016-11-01", ""]], 4);
    let chunk = Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[] };
    let mut table = builder.table("assessments", &header).unwrap();
    table.superseded(from(1), "A1", Superseded::Dropped(first_of_april));
    table.superseded(from(9), "A9", Superseded::Redated);
    table.chunk_from(&chunk, &[from(1), from(2)]).unwrap();
    let enquiries = [("2017.xml", 1, ["E1", "P1", "2016-11-01"].as_slice())];
    add(
        &mut builder,
        "section_47_enquiries",
        &["s47_enquiry_id", "person_id", "start_date"],
        &enquiries,
        &[],
    );
    let rows = texts([["C1", "P1", "E1", ""].as_slice()], 4);
    let mut table =
        builder.table("initial_conferences", &["icpc_id", "person_id", "s47_enquiry_id", "date"]).unwrap();
    let chunk = Chunk { rows: 1, columns: &rows.columns(), bad_rows: &[] };
    table.chunk_from(&chunk, &[from(1)]).unwrap();
    table.superseded(from(1), "C1", Superseded::Dropped(first_of_april));
    let dataset = builder.build();
    let (march, april) = ("2017-03".parse::<Month>().unwrap(), "2017-04".parse::<Month>().unwrap());
    let card = dataset.scorecard(march, april, &Options::default()).unwrap();
    let figure =
        |measure, month| card.result(measure, month).unwrap().numerator.unwrap().thousandths() / 1000;
    assert_eq!((figure("O2.M3.open_overdue", march), figure("O2.M3.open_overdue", april)), (2, 1));
    assert_eq!((figure("O3.M2.open_overdue", march), figure("O3.M2.open_overdue", april)), (1, 0));
    assert_eq!((figure("O2.M2", march), figure("O2.M2", april)), (0, 0));

    let told: Vec<_> =
        dataset.issues().iter().map(|issue| (issue.row(), issue.record(), issue.column())).collect();
    assert_eq!(told, [(1, Some("A1"), None), (9, Some("A9"), None), (1, Some("C1"), None)]);
    let messages: Vec<String> = dataset.issues().iter().map(|issue| issue.message()).collect();
    assert_eq!(
        messages[..2],
        [
            "the return of the next year does not have the row; it is open no longer than its own year",
            "the return of the next year has the row from another day; the row is left out",
        ]
    );
    let part = dataset.part(march, april, &Options::default()).unwrap();
    let part: Part = serde_json::from_str(&serde_json::to_string(&part).unwrap()).unwrap();
    let merged = Scorecard::merge([part]).unwrap();
    assert_eq!(merged.issues(), dataset.issues());
}
