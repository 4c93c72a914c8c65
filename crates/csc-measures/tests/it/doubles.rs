//! Two rows of one id: in every table whose rows have an id the second is reported and left out.

use csc_measures::tables::{ColumnDeclaration, ColumnKind, Need, Table};
use csc_measures::{Chunk, Dataset, IssueCode, Rows, Scalar};

/// A value that the column can hold.
fn good(column: &ColumnDeclaration) -> &'static str {
    match column.kind {
        ColumnKind::Date => "2017-01-03",
        ColumnKind::Bool => "yes",
        ColumnKind::Decimal | ColumnKind::Integer => "1",
        ColumnKind::Code => column.set.first().copied().unwrap_or("a code"),
        _ => "words",
    }
}

#[test]
fn a_second_row_of_an_id_is_reported_and_left_out_in_every_table() {
    let mut tables = 0;
    for table in Table::ALL {
        let Some(place) = table.id_column() else { continue };
        tables += 1;
        let id = table.columns()[place].name;
        let needed: Vec<&ColumnDeclaration> =
            table.columns().iter().filter(|column| column.need != Need::Optional).collect();
        let header: Vec<&str> = needed.iter().map(|column| column.name).collect();
        let mut rows = Rows::new(header.len());
        for own in ["first", "second", "first"] {
            rows.push(
                needed.iter().map(|column| Scalar::Text(if column.name == id { own } else { good(column) })),
            );
        }
        let mut builder = Dataset::builder();
        builder
            .table(table.name(), &header)
            .unwrap()
            .chunk(&Chunk { rows: 3, columns: &rows.columns(), bad_rows: &[] })
            .unwrap();
        let dataset = builder.build();
        let doubles: Vec<_> = dataset
            .issues()
            .iter()
            .filter(|issue| issue.code() == IssueCode::DuplicateId)
            .map(|issue| (issue.table(), issue.row(), issue.column(), issue.record()))
            .collect();
        assert_eq!(doubles, [(*table, 3, Some(id), Some("first"))], "{table}: {:?}", dataset.issues());
        let counts: Vec<(u64, u64)> = dataset.tables().iter().map(|count| (count.rows, count.used)).collect();
        assert_eq!(counts, [(3, 2)], "{table}");
    }
    assert!(tables > 25, "{tables} tables have an id");
}
