//! Rows, gathered into columns.

use super::scalar::Scalar;
use super::whole::Column;

/// Gathers rows of values into columns: the one way for what comes row by row, such as typed rows, JSON objects
/// and lists of Python. Each value keeps its type: a number is not made into text.
///
/// # Examples
///
/// ## Rows of a return
///
/// ```
/// use csc_measures::{Chunk, Dataset, Rows, Scalar};
///
/// let mut rows = Rows::new(2);
/// rows.push([Scalar::Text("C1"), Scalar::Day(17_226)]);
/// rows.push([Scalar::Integer(2), Scalar::Text("2017-03-02")]);
/// let mut builder = Dataset::builder();
/// let mut table = builder.table("compliments", &["compliment_id", "received_date"])?;
/// table.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] })?;
/// assert!(builder.build().issues().is_empty());
/// # Ok::<(), csc_measures::DatasetError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    columns: Vec<Vec<Scalar<'a>>>,
    rows: usize,
}

impl<'a> Rows<'a> {
    /// No rows yet, of so many columns.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self { columns: vec![Vec::new(); columns], rows: 0 }
    }

    /// Adds a row. Values beyond the columns are passed over, and columns beyond the values are null.
    pub fn push(&mut self, row: impl IntoIterator<Item = Scalar<'a>>) {
        let mut row = row.into_iter();
        for column in &mut self.columns {
            column.push(row.next().unwrap_or(Scalar::Null));
        }
        self.rows += 1;
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> Vec<Column<'_>> {
        self.columns.iter().map(|values| Column::Values(values)).collect()
    }
}
