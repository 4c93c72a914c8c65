//! A folder of CSV and Parquet files, one a table, read into a [`Dataset`](csc_measures::Dataset).
//!
//! A file is named by its table, or by the table's name in the Standard Safeguarding Dataset (SSD), with
//! `.csv`, `.tsv`, `.csv.gz` or `.parquet` after it, in capitals or small letters: `cp_plans.csv` or
//! `dbo.SSD_CP_Plans.parquet`. Columns come in any order and by either name, in capitals or small letters; those that
//! the table does not know are not read, and are [reported](csc_measures::Dataset::columns). A table
//! without a file is not supplied, and a file with no rows says that there were none. Whatever else is in the
//! folder is [told](FolderReader::ignored) and not read; a folder in which nothing is a table is an error, and so is a
//! file that looks like a table and is in a form that is not read, such as `cp_plans.xlsx`.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! std::fs::write(
//!     folder.join("compliments.csv"),
//!     "compliment_id,received_date\nC1,2017-03-02\nC2,2017-03-31\n",
//! )?;
//!
//! let dataset = csc_measures_files::read_folder(folder)?;
//!
//! let march = "2017-03".parse()?;
//! let card = dataset.scorecard(march, march, &Default::default())?;
//! let compliments = card.result("O4.M4", march).unwrap();
//! assert_eq!(compliments.value.unwrap().to_string(), "2");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Files are read in chunks, so that a long one needs no more memory than a short one on its way in. A bad
//! row never stops the reading: it becomes one of the dataset's [issues](csc_measures::Dataset::issues). What
//! does stop it is a [`ReadError`].
//!
//! A table in memory is taken from its text by [`add_csv`] and [`add_json`], by the same rules.
//!
//! Returns (SSDA903, the children in need census, Annex A, the children's social care API, the social work workforce
//! census) are read as they are by [`read_sources`], alone or together and beside tables.
//!
//! # CSV
//! UTF-8, with or without a byte order mark; quotes if needed; lines that end in LF, CRLF or CR. Fields are
//! separated by the one of comma, semicolon and tab that the header has most of, or by what a first line `sep=;` says.
//! The first line that is not blank is the header. Blank lines are skipped and not numbered. A row with more
//! or fewer fields than the header is out, with the issue `bad_row`, and so is one with text after a closing quote, to
//! the end of its line. A field that is not UTF-8, as the `é` of
//! a file that was saved in Windows-1252, is a value that cannot be read: an issue of its row, in a column
//! that the table knows, and the rest of the row is read. A file in UTF-16 is an error.
//!
//! However long the file, no more than a chunk of it is held at a time, and nothing in it can change that: a
//! field of more than 1 MiB, a row of more than 16 MiB, a header of more than 65,536 columns, a quote that is not
//! closed within 1,000 lines and a packed file that unpacks to more than 256 times its size (and 64 MiB) are errors. A
//! file that is shorter or longer than when it was found is one too. What grows with the file is the dataset: some tens of bytes
//! for each row that is used and about a hundred for each issue.
//!
//! # Parquet
//! Compressed in any of the usual ways. The dataset reads typed values as it reads text, so an id of `123.0` or a
//! yes of `1` is fine; a whole number in a column of dates counts days since 1970-01-01. A value that its column
//! cannot have (a `true` as an id, a float as a date) is an issue of its row.
//!
//! | Parquet type | read as |
//! |---|---|
//! | `UNKNOWN` | nulls |
//! | `BOOLEAN` | yes or no |
//! | `INT32` and `INT64`, signed and unsigned of 8 to 64 bits | whole numbers |
//! | `FLOAT`, `DOUBLE`, `FLOAT16` | numbers, NaN a null; a single or half as the shortest decimal of the single, so that `999.9` stays `999.9` |
//! | `DECIMAL` of any physical type | exact numbers; a chunk with a number too large for that (an id of thirty digits) as the texts of its numbers |
//! | `STRING`, `JSON`, `ENUM`, `BSON`, bytes that say nothing of themselves, fixed length or not | text if it is UTF-8, else unreadable |
//! | `UUID` | the text of a UUID |
//! | `DATE` | dates of the years 1 to 9999, others unreadable |
//! | `TIMESTAMP`, `INT96` | the date on the clock of its time zone |
//! | `TIME`, `INTERVAL` | unreadable: no column of any table holds one |
//! | lists, maps, structures | an error that names the column; a column that the table does not know is not looked at |
//!
//! Of a timestamp the date is taken, as the clock on the wall shows it in the column's own time zone:
//! `2016-06-30T23:00Z` in a column of `Europe/London` is 1 July. The zone is in the Arrow schema that pandas, Polars
//! and others write beside that of the file. A column that says no more than that its times are adjusted to UTC is
//! read in UTC, one that says nothing is a civil time, and one of a zone that the time zone database does not know
//! is unreadable. Seconds, durations and dates as milliseconds, which Parquet has no types for, are known by the
//! Arrow schema too.
//!
//! A file that the decoder finds damaged is an error, and so is one whose columns have not as many values as it says
//! it has rows, and one that claims sizes which it cannot have, pages of more than 256 MiB or dictionaries of more
//! than sixteen million values; in a program that is built to abort on panic some damaged files end it.
//!
//! # Features
//! `parquet`, on unless turned off: Parquet files. Without it a folder with a Parquet file in it is an error.
//!
//! `returns`, on unless turned off: returns as councils send them. Without either the crate has few dependencies.
//!
//! Minimum supported Rust version: 1.88.
#![forbid(unsafe_code)]

#[cfg(feature = "returns")]
mod annex_a;
#[cfg(feature = "parquet")]
mod arrow_hints;
#[cfg(feature = "returns")]
mod bounded;
#[cfg(feature = "returns")]
mod cin_census;
#[cfg(feature = "returns")]
mod csc_api;
mod csv_file;
mod csv_lines;
mod csv_record;
mod csv_records;
#[cfg(feature = "returns")]
mod csww;
#[cfg(any(feature = "parquet", feature = "returns"))]
mod decoder;
#[cfg(feature = "returns")]
mod derived;
mod entry;
mod error;
mod folder;
#[cfg(feature = "returns")]
mod input;
mod json_text;
mod memory;
#[cfg(feature = "returns")]
mod misspelt;
mod opened;
#[cfg(feature = "parquet")]
mod parquet_column;
#[cfg(feature = "parquet")]
mod parquet_file;
#[cfg(feature = "parquet")]
mod parquet_pages;
#[cfg(feature = "parquet")]
mod parquet_sizes;
#[cfg(all(test, feature = "parquet"))]
mod parquet_tests;
#[cfg(feature = "parquet")]
mod parquet_texts;
#[cfg(feature = "parquet")]
mod parquet_type;
mod reader;
#[cfg(feature = "returns")]
mod return_year;
#[cfg(feature = "returns")]
mod sheet;
#[cfg(feature = "returns")]
mod source_warning;
#[cfg(feature = "returns")]
mod sources;
#[cfg(feature = "returns")]
mod ssda903;
mod text;
mod unreadable;
#[cfg(feature = "returns")]
mod xml_elements;

pub use entry::{FileFormat, IgnoredFile, TableFile};
pub use error::ReadError;
pub use reader::{FolderReader, Progress, read_folder};
#[cfg(feature = "returns")]
pub use source_warning::SourceWarning;
#[cfg(feature = "returns")]
pub use sources::{ParseSourceKindError, Source, SourceKind, SourceReader, read_sources};
pub use text::{add_csv, add_json};

/// The examples of the README, which are compiled and run with the tests.
#[cfg(all(doctest, feature = "parquet", feature = "returns"))]
#[doc = include_str!("../../../README.md")]
pub struct Readme;
