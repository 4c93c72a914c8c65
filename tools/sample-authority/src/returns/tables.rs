//! The tables of the authority, read back as they were written.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use csc_measures::tables::Table;

use crate::council::Names;

/// The tables in a folder.
pub(super) struct Tables<'a> {
    pub(super) folder: &'a Path,
    pub(super) names: Names,
}

/// A row: its fields by column, whatever names the file has for them.
#[derive(Clone, Debug, Default)]
pub(super) struct Row(BTreeMap<&'static str, String>);

impl Row {
    /// The field of a column, empty where it has none. Dates are in order as text.
    pub(super) fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

impl Tables<'_> {
    /// The rows of a table, in their order.
    pub(super) fn rows(&self, table: Table) -> Result<Vec<Row>, Box<dyn Error>> {
        let path = self.names.path(self.folder, table);
        // A ragged line is one of the faults of the record.
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let columns = table.columns().iter().map(|column| column.name);
            rows.push(Row(columns.zip(record?.iter().map(str::to_owned)).collect()));
        }
        Ok(rows)
    }

    /// The rows of a table by one of their columns, each group in their order.
    pub(super) fn rows_by(
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
