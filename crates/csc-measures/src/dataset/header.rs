//! The header of a table: which of its columns the table knows.

use super::column_names::CalledAs;
use super::ssd;
use crate::tables::Table;
use crate::value::names::fold_alike;

/// The header of a table that is being taken in, whose names are looked up as they come, each of them once.
///
/// A reader that does not want to read what the table does not know asks it, and then starts the table with it by
/// [`begin`](crate::DatasetBuilder::begin). A builder [makes](crate::DatasetBuilder::header) it.
///
/// # Examples
///
/// ## A column that need not be read
///
/// ```
/// use csc_measures::Dataset;
///
/// let mut builder = Dataset::builder();
/// let mut header = builder.header("compliments")?;
/// let is_read = ["Compliment ID", "shoe_size", "received_date"].map(|name| header.push(name));
/// assert_eq!(is_read, [true, false, true]);
/// builder.begin(header)?;
/// # Ok::<(), csc_measures::DatasetError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub(super) table: Table,
    /// The name that the table came by.
    pub(super) name: String,
    /// Whether it is the Standard Safeguarding Dataset's.
    pub(super) is_ssd: bool,
    /// The names of its columns, each with its place among those of the table if the table knows it.
    pub(super) columns: Vec<(String, Option<usize>)>,
    /// By the names of its columns, the column that says how to read others, if it is one.
    pub(super) helpers: Vec<Option<&'static str>>,
    /// Whether chunks have the columns that the table does not know.
    pub(super) has_unknown: bool,
    /// The caller's names for columns, and which of them were met.
    pub(super) called: Vec<CalledAs>,
    pub(super) is_met: Vec<bool>,
}

impl Header {
    /// A header without columns.
    pub(super) fn new(table: Table, name: &str, is_ssd: bool, called: &[CalledAs]) -> Self {
        Self {
            table,
            name: name.to_owned(),
            is_ssd,
            columns: Vec::new(),
            helpers: Vec::new(),
            has_unknown: true,
            called: called.to_vec(),
            is_met: vec![false; called.len()],
        }
    }

    /// The table.
    #[must_use]
    pub fn table(&self) -> Table {
        self.table
    }

    /// Adds the next column, and says whether it is read: by its own name, the Standard Safeguarding Dataset's or
    /// [one that the caller gave it](crate::ColumnNames); and, of a table that came under a name of that dataset, also
    /// a column that says how to read others, such as `cppv_cp_plan_id`, which [`place`](Self::place) does not know.
    pub fn push(&mut self, column: &str) -> bool {
        let is_known = self.place(column).is_some();
        is_known || self.helpers.last().copied().flatten().is_some()
    }

    /// Adds the next column, and says which of the table's [columns](Table::columns) it is, by place.
    pub fn place(&mut self, column: &str) -> Option<usize> {
        let called =
            self.called.iter().zip(&mut self.is_met).find(|(called, _)| fold_alike(&called.given, column));
        let place = match called {
            Some((called, is_met)) => {
                *is_met = true;
                Some(called.column)
            }
            None => self.table.column(column),
        };
        self.columns.push((column.to_owned(), place));
        self.helpers.push(self.is_ssd.then(|| ssd::helper(self.table, column)).flatten());
        place
    }

    /// Adds every column that the table has, by its own name, as of a table without rows whose columns nobody named.
    pub fn push_every_column(&mut self) {
        let columns = self.table.columns().iter().enumerate();
        self.columns.extend(columns.map(|(place, column)| (column.name.to_owned(), Some(place))));
        self.helpers.resize(self.columns.len(), None);
        self.is_met.fill(true);
    }

    /// Says that the chunks have no more than the columns that the table knows. The others are reported all the same.
    pub fn leave_out_unknown(&mut self) {
        self.has_unknown = false;
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::looked_up;
    use crate::{Chunk, Column, Dataset};

    #[test]
    fn a_name_is_looked_up_once_however_many_chunks_there_are() {
        let names = ["compliment_id", "shoe_size", "received_date"];
        let before = looked_up();
        let mut builder = Dataset::builder();
        let mut header = builder.header("compliments").unwrap();
        assert_eq!(names.map(|name| header.push(name)), [true, false, true]);
        let mut table = builder.begin(header).unwrap();
        for _ in 0..3 {
            let columns = [const { Column::Nulls(2) }; 3];
            table.chunk(&Chunk { rows: 2, columns: &columns, bad_rows: &[] }).unwrap();
        }
        assert_eq!(looked_up() - before, names.len());
        let _ = builder.build();
        assert_eq!(looked_up() - before, names.len());
    }
}
