//! Tables from text in memory.

use csc_measures::tables::Table;
use csc_measures::{DatasetBuilder, DatasetError};
use csc_measures_zones::london_day;

use crate::csv_records::Records;
use crate::reader::CHUNK_ROWS;
use crate::{ReadError, csv_file, json_text};

/// Takes a table from CSV text with a header, by the rules of CSV files. `table` is its own name or that of
/// the Standard Safeguarding Dataset; errors name it in place of a file.
///
/// # Examples
///
/// ## A table from memory, and one without its columns
///
/// ```
/// use csc_measures::Dataset;
///
/// let mut builder = Dataset::builder();
/// csc_measures_files::add_csv(&mut builder, "compliments", b"compliment_id,received_date\nC1,2017-03-02\n")?;
/// assert_eq!(builder.build().tables()[0].used, 1);
///
/// // a table without its columns
/// let error = csc_measures_files::add_csv(&mut Dataset::builder(), "compliments", b"ref\n1\n").unwrap_err();
/// assert!(error.to_string().ends_with("has no column `compliment_id`, which it needs"));
/// # Ok::<(), csc_measures_files::ReadError>(())
/// ```
///
/// # Errors
/// [`ReadError`], but of those that are of folders. Some of the rows may then be in: let the builder go.
pub fn add_csv(builder: &mut DatasetBuilder, table: &str, text: &[u8]) -> Result<(), ReadError> {
    check_name(table)?;
    builder.london(london_day);
    csv_file::read_from(Records::of_text(text), (table, table), CHUNK_ROWS, builder, &mut |_, _| ())
}

/// Takes a table from JSON text: a list of objects, one a row, by column, or an object of lists of one length,
/// by column. Columns have either name; those that the table does not know are not read.
///
/// The columns supplied are those that any row names, and a row without one of them has a null there. An empty
/// list is a table that has every column and no rows. Numbers are exact, however many digits they have. Where
/// a value is a list or an object, it is one that cannot be read: an issue of its row.
///
/// # Examples
///
/// ## By row and by column
///
/// ```
/// use csc_measures::Dataset;
///
/// let mut builder = Dataset::builder();
/// let rows = br#"[{ "compliment_id": 1, "received_date": "2017-03-02" }]"#;
/// csc_measures_files::add_json(&mut builder, "compliments", rows)?;
/// assert_eq!(builder.build().tables()[0].used, 1);
///
/// // the same by column
/// let mut builder = Dataset::builder();
/// let columns = br#"{ "compliment_id": [1], "received_date": ["2017-03-02"] }"#;
/// csc_measures_files::add_json(&mut builder, "compliments", columns)?;
/// assert_eq!(builder.build().tables()[0].used, 1);
/// # Ok::<(), csc_measures_files::ReadError>(())
/// ```
///
/// # Errors
/// [`ReadError::Json`] and [`ReadError::Table`]. Some of the rows may then be in: let the builder go.
pub fn add_json(builder: &mut DatasetBuilder, table: &str, text: &[u8]) -> Result<(), ReadError> {
    check_name(table)?;
    builder.london(london_day);
    json_text::read(builder, table, text)
}

/// An unknown table is the first thing to say, whatever the text is.
fn check_name(name: &str) -> Result<(), ReadError> {
    let unknown =
        |error| ReadError::Table { file: name.to_owned(), error: DatasetError::UnknownTable(error) };
    Table::by_name(name).map(|_| ()).map_err(unknown)
}
