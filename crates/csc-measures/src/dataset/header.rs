//! The header of a table: which of its columns the table knows.

use crate::tables::{Table, UnknownTable};

/// The header of a table that is being taken in, whose names are looked up as they come, each of them once.
///
/// A reader that does not want to read what the table ignores asks it, and then starts the table with it by
/// [`begin`](crate::DatasetBuilder::begin).
///
/// # Example: a column that need not be read
///
/// ```
/// use csc_measures::{Dataset, Header};
///
/// let mut header = Header::of("compliments")?;
/// let is_read = ["compliment_id", "shoe_size", "received_date"].map(|name| header.push(name));
/// assert_eq!(is_read, [true, false, true]);
/// Dataset::builder().begin(header)?;
/// # Ok::<(), csc_measures::DatasetError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub(super) table: Table,
    /// The name that the table came by.
    pub(super) name: String,
    /// The names of its columns, each with its place among those of the table if the table knows it.
    pub(super) columns: Vec<(String, Option<usize>)>,
}

impl Header {
    /// A header without columns, of the table of that name, its own or the Standard Safeguarding Dataset's.
    ///
    /// # Errors
    /// [`UnknownTable`], naming the nearest table.
    pub fn of(table: &str) -> Result<Self, UnknownTable> {
        Ok(Self { table: Table::by_name(table)?, name: table.to_owned(), columns: Vec::new() })
    }

    /// Adds the next column, and says whether the table knows it: by its own name or the Standard Safeguarding
    /// Dataset's.
    pub fn push(&mut self, column: &str) -> bool {
        let place = self.table.column(column);
        self.columns.push((column.to_owned(), place));
        place.is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::looked_up;
    use crate::{Chunk, Column, Dataset, Header};

    #[test]
    fn a_name_is_looked_up_once_however_many_chunks_there_are() {
        let names = ["compliment_id", "shoe_size", "received_date"];
        let before = looked_up();
        let mut header = Header::of("compliments").unwrap();
        assert_eq!(names.map(|name| header.push(name)), [true, false, true]);
        let mut builder = Dataset::builder();
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
