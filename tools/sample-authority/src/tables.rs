//! The tables of the authority, read back as they were written.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use csc_measures::tables::Table;

use crate::council::Names;

/// The tables in a folder.
pub(crate) struct Tables<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) names: Names,
}

/// A row: its fields by column, whatever names the file has for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    fields: BTreeMap<&'static str, String>,
    /// What a ragged line has beyond its columns.
    rest: Vec<String>,
}

impl Row {
    /// The field of a column, empty where it has none. Dates are in order as text.
    pub(crate) fn get(&self, column: &str) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    /// The fields beyond the last column: none but in a ragged line.
    pub(crate) fn rest(&self) -> &[String] {
        &self.rest
    }
}

impl Tables<'_> {
    /// The rows of a table, in their order.
    pub(crate) fn rows(&self, table: Table) -> Result<Vec<Row>, Box<dyn Error>> {
        let path = self.names.path(self.folder, table);
        // A ragged line is one of the faults of the record.
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record?;
            let mut texts = record.iter().map(str::to_owned);
            let columns = table.columns().iter().map(|column| column.name);
            let fields = columns.zip(texts.by_ref()).collect();
            rows.push(Row { fields, rest: texts.collect() });
        }
        Ok(rows)
    }

    /// The rows of a table by one of their columns, each group in their order.
    pub(crate) fn rows_by(
        &self,
        table: Table,
        column: &str,
    ) -> Result<BTreeMap<String, Vec<Row>>, Box<dyn Error>> {
        let mut groups: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for row in self.rows(table)? {
            groups.entry(row.get(column).to_owned()).or_default().push(row);
        }
        Ok(groups)
    }
}
