//! Kinds of issues, and the figures that they touch.

use serde::Serialize;

use crate::column::IssueCode;
use crate::plan::RowId;
use crate::tables::Table;
use crate::time::Month;

/// A kind of issue: a code in a column of a table, with the figures that it touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct IssueKind {
    /// The table.
    pub table: Table,
    /// The column; `None` if it is the whole row.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub code: IssueCode,
    /// Whether the rows are left out for it; otherwise the value is missing, or only told.
    pub left_out: bool,
    /// What is wrong and what became of the rows, in words.
    pub message: String,
    /// How many rows have it.
    pub rows: u64,
    /// Those of them that nobody can be found for: they touch no case that is known.
    pub rows_of_nobody: u64,
    /// How many different persons the rows are of.
    pub persons: u64,
    /// The file, sheet or element that the first row came from, if the table was made from the rows of others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The first row, 1 = the first data row; of its source if that is known.
    pub first_row: Option<u64>,
    /// The rows of the plan whose cases it touches in some month, in the order of the plan.
    pub measures: Vec<Touched>,
}

/// A row of the plan that a kind of issue touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Touched {
    /// The id of the plan's row.
    pub measure: RowId,
    /// Whether the row has no figure at all because the table or the column of the issue cannot be used.
    pub not_supplied: bool,
    /// The months in which cases are touched.
    pub months: Vec<TouchedMonth>,
}

/// The cases of a row of the plan in a month that a kind of issue touches: those whose child, worker or record has a
/// row with the issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TouchedMonth {
    /// The month.
    pub month: Month,
    /// The cases that are touched, whatever their outcome.
    pub cases: u64,
    /// Those of them whose outcome is unknown.
    pub unknown: u64,
    /// All cases of the month, touched or not.
    pub of: u64,
}
