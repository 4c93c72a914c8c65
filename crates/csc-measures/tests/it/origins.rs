//! Rows that came from other files: issues name the place they came from, alone and in parts.

use csc_measures::{Chunk, Dataset, DatasetBuilder, Month, Options, Origin, Part, Scalar, Scorecard};
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
