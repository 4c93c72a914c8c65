//! Rows, gathered into columns.

use super::scalar::Scalar;
use super::values::{NULL, Slot, Values};
use super::whole::Column;

/// Gathers values that come row by row into columns: typed rows, JSON objects, lists of Python, rows of a database.
/// Each value keeps its type: a number is not made into text.
///
/// A row is added [whole](Self::push), or value by value ([`put`](Self::put)) if rows name their columns; a
/// value that is not put is null. Texts are borrowed, or kept here ([`put_text`](Self::put_text)) if they do not live as
/// long as the rows.
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
///
/// ## Rows that name their columns, with texts of their own
///
/// ```
/// use csc_measures::{Chunk, Dataset, Rows, Scalar};
///
/// let mut rows = Rows::new(0);
/// let id = rows.add_column();
/// rows.put_text(0, id, &format!("C{}", 1));
/// // the second row is the first that names a date
/// let received = rows.add_column();
/// rows.put(1, id, Scalar::Integer(2));
/// rows.put(1, received, Scalar::Text("2017-03-02"));
/// let mut builder = Dataset::builder();
/// let mut table = builder.table("compliments", &["compliment_id", "received_date"])?;
/// table.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] })?;
/// // a compliment without its date is left out
/// assert_eq!(builder.build().issues().len(), 1);
/// # Ok::<(), csc_measures::DatasetError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Rows<'a> {
    /// The values so far: a column that later rows do not name is shorter than the rows.
    columns: Vec<Vec<Slot<'a>>>,
    rows: usize,
    /// The texts that are kept here, one after another.
    texts: String,
}

impl<'a> Rows<'a> {
    /// No rows yet, of so many columns.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self { columns: vec![Vec::new(); columns], ..Self::default() }
    }

    /// Adds a row. Values beyond the columns are passed over, and columns beyond the values are null.
    pub fn push(&mut self, row: impl IntoIterator<Item = Scalar<'a>>) {
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.resize(self.rows, NULL);
            column.push(Slot::Value(value));
        }
        self.rows += 1;
    }

    /// Adds a column, null in the rows so far, and says its place.
    pub fn add_column(&mut self) -> usize {
        self.columns.push(Vec::new());
        self.columns.len() - 1
    }

    /// Takes a value of a row, counted from 0; the rows up to it count as added. `false` if the column is not there, or has
    /// a value of that row or of a later one: the values of a column come in the order of the rows.
    pub fn put(&mut self, row: usize, column: usize, value: Scalar<'a>) -> bool {
        self.put_slot(row, column, Slot::Value(value))
    }

    /// The same of a text that is copied.
    pub fn put_text(&mut self, row: usize, column: usize, text: &str) -> bool {
        let start = self.texts.len();
        self.texts.push_str(text);
        self.put_slot(row, column, Slot::Kept(start..self.texts.len()))
    }

    fn put_slot(&mut self, row: usize, column: usize, slot: Slot<'a>) -> bool {
        let Some(slots) = self.columns.get_mut(column).filter(|slots| slots.len() <= row) else {
            return false;
        };
        slots.resize(row, NULL);
        slots.push(slot);
        self.rows = self.rows.max(row + 1);
        true
    }

    /// Counts rows as added up to a number, null in every column that has no value of them.
    pub fn fill(&mut self, rows: usize) {
        self.rows = self.rows.max(rows);
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

    /// The columns, each with a value of every row.
    #[must_use]
    pub fn columns(&self) -> Vec<Column<'_>> {
        let values = |slots| Column::Values(Values::new(slots, &self.texts, self.rows));
        self.columns.iter().map(|slots| values(slots)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(rows: &Rows<'_>) -> Vec<Vec<String>> {
        let values = |column: &Column<'_>| -> Vec<String> {
            (0..column.len()).map(|row| format!("{:?}", column.value(row))).collect()
        };
        rows.columns().iter().map(values).collect()
    }

    #[test]
    fn what_is_not_put_is_null_and_kept_texts_are_those_that_were_put() {
        let mut rows = Rows::new(1);
        assert!(rows.put(0, 0, Scalar::Text("borrowed")));
        let later = rows.add_column();
        assert!(rows.put_text(2, later, "kept"));
        assert!(rows.put_text(3, 0, ""));
        rows.push([Scalar::Flag(true)]);
        rows.fill(6);
        assert_eq!(rows.len(), 6);
        assert_eq!(
            all(&rows),
            [
                ["Text(\"borrowed\")", "Null", "Null", "Text(\"\")", "Flag(true)", "Null"],
                ["Null", "Null", "Text(\"kept\")", "Null", "Null", "Null"],
            ]
        );
    }

    #[test]
    fn a_value_is_put_once_and_in_the_order_of_the_rows() {
        let mut rows = Rows::new(1);
        assert!(rows.put(1, 0, Scalar::Integer(1)));
        assert!(!rows.put(1, 0, Scalar::Integer(2)));
        assert!(!rows.put_text(0, 0, "earlier"));
        assert!(!rows.put(0, 1, Scalar::Null), "there is no such column");
        assert_eq!(all(&rows), [["Null", "Integer(1)"]]);
    }
}
