//! How values are read, by what a dataset says of them: issues that count for a column, forms of dates by table,
//! numbers where dates should be.

use csc_measures::tables::Table;
use csc_measures::{
    Chunk, Column, Dataset, DatasetBuilder, DatasetError, DateForm, Dates, Integers, Layout, Options, Origin,
    Part, Rows, Scalar, Scorecard, Slice, Text, Validity,
};

/// Text values by row as columns.
fn rows<'a, R: AsRef<[&'a str]>>(values: &[R]) -> Rows<'a> {
    let mut rows = Rows::new(values.first().map_or(0, |row| row.as_ref().len()));
    for row in values {
        rows.push(row.as_ref().iter().map(|text| Scalar::Text(text)));
    }
    rows
}

/// Takes a table of text values, in chunks of so many rows.
fn take(
    builder: &mut DatasetBuilder,
    table: &str,
    header: &[&str],
    values: &[&[&str]],
    chunk_rows: usize,
) -> Result<(), DatasetError> {
    let mut table = builder.table(table, header)?;
    for values in values.chunks(chunk_rows) {
        let rows = rows(values);
        table.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] })?;
    }
    Ok(())
}

/// The issues of a dataset: column, row, code and message.
fn issues(issues: &[csc_measures::DataIssue]) -> Vec<(Option<&'static str>, u64, &'static str, String)> {
    issues.iter().map(|issue| (issue.column(), issue.row(), issue.code().as_str(), issue.message())).collect()
}

const ACTIVITIES: [&str; 4] = ["activity_id", "person_id", "date", "activity"];

#[test]
fn one_issue_stands_for_the_unknown_codes_and_one_for_the_placeholders_of_a_column() {
    let values: [&[&str]; 6] = [
        &["A1", "P1", "2017-03-01", "G4"],
        &["A2", "P1", "2017-03-02", "no such thing"],
        &["A3", "P1", "1900-01-01", "G4"],
        &["A4", "P1", "2017-03-04", "no such thing"],
        &["A5", "P1", "9999-12-31", "nor such"],
        &["A6", "P1", "2017-03-06", "G5"],
    ];
    for chunk_rows in [1, 2, 3, 6] {
        let mut builder = Dataset::builder();
        take(&mut builder, "activities", &ACTIVITIES, &values, chunk_rows).unwrap();
        let dataset = builder.build();
        assert_eq!(
            issues(dataset.issues()),
            [
                (
                    Some("activity"),
                    2,
                    "unknown_code",
                    "`activity` is not a known code in 3 rows; treated as unknown".to_owned()
                ),
                (
                    Some("date"),
                    3,
                    "placeholder_date",
                    "`date` is a placeholder date in 2 rows; the rows are left out".to_owned()
                ),
            ]
        );
        // The rows of unknown codes stay, those without a date do not.
        assert_eq!((dataset.tables()[0].rows, dataset.tables()[0].used), (6, 4));
        // No text of the data is in a message.
        assert!(!format!("{:?}", serde_json::to_string(dataset.issues())).contains("such"));
    }
}

#[test]
fn the_first_row_is_named_whatever_the_order_of_the_chunks() {
    let mut builder = Dataset::builder();
    let mut table = builder.table("activities", &ACTIVITIES).unwrap();
    for (numbers, id) in [([7, 9], "late"), ([2, 3], "early"), ([4, 5], "between")] {
        let (first, second) = (format!("{id} 1"), format!("{id} 2"));
        let rows = rows(&[[&first, "P1", "2017-03-01", "?"], [&second, "P1", "2017-03-01", "?"]]);
        table.numbered_chunk(&Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[] }, &numbers).unwrap();
    }
    let dataset = builder.build();
    let [issue] = dataset.issues() else { panic!("{:?}", dataset.issues()) };
    assert_eq!((issue.row(), issue.record()), (2, Some("early 1")));
    assert!(issue.message().contains("in 6 rows"), "{}", issue.message());
}

#[test]
fn a_row_with_other_fields_than_the_header_has_no_unknown_code() {
    let rows = rows(&[["A1", "P1", "1900-01-01", "?"], ["A2", "P1", "2017-03-01", "?"]]);
    let mut builder = Dataset::builder();
    let mut table = builder.table("activities", &ACTIVITIES).unwrap();
    table.chunk(&Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[0] }).unwrap();
    let dataset = builder.build();
    let found: Vec<_> = dataset.issues().iter().map(|issue| (issue.row(), issue.code().as_str())).collect();
    assert_eq!(found, [(1, "bad_row"), (2, "unknown_code")]);
    assert!(dataset.issues()[1].message().contains("in 1 row;"));
}

#[test]
fn parts_make_one_issue_of_a_column_also_as_files() {
    let part = |numbers: [u32; 2], person: &str| -> Part {
        let ids = numbers.map(|number| format!("A{number}"));
        let rows = rows(&[[&ids[0], person, "2017-03-01", "?"], [&ids[1], person, "1753-01-01", "?"]]);
        let mut builder = Dataset::builder();
        let mut table = builder.table("activities", &ACTIVITIES).unwrap();
        table.numbered_chunk(&Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[] }, &numbers).unwrap();
        let march = "2017-03".parse().unwrap();
        let part = builder.build().part(march, march, &Options::default()).unwrap();
        serde_json::from_str(&serde_json::to_string(&part).unwrap()).unwrap()
    };
    let card = Scorecard::merge([part([3, 4], "P2"), part([1, 2], "P1")]).unwrap();
    let found: Vec<_> =
        issues(card.issues()).into_iter().map(|(column, row, _, message)| (column, row, message)).collect();
    assert_eq!(
        found,
        [
            (Some("activity"), 1, "`activity` is not a known code in 4 rows; treated as unknown".to_owned()),
            (Some("date"), 2, "`date` is a placeholder date in 2 rows; the rows are left out".to_owned()),
        ]
    );
}

#[test]
fn an_issue_of_a_column_names_the_source_of_its_first_row() {
    let rows = rows(&[
        &["A1", "P1", "2017-03-01", "G4"],
        &["A2", "P1", "2017-03-01", "?"],
        &["A3", "P1", "2017-03-01", "?"],
    ]);
    let mut builder = Dataset::builder();
    let mut table = builder.table("activities", &ACTIVITIES).unwrap();
    let origins = [("a.csv", 5), ("b.csv", 8), ("c.csv", 1)].map(|(source, row)| Origin { source, row });
    table.chunk_from(&Chunk { rows: 3, columns: &rows.columns(), bad_rows: &[] }, &origins).unwrap();
    let dataset = builder.build();
    let [issue] = dataset.issues() else { panic!("{:?}", dataset.issues()) };
    assert_eq!((issue.source(), issue.row()), (Some("b.csv"), 8));
}

#[test]
fn a_number_outside_its_range_says_so_and_one_that_cannot_be_read_says_that() {
    let mut builder = Dataset::builder();
    let header = ["complaint_id", "received_date", "stage"];
    let values: [&[&str]; 2] = [&["C1", "2017-03-01", "4"], &["C2", "2017-03-01", "four"]];
    take(&mut builder, "complaints", &header, &values, 2).unwrap();
    let dataset = builder.build();
    let messages: Vec<String> = dataset.issues().iter().map(csc_measures::DataIssue::message).collect();
    assert_eq!(
        messages,
        [
            "`stage` is not a number of at least 1 and at most 3; the row is left out",
            "`stage` is not a whole number from -2147483648 to 2147483647; the row is left out",
        ]
    );
    assert_eq!(dataset.tables()[0].used, 0);
}

const COMPLIMENTS: [&str; 2] = ["compliment_id", "received_date"];

#[test]
fn dates_are_written_as_each_table_says() {
    let dates: Dates = "compliments=uk,*=iso".parse().unwrap();
    let given = |dates: Dates| {
        let mut builder = Dataset::builder();
        builder.dates(dates);
        take(&mut builder, "compliments", &COMPLIMENTS, &[&["C1", "1/3/2017"]], 1).unwrap();
        take(
            &mut builder,
            "feedback_reports",
            &["feedback_report_id", "date"],
            &[&["F1", "01/03/2017"], &["F2", "2017-03-01"]],
            1,
        )
        .unwrap();
        let used: Vec<u64> = builder.build().tables().iter().map(|table| table.used).collect();
        used
    };
    assert_eq!(given(dates), [1, 1]);
    assert_eq!(given(DateForm::Uk.into()), [1, 2]);
    assert_eq!(given(DateForm::Iso.into()), [0, 1]);
}

#[test]
fn whole_numbers_in_a_text_of_dates_are_an_error_for_the_column() {
    let refused = DatasetError::DatesAsNumbers { table: Table::Compliments, column: "received_date" };
    for first in ["42736", "20170301", "42736.0", " 17226 ", "-1"] {
        for chunk_rows in [1, 3] {
            let mut builder = Dataset::builder();
            // Nulls say nothing of how the others are written.
            let values: [&[&str]; 3] = [&["C1", "n/a"], &["C2", ""], &["C3", first]];
            let taken = take(&mut builder, "compliments", &COMPLIMENTS, &values, chunk_rows);
            assert_eq!(taken, Err(refused.clone()), "{first}");
        }
    }
    // One number among dates is a fault of its row.
    let mut builder = Dataset::builder();
    let values: [&[&str]; 3] = [&["C1", "2017-03-01"], &["C2", "42736"], &["C3", "2017-03-03"]];
    take(&mut builder, "compliments", &COMPLIMENTS, &values, 1).unwrap();
    let dataset = builder.build();
    assert_eq!(issues(dataset.issues())[0].2, "bad_date");

    // So is one of a row that has other fields than the header.
    let rows = rows(&[["C1", "42736"], ["C2", "2017-03-01"]]);
    let mut builder = Dataset::builder();
    let mut table = builder.table("compliments", &COMPLIMENTS).unwrap();
    table.chunk(&Chunk { rows: 2, columns: &rows.columns(), bad_rows: &[0] }).unwrap();

    // A dictionary of texts is text.
    let ids = Text::new(&[0, 2, 4], b"C1C2", Validity::ALL).unwrap();
    let days = Text::new(&[0, 5], b"42736", Validity::ALL).unwrap();
    let keys = Integers::Int8(Slice::new(&[0, 0], Validity::ALL).unwrap());
    let columns = [Column::Text(ids), Column::Dictionary { keys, values: Box::new(Column::Text(days)) }];
    let mut builder = Dataset::builder();
    let mut table = builder.table("compliments", &COMPLIMENTS).unwrap();
    assert_eq!(table.chunk(&Chunk { rows: 2, columns: &columns, bad_rows: &[] }), Err(refused));
}

#[test]
fn numbers_that_came_as_numbers_count_days_from_1970() {
    let ids = || Text::new(&[0, 2, 4], b"C1C2", Validity::ALL).unwrap();
    let days = [17_226_i64, 47_116];
    let integers = Column::Integers(Integers::Int64(Slice::new(&days, Validity::ALL).unwrap()));
    let mut rows = Rows::new(1);
    days.iter().for_each(|day| rows.push([Scalar::Integer((*day).into())]));
    for dates in std::iter::once(integers).chain(rows.columns()) {
        let mut builder = Dataset::builder();
        let mut table = builder.table("compliments", &COMPLIMENTS).unwrap();
        table.chunk(&Chunk { rows: 2, columns: &[Column::Text(ids()), dates], bad_rows: &[] }).unwrap();
        let dataset = builder.build();
        // 2017-03-01 is read, and 2098-12-31 is too far away.
        assert_eq!(issues(dataset.issues())[0].2, "bad_value");
        assert_eq!(dataset.tables()[0].used, 1);
        let march = "2017-03".parse().unwrap();
        let card = dataset.scorecard(march, march, &Options::default()).unwrap();
        assert_eq!(card.result("O4.M4", march).unwrap().numerator.unwrap().to_string(), "1");
    }
}

/// Codes in every layout of a column: text, views, a dictionary with nulls and a key beyond it, values.
#[test]
fn codes_are_read_in_every_layout() {
    let bytes = b"G4 - illnessG5nonsensen/a";
    let offsets = [0, 12, 14, 22, 25];
    let text = Column::Text(Text::new(&offsets, bytes, Validity::ALL).unwrap());
    let large: Vec<i64> = offsets.iter().map(|offset| i64::from(*offset)).collect();
    let large =
        Column::Text(Text::of(Layout::LargeOffsets { offsets: &large, bytes }, Validity::ALL).unwrap());
    let keys = Integers::Int32(Slice::new(&[0, 1, 2, 3], Validity::ALL).unwrap());
    let dictionary = Column::Dictionary { keys, values: Box::new(text.clone()) };
    let mut rows = Rows::new(1);
    (0..4).for_each(|row| rows.push([text.value(row)]));
    for activity in [text.clone(), large, dictionary].into_iter().chain(rows.columns()) {
        let ids = Text::new(&[0, 2, 4, 6, 8], b"A1A2A3A4", Validity::ALL).unwrap();
        let persons = Text::new(&[0, 2, 4, 6, 8], b"P1P2P3P4", Validity::ALL).unwrap();
        let days = [17_226; 4];
        let columns = [
            Column::Text(ids),
            Column::Text(persons),
            Column::Days(Slice::new(&days, Validity::ALL).unwrap()),
            activity,
        ];
        let mut builder = Dataset::builder();
        let mut table = builder.table("activities", &ACTIVITIES).unwrap();
        table.chunk(&Chunk { rows: 4, columns: &columns, bad_rows: &[] }).unwrap();
        let dataset = builder.build();
        let found: Vec<_> =
            dataset.issues().iter().map(|issue| (issue.row(), issue.code().as_str())).collect();
        assert_eq!(found, [(3, "unknown_code"), (4, "missing_required")]);
    }
}
