//! Why a table cannot be taken.

use super::looked_up::TOGETHER;
use crate::tables::{self, Table};
use crate::value::names::shown;

/// Why a table cannot be taken at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// A name that no table has.
    #[error(transparent)]
    UnknownTable(#[from] tables::UnknownTable),
    /// A table without one of its required columns.
    #[error("table `{table}` has no column `{column}`, which it needs{}", perhaps(.candidates))]
    MissingColumn {
        /// The table.
        table: Table,
        /// The column.
        column: &'static str,
        /// The columns that may be meant by it: those that nearly have its name, or end in its last word.
        candidates: Vec<String>,
    },
    /// A column that a table does not have.
    #[error("table `{table}` has no column `{column}`, did you mean `{nearest}`?")]
    UnknownColumn {
        /// The table.
        table: Table,
        /// The name given.
        column: String,
        /// The nearest that it has.
        nearest: String,
    },
    /// Columns that a table does not know, if [the caller wants none](super::UnknownColumns::Error).
    #[error("table `{table}` has columns that are not known: {}", each_with_nearest(.columns))]
    UnknownColumns {
        /// The table.
        table: Table,
        /// The names given, each with the absent column that has nearly its name.
        columns: Vec<(String, Option<&'static str>)>,
    },
    /// A name that the caller [gave to a column](super::ColumnNames) and that the table does not have.
    #[error(
        "table `{table}` has no column `{}`, which is named to be `{column}`; it has {}",
        shown(.given),
        list(.columns)
    )]
    CalledColumnMissing {
        /// The table.
        table: Table,
        /// The name.
        given: String,
        /// The column that it was given to.
        column: &'static str,
        /// The names that the table has.
        columns: Vec<String>,
    },
    /// A table whose columns the caller [gave names to](super::ColumnNames) and that is not supplied.
    #[error("`columns` names columns of the table `{table}`, which is not supplied; {}", supplied(.tables))]
    CalledTableMissing {
        /// The table.
        table: Table,
        /// The tables that are supplied.
        tables: Vec<Table>,
    },
    /// A table that cannot be there [only to be looked up](super::DatasetBuilder::look_up).
    #[error(
        "table `{table}` cannot be there only to be looked up; those that can are {}",
        names_of(TOGETHER.as_flattened())
    )]
    NotLookedUp {
        /// The table.
        table: Table,
    },
    /// A table that was supplied before, by either of its names.
    #[error("table `{table}` is supplied twice: as `{first}` and as `{second}`")]
    TableTwice {
        /// The table.
        table: Table,
        /// The name it came by first.
        first: String,
        /// The name it came by again.
        second: String,
    },
    /// Tables that take more memory than [they may](crate::DatasetBuilder::memory_limit).
    #[error(
        "table `{table}`: with it the tables take more than {limit} bytes of memory; raise `memory_limit` or read less"
    )]
    MemoryLimit {
        /// The table with which they are too many.
        table: Table,
        /// What they may take.
        limit: u64,
    },
    /// A column that a table has twice, by either of its names.
    #[error("table `{table}` has column `{column}` twice: as `{first}` and as `{second}`")]
    ColumnTwice {
        /// The table.
        table: Table,
        /// The column.
        column: &'static str,
        /// The name it came by first.
        first: String,
        /// The name it came by again.
        second: String,
    },
    /// Row numbers that are not one for each row of the chunk, ascending from 1.
    #[error(
        "table `{table}`: expected a row number for each of the {rows} rows of the chunk, ascending from 1"
    )]
    RowNumbers {
        /// The table.
        table: Table,
        /// The number of rows of the chunk.
        rows: usize,
    },
    /// A chunk with a column of another length.
    #[error("table `{table}`: expected {rows} values in each column of the chunk, found {found}")]
    ColumnLength {
        /// The table.
        table: Table,
        /// The number of rows of the chunk.
        rows: usize,
        /// The number of values of the column.
        found: usize,
    },
    /// A column of dates that holds whole numbers as text: they do not say what they count.
    #[error(
        "table `{table}`: column `{column}` holds whole numbers where its dates should be; write them as YYYY-MM-DD"
    )]
    DatesAsNumbers {
        /// The table.
        table: Table,
        /// The column.
        column: &'static str,
    },
    /// A chunk with another number of columns than the header.
    #[error("table `{table}`: expected {expected} columns in the chunk, as in the header, found {found}")]
    ChunkWidth {
        /// The table.
        table: Table,
        /// The number of columns of the header.
        expected: usize,
        /// The number of columns of the chunk.
        found: usize,
    },
}

/// The most names that a message lists.
const MOST_LISTED: usize = 20;

/// Names for a message, in backticks.
fn list(names: &[String]) -> String {
    let listed: Vec<String> =
        names.iter().take(MOST_LISTED).map(|name| format!("`{}`", shown(name))).collect();
    match names.len().saturating_sub(MOST_LISTED) {
        0 if names.is_empty() => "no columns".to_owned(),
        0 => listed.join(", "),
        more => format!("{} and {more} more", listed.join(", ")),
    }
}

/// The tables that are there, for a message.
fn supplied(tables: &[Table]) -> String {
    if tables.is_empty() {
        return "no table is".to_owned();
    }
    format!("those that are: {}", names_of(tables))
}

fn names_of(tables: &[Table]) -> String {
    list(&tables.iter().map(|table| table.name().to_owned()).collect::<Vec<_>>())
}

/// What to do if a column may be there under another name.
fn perhaps(candidates: &[String]) -> String {
    if candidates.is_empty() {
        return String::new();
    }
    format!("; if it is one of these, name it by the option `columns`: {}", list(candidates))
}

fn each_with_nearest(columns: &[(String, Option<&'static str>)]) -> String {
    let each = columns.iter().take(MOST_LISTED).map(|(name, nearest)| match nearest {
        Some(nearest) => format!("`{}` (did you mean `{nearest}`?)", shown(name)),
        None => format!("`{}`", shown(name)),
    });
    let each = each.collect::<Vec<_>>().join(", ");
    match columns.len().saturating_sub(MOST_LISTED) {
        0 => each,
        more => format!("{each} and {more} more"),
    }
}
