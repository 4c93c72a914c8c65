//! Tables of JSON rows to a dataset, as the vectors write them.

use std::collections::BTreeMap;

use csc_measures::tables::Table;
use csc_measures::{Cell, CellColumn, Chunk, Dataset};
use serde_json::{Map, Value};

struct JsonColumn<'a> {
    rows: &'a [Map<String, Value>],
    name: &'a str,
}

impl CellColumn for JsonColumn<'_> {
    fn cell(&self, row: usize) -> Cell<'_> {
        match self.rows[row].get(self.name) {
            None | Some(Value::Null) => Cell::Null,
            Some(Value::String(text)) => Cell::Text(text),
            Some(Value::Bool(value)) => Cell::Bool(*value),
            Some(Value::Number(number)) => {
                number.as_i64().map_or_else(|| Cell::Float(number.as_f64().unwrap()), Cell::Integer)
            }
            Some(other) => panic!("no cell is {other}"),
        }
    }
}

/// The columns supplied are those that any row names; an empty list has every column.
pub(crate) fn dataset(tables: &BTreeMap<String, Vec<Map<String, Value>>>) -> Dataset {
    let mut builder = Dataset::builder();
    for (name, rows) in tables {
        let mut header: Vec<&str> = rows.iter().flat_map(|row| row.keys().map(String::as_str)).collect();
        header.sort_unstable();
        header.dedup();
        if rows.is_empty() {
            header = Table::by_name(name).unwrap().columns().iter().map(|column| column.name).collect();
        }
        let columns: Vec<JsonColumn<'_>> = header.iter().map(|name| JsonColumn { rows, name }).collect();
        let columns: Vec<&dyn CellColumn> = columns.iter().map(|column| column as &dyn CellColumn).collect();
        let mut table = builder.table(name, &header).unwrap_or_else(|error| panic!("{error}"));
        table.chunk(&Chunk { rows: rows.len(), columns: &columns, bad_rows: &[] }).unwrap();
    }
    builder.build()
}
