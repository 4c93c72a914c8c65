//! Tables that are made of the rows of other files: each row with the place it came from.

use csc_measures::{Cell, CellColumn, Chunk, DatasetBuilder, DatasetError, Origin};

/// A value of a derived row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// Nothing.
    Null,
    /// As it stands in the file.
    Text(&'a str),
    /// Made of what stands there.
    Made(String),
    /// Yes or no.
    Bool(bool),
    /// What stands there cannot be read.
    Unreadable,
}

impl<'a> From<crate::sheet::Field<'a>> for Value<'a> {
    fn from(field: crate::sheet::Field<'a>) -> Self {
        match field {
            crate::sheet::Field::Text(text) => Self::Text(text),
            crate::sheet::Field::Unreadable => Self::Unreadable,
        }
    }
}

/// A table under construction.
#[derive(Debug)]
pub(crate) struct Derived<'a> {
    table: &'static str,
    columns: &'static [&'static str],
    values: Vec<Value<'a>>,
    origins: Vec<Origin<'a>>,
    bad: Vec<usize>,
}

impl<'a> Derived<'a> {
    pub(crate) fn new(table: &'static str, columns: &'static [&'static str]) -> Self {
        Self { table, columns, values: Vec::new(), origins: Vec::new(), bad: Vec::new() }
    }

    /// Takes a row: a value for each column.
    pub(crate) fn push<const N: usize>(&mut self, origin: Origin<'a>, values: [Value<'a>; N]) {
        debug_assert_eq!(values.len(), self.columns.len());
        self.values.extend(values);
        self.origins.push(origin);
    }

    /// Takes a row that has more or fewer fields than its header.
    pub(crate) fn push_bad(&mut self, origin: Origin<'a>) {
        self.bad.push(self.origins.len());
        self.values.extend(self.columns.iter().map(|_| Value::Null));
        self.origins.push(origin);
    }

    /// Hands the rows over.
    pub(crate) fn add_to(&self, builder: &mut DatasetBuilder) -> Result<(), DatasetError> {
        let columns: Vec<Column<'_, '_>> =
            (0..self.columns.len()).map(|place| Column { derived: self, place }).collect();
        let columns: Vec<&dyn CellColumn> = columns.iter().map(|column| column as &dyn CellColumn).collect();
        let chunk = Chunk { rows: self.origins.len(), columns: &columns, bad_rows: &self.bad };
        builder.table(self.table, self.columns)?.chunk_from(&chunk, &self.origins)
    }
}

/// A column of a derived table.
struct Column<'d, 'a> {
    derived: &'d Derived<'a>,
    place: usize,
}

impl CellColumn for Column<'_, '_> {
    fn cell(&self, row: usize) -> Cell<'_> {
        match self.derived.values.get(row * self.derived.columns.len() + self.place) {
            None | Some(Value::Null) => Cell::Null,
            Some(Value::Text(text)) => Cell::Text(text),
            Some(Value::Made(text)) => Cell::Text(text),
            Some(Value::Bool(value)) => Cell::Bool(*value),
            Some(Value::Unreadable) => Cell::Unreadable,
        }
    }
}
