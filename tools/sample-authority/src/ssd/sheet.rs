//! A file of the dataset: its columns in their order, and rows of values by column.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::forms::{Cell, Style};
use crate::done::Done;
use crate::tables::Row;

/// A file.
pub(super) struct Sheet {
    pub(super) name: &'static str,
    /// The names as they are written, each with the column whose values stand there.
    columns: Vec<(&'static str, &'static str)>,
    rows: Vec<Values>,
}

/// The values of a row, by column; a column without one is null.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    cells: BTreeMap<&'static str, Cell>,
    /// What a ragged line has beyond its columns.
    rest: Vec<String>,
}

impl Values {
    /// Those of a row that is made of one of the authority's own; a ragged line stays ragged.
    pub(super) fn of(row: &Row) -> Self {
        Self { cells: BTreeMap::new(), rest: row.rest().to_vec() }
    }

    /// With a text, number or id.
    pub(super) fn text(mut self, column: &'static str, value: impl Into<String>) -> Self {
        self.cells.insert(column, Cell::Text(value.into()));
        self
    }

    /// With a date.
    pub(super) fn date(mut self, column: &'static str, value: impl Into<String>) -> Self {
        self.cells.insert(column, Cell::Date(value.into()));
        self
    }

    /// With a flag.
    pub(super) fn flag(mut self, column: &'static str, value: impl Into<String>) -> Self {
        self.cells.insert(column, Cell::Flag(value.into()));
        self
    }
}

impl Sheet {
    /// A file without rows.
    pub(super) fn new(name: &'static str, columns: &[&'static str]) -> Self {
        Self { name, columns: columns.iter().map(|column| (*column, *column)).collect(), rows: Vec::new() }
    }

    /// Without a column, if it is to go.
    pub(super) fn without(mut self, column: &str, is_gone: bool) -> Self {
        self.columns.retain(|(_, key)| !is_gone || *key != column);
        self
    }

    /// With another name for a column, if it has one.
    pub(super) fn renamed(mut self, column: &str, name: &'static str, has_other: bool) -> Self {
        for (label, key) in &mut self.columns {
            if has_other && *key == column {
                *label = name;
            }
        }
        self
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: Values) {
        self.rows.push(row);
    }

    /// Writes the file into a folder.
    pub(super) fn write(&self, folder: &Path, style: Style) -> Done {
        let mut file = BufWriter::new(File::create(folder.join(format!("{}.csv", self.name)))?);
        let mut lines = csv::WriterBuilder::new();
        lines.flexible(true);
        if style.is_windows {
            file.write_all("\u{feff}".as_bytes())?;
            lines.terminator(csv::Terminator::CRLF);
        }
        let mut lines = lines.from_writer(file);
        lines.write_record(self.columns.iter().map(|(label, _)| label))?;
        for row in &self.rows {
            let cell =
                |key: &str| row.cells.get(key).map_or(style.null.to_owned(), |cell| cell.written(style));
            let values = self.columns.iter().map(|(_, key)| cell(key));
            lines.write_record(values.chain(row.rest.iter().cloned()))?;
        }
        lines.flush()?;
        Ok(())
    }
}
