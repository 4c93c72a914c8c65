//! Tables of JSON rows to a dataset, as the vectors write them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use csc_measures::tables::Table;
use csc_measures::{Chunk, Dataset, DatasetBuilder, Rows};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A value of a vector as one of a row.
fn value(value: Option<&Value>) -> csc_measures::Scalar<'_> {
    use csc_measures::Scalar as Given;
    match value {
        None | Some(Value::Null) => Given::Null,
        Some(Value::String(text)) => Given::Text(text),
        Some(Value::Bool(value)) => Given::Flag(*value),
        Some(Value::Number(number)) => number
            .as_i64()
            .map_or_else(|| Given::Float(number.as_f64().unwrap()), |number| Given::Integer(number.into())),
        Some(other) => panic!("no row holds {other}"),
    }
}

/// The columns supplied are those that any row names; an empty list has every column.
pub(crate) fn dataset(tables: &BTreeMap<String, Vec<Map<String, Value>>>) -> Dataset {
    builder(tables).build()
}

/// The builder of such a dataset.
pub(crate) fn builder(tables: &BTreeMap<String, Vec<Map<String, Value>>>) -> DatasetBuilder {
    let mut builder = Dataset::builder();
    for (name, rows) in tables {
        let mut header: Vec<&str> = rows.iter().flat_map(|row| row.keys().map(String::as_str)).collect();
        header.sort_unstable();
        header.dedup();
        if rows.is_empty() {
            header = Table::by_name(name).unwrap().columns().iter().map(|column| column.name).collect();
        }
        let mut given = Rows::new(header.len());
        for row in rows {
            given.push(header.iter().map(|name| value(row.get(*name))));
        }
        let mut table = builder.table(name, &header).unwrap_or_else(|error| panic!("{error}"));
        table.chunk(&Chunk { rows: rows.len(), columns: &given.columns(), bad_rows: &[] }).unwrap();
    }
    builder
}

/// The files of a folder of vectors, each read whole, with its name.
pub(crate) fn vector_files<T: DeserializeOwned>(folder: &str) -> Vec<(String, T)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(folder);
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<(String, T)> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let file = serde_json::from_str(&std::fs::read_to_string(&path).unwrap());
            (name, file.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect();
    assert!(!files.is_empty());
    files
}
